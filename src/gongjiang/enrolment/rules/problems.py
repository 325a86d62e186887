"""A problem of a cell: kept as a code with parameters, told in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.uploads.messages import MESSAGES as SHEET_MESSAGES
from gongjiang.law.model import Citation

Text = str | Promise


class Message(NamedTuple):
    """What is wrong in few words, why, and how to mend it."""

    what: Text
    why: Text
    mend: Text


MESSAGES: dict[str, Message] = {
    "required": Message(_("empty"), _("Every candidate needs this."), _("Fill it in.")),
    "choice": Message(_("not on the list"), _("The list has: %(choices)s."), _("Choose one of the list.")),
    "too_long": Message(_("too long"), _("At most %(limit)s characters are kept."), _("Shorten it.")),
    "name_form": Message(
        _("no name"), _("The name holds a digit or a sign that no name has."), _("Write the name as in the document.")
    ),
    "identity_cell": Message(
        _("number stored as a numeric cell"),
        _("A spreadsheet keeps 15 digits of a number: the last three are lost."),
        _("Set the column to text, then fill it in again."),
    ),
    "identity": Message(_("identity number isn't right"), "%(reason)s", _("Compare with the document.")),
    "identity_look": Message(_("identity number to compare"), "%(reason)s", _("Compare with the document.")),
    "identity_kind": Message(
        _("kind of document differs from the number"),
        _("The number is that of: %(kind)s."),
        _("Correct the kind or the number."),
    ),
    "sex": Message(_("sex differs from the number"), _("By the number it is: %(sex)s."), _("Correct one of the two.")),
    "sex_needed": Message(_("sex missing"), _("This kind of number doesn't tell it."), _("Fill it in.")),
    "born": Message(
        _("birth date differs from the number"), _("By the number it is %(day)s."), _("Correct one of the two.")
    ),
    "born_needed": Message(
        _("birth date missing"), _("This kind of number doesn't tell it."), _("Fill in the birth date.")
    ),
    "too_young": Message(
        _("under age"),
        _("Reaches %(years)s only on %(day)s, after the exam on %(exam)s."),
        _("Enrol in a later batch."),
    ),
    "young": Message(
        _("younger than usual at this level"),
        _("Will be %(age)s at the exam; %(years)s is usual. It refuses nobody."),
        _("Check the birth date and the career."),
    ),
    "phone": Message(_("mobile number isn't right"), _("It has 11 digits and begins with 1."), _("Correct it.")),
    "credit_code": Message(_("credit code isn't right"), "%(reason)s", _("Compare with the business licence.")),
    "occupation_code": Message(_("occupation code isn't right"), "%(reason)s", _("Write it as 6-31-01-03.")),
    "occupation_unknown": Message(
        _("occupation unknown"),
        _("The classification of 2022 has no skill-type occupation %(code)s."),
        _("Look it up under Standards."),
    ),
    "occupation_name": Message(
        _("code and name differ"),
        _("%(code)s is called “%(name)s” in the classification of 2022."),
        _("Correct the code or the name."),
    ),
    "not_in_batch": Message(
        _("not in this batch"),
        _("This batch was announced for: %(lines)s."),
        _("Choose one of these, or another batch."),
    ),
    "level_not_in_batch": Message(
        _("level not in this batch"),
        _("Of %(name)s this batch was announced for: %(levels)s."),
        _("Choose one of these, or another batch."),
    ),
    "job_type": Message(
        _("job type not in this batch"), _("This batch was announced for: %(types)s."), _("Choose one of these.")
    ),
    "clause_unknown": Message(
        _("no such clause"), _("The level's clauses are: %(clauses)s."), _("Choose one, or leave the cell empty.")
    ),
    "clause_level": Message(
        _("clause of another level"),
        _("This clause is of %(level)s; the level's own are: %(clauses)s."),
        _("Choose one, or leave the cell empty."),
    ),
    "not_eligible": Message(
        _("eligibility clause not met"),
        _("No clause of the level is met. Nearest is %(clause)s: %(reason)s."),
        _("Complete what is stated if it is so; otherwise enrol later or at another level."),
    ),
    "other_clause": Message(
        _("another clause is met"),
        _("Not %(claimed)s (%(reason)s), but %(met)s is met."),
        _("Nothing need be done; the reviewer sees both."),
    ),
    "no_clauses": Message(
        _("no clauses for the level"), _("The standard's clauses don't speak of this level."), _("Tell the body.")
    ),
    "fact": Message(_("can't be used as stated"), "%(reason)s", _("Correct it.")),
    "future": Message(_("in the future"), _("%(day)s is after today."), _("Correct it.")),
    "certificate_number": Message(_("certificate number to compare"), "%(reason)s", _("Compare with the certificate.")),
    "service_scope": Message(
        _("outside whom the body may assess"),
        _("This body assesses: %(whom)s. Stated is: %(relation)s."),
        _("Correct the relation if it is another, or enrol with a body that serves the public."),
    ),
    "other_employer": Message(
        _("employer isn't the body"),
        _("Stated is own staff, but the employer is another than %(body)s."),
        _("Correct the employer or the relation."),
    ),
    "subsidiary": Message(
        _("employer isn't the body"),
        _("Stated is own staff, but the employer is another than %(body)s."),
        _("If it is a subsidiary, it must stand in the list handed in with the filing."),
    ),
    "twice_in_sheet": Message(
        _("twice in the sheet"), _("The same number stands in row %(row)s."), _("Remove one of the two rows.")
    ),
    "already_enrolled": Message(
        _("already enrolled in this batch"),
        _("A person is enrolled once a batch."),
        _("Remove the row, or withdraw the other enrolment first."),
    ),
    "elsewhere": Message(
        _("enrolled elsewhere at the same time"),
        _("One occupation at a time: the person is enrolled in another batch that isn't over."),
        _("Wait until that batch is over, or have the enrolment there withdrawn."),
    ),
    "photo_missing": Message(
        _("photo missing"), _("The zip file has no photo named after this number."), _("Add it, or add it later.")
    ),
    "photo_shared": Message(
        _("one photo under two numbers"),
        _("The same picture stands under %(numbers)s different numbers."),
        _("Compare the photos with the documents."),
    ),
    "photo_nobody": Message(
        _("photos of nobody"),
        _("%(count)s photos are named after no number in the sheet."),
        _("Nothing of them is kept with this import."),
    ),
    "too_many_problems": Message(
        _("too many problems"), _("More than %(limit)s cells can't be read."), _("Fill in the template anew.")
    ),
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One problem of one cell. ``soft`` is for the reviewer's eye and refuses nothing.

    A parameter that is a pair holds the Chinese and the English words of the law layer.
    """

    code: str
    column: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    cites: tuple[str, ...] = ()
    soft: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return the problem for a JSON column."""
        return {
            "code": self.code,
            "column": self.column,
            "params": dict(self.params),
            "cites": list(self.cites),
            "soft": self.soft,
        }


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in the reader's language."""

    code: str
    column: str
    what: str
    why: str
    mend: str
    cites: tuple[Citation, ...]
    soft: bool


def tell(problem: Mapping[str, Any]) -> Told:
    """Return a stored problem in the present language, with its articles."""
    message = MESSAGES.get(problem["code"])
    texts: tuple[Text, ...] = message or tuple(gettext(each) for each in SHEET_MESSAGES[problem["code"]])
    chinese = (get_language() or "zh").startswith("zh")
    params = {name: _chosen(value, chinese) for name, value in problem["params"].items()}
    what, why, mend = (str(text) % params for text in texts)
    cites = tuple(_cite(key) for key in problem.get("cites", ()))
    return Told(problem["code"], problem["column"], what, why, mend, cites, bool(problem.get("soft")))


def what_is_called(code: str) -> str:
    """Return the short name of a kind of problem."""
    message = MESSAGES.get(code)
    texts: tuple[Text, ...] = message or tuple(gettext(each) for each in SHEET_MESSAGES[code])
    return str(texts[0]).split("%(")[0].rstrip(" “(（:：") or code


def _chosen(value: Any, chinese: bool) -> Any:
    if isinstance(value, list | tuple) and len(value) == 2:
        return value[0] if chinese else value[1]
    return value


_parse: Callable[[str], Citation] = Citation.parse
_cite = cache(_parse)
