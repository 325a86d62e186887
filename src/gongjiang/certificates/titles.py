"""The professional title beside a skill level, inside: what a level usually matches, and the title told at enrolment.

MOHRSS-2020-17§5 asks for the link of levels and titles and has no table; a place may set its own. Neither stands on the
certificate, which certifies the level alone, nor is it told to the public.
"""

from typing import Any

from django.utils.translation import gettext as _

from gongjiang.certificates.models import Certificate
from gongjiang.kernel.parts import Cell
from gongjiang.standards.ladder import LINK, title_of


def facts(certificate: Certificate) -> list[tuple[Any, ...]]:
    """Return the titles that a holder's record carries, with where each comes from."""
    found: list[tuple[Any, ...]] = []
    title = title_of(certificate.level, place=certificate.batch.regime, on=certificate.issued_on)
    if title.words:
        told = {"source": title.source}
        note = _("By usual practice; the article asks for the link. Source: %(source)s") % told
        found.append((_("Professional title it corresponds to"), Cell(title.words, cites=(LINK,)), note))
    stated = certificate.result.enrolment.facts
    if stated.get("title_rank"):
        since = stated.get("title_on", "")
        words = f"{stated['title_rank']}（{since}）" if since else stated["title_rank"]
        note = _("stated at enrolment and reviewed with it")
        found.append((_("Professional title held"), words, note))
    return found
