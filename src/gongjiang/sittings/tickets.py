"""The number of an admission ticket, in the form that the place set."""

import re
from datetime import date

COUNTED = re.compile("N{4,7}")


def ticket_numbers(form: str, *, day: date, province: str, site: str, running: range) -> list[str]:
    """Return the numbers of a form such as ``yymmddPPSSSSSSNNNNN`` for these running numbers.

    :param province: two digits, :param site: six digits.
    """
    fixed = form.replace("yymmdd", f"{day:%y%m%d}").replace("PP", province).replace("SSSSSS", site)
    width = counted(form)
    return [COUNTED.sub(f"{number:0{width}}", fixed, count=1) for number in running]


def counted(form: str) -> int:
    """Return how many digits the running number has; 0 if the form counts nothing."""
    found = COUNTED.search(form)
    return len(found.group()) if found else 0
