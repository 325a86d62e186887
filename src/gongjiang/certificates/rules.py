"""What must hold before numbers are given, papers are made, and copies are replaced: each as grounds of a refusal."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from gongjiang.bodies.queries import may_assess
from gongjiang.certificates import special
from gongjiang.certificates.documents import fonts, printed_text, unprintable
from gongjiang.certificates.models import Certificate, NumberCounter
from gongjiang.certificates.permissions import HEIRS, not_the_bearer
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.documents.fonts import missing_glyphs
from gongjiang.kernel.notices import is_over
from gongjiang.kernel.refusal import Ground, NotAllowed, refuse_if
from gongjiang.kernel.workflow import role_label
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Provision
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.results.models import Outcome, Result
from gongjiang.results.queries import confirmed_passes, notices_in, objections_in, results_in

CENTRE = "provincial_centre"
HOLDERS_CLERKS = ("certificate_clerk", "body_manager")


def issue_cites(batch: Batch, at: datetime) -> tuple[Citation, ...]:
    """Return the articles on which certificates are issued: only to those who passed (JL-2024-5§26)."""
    rule = ask.CERTIFICATE_REQUIRES_PASS.get(place=regime_of(batch), day=at.date())
    return rule.cites if rule else ()


def numbers_rule(batch: Batch, at: datetime) -> Provision[str] | None:
    """Return the rule that says who gives certificate numbers on the day of issue."""
    return ask.NUMBERS_GIVEN_BY.get(place=regime_of(batch), day=at.date())


def numbers_by_centre(batch: Batch, at: datetime) -> bool:
    """Say whether the provincial centre gives the numbers (JL-2019-133§6(5)), not the body itself."""
    rule = numbers_rule(batch, at)
    return rule is not None and rule.value == CENTRE


def wrong_giver(batch: Batch, at: datetime, *, centre: bool) -> list[Ground]:
    """Return the ground that somebody else gives the numbers here."""
    rule = numbers_rule(batch, at)
    by_centre = numbers_by_centre(batch, at)
    if by_centre == centre:
        return []
    cites = rule.cites if rule else ()
    if by_centre:
        why = _("Here the provincial centre gives the certificate numbers.")
        return [Ground(why, _("Apply to the centre for the numbers."), cites, "centre-gives-numbers")]
    why = _("Here the body gives its certificate numbers itself.")
    return [Ground(why, _("Leave it to the body's certificate clerk."), cites, "body-gives-numbers")]


def against_issue(batch: Batch, at: datetime) -> list[Ground]:
    """Return everything against issuing the batch's certificates at the instant."""
    passes = list(confirmed_passes(batch).select_related("enrolment__line__occupation"))
    return [
        *_unfinished(batch, at),
        *_out_of_scope(batch, passes, at),
        *_uncoded(passes, at, batch),
        *_glyphs_lacking(batch, passes),
        *_clock_behind(batch, at),
    ]


def _unfinished(batch: Batch, at: datetime) -> Iterable[Ground]:
    cites = issue_cites(batch, at)
    waiting = results_in(batch).filter(outcome=Outcome.PASSED, confirmed_on=None).count()
    if waiting:
        why = _("%(n)s passed results aren't confirmed.") % {"n": waiting}
        yield Ground(why, _("Confirm them once their notice is over."), cites, "results-unconfirmed")
    objections = objections_in(batch).filter(replied_at=None).count()
    if objections:
        why = _("%(n)s objections have no reply yet.") % {"n": objections}
        yield Ground(why, _("Reply to them first."), cites, "objection-open")
    running = [notice for notice in notices_in(batch) if not is_over(notice, at)]
    if running:
        last = max(notice.last_day for notice in running)
        why = _("A notice of results runs through %(day)s, 24:00.") % {"day": last}
        yield Ground(why, _("Issue from the next day on."), cites, "notice-running")


def _out_of_scope(batch: Batch, passes: Sequence[Result], at: datetime) -> Iterable[Ground]:
    lines = {result.enrolment.line_id: result.enrolment.line for result in passes}
    found: dict[Ground, None] = {}
    for line in lines.values():
        for ground in may_assess(
            batch.body, line.occupation, line.level, on=at.date(), site=batch.site, begun_on=batch.announced_on
        ):
            found[ground] = None
    return found


def _uncoded(passes: Sequence[Result], at: datetime, batch: Batch) -> Iterable[Ground]:
    return special.unnumbered(batch.body, {result.enrolment.line.level for result in passes}, on=at.date())


def _glyphs_lacking(batch: Batch, passes: Sequence[Result]) -> Iterable[Ground]:
    """Yield the characters that can't be printed, and whose names they stand in: before a number is given to them."""
    used = {each.enrolment.name for each in passes} | {batch.body.name}
    lines = {each.enrolment.line for each in passes}
    used |= {line.occupation.name for line in lines} | {line.job_type for line in lines}
    missing = missing_glyphs("".join(used), fonts())
    if missing:
        where = sorted(text for text in used if missing & set(text))
        yield glyph_ground(missing, where)


def glyph_ground(missing: Iterable[str], where: Sequence[str]) -> Ground:
    """Return the ground that characters can't be printed: which, where, and what to do."""
    named = "、".join(f"{char} (U+{ord(char):04X})" for char in sorted(missing))
    why = _("No font at hand has the character %(chars)s, which stands in: %(where)s.") % {
        "chars": named,
        "where": "、".join(where),
    }
    way = _("Have the operator put a font with it into a folder of GONGJIANG_FONT_DIRS, then do it again.")
    return Ground(why, way, code="glyph-missing")


def _clock_behind(batch: Batch, at: datetime) -> Iterable[Ground]:
    newest = (
        NumberCounter.objects.filter(body_code=batch.body.code, last_at__gt=at)
        .order_by("-last_at")
        .values_list("last_at", flat=True)
        .first()
    )
    if newest:
        why = _("The clock is behind the body's newest issue of %(at)s.") % {
            "at": newest.astimezone(at.tzinfo).strftime("%Y-%m-%d %H:%M:%S")
        }
        yield Ground(why, _("Have the operator set the server's clock right."), code="clock-behind")


def cannot_print(certificate: Certificate) -> list[Ground]:
    """Return the ground that a character of the certificate can't be printed."""
    missing = unprintable(certificate)
    return [glyph_ground(missing, [printed_text(certificate)])] if missing else []


def not_valid(certificate: Certificate) -> list[Ground]:
    """Return the ground that the certificate isn't a valid, published one."""
    if certificate.state == "valid":
        return []
    why = _("The certificate stands at “%(state)s”.") % {"state": certificate.get_state_display()}
    return [Ground(why, _("Only a valid certificate is reissued or corrected."), code="not-valid")]


def require_holder_or_clerk(asked: str, actor: Actor, certificate: Certificate) -> None:
    """Let the holder ask, or on the holder's written application who answers for the body's certificates.

    :raises NotAllowed: somebody else's role. :raises Refused: another organisation answers for them.
    """
    if actor.kind == "candidate" and actor.person_key == certificate.person_key:
        return
    require_clerk(asked, actor, certificate)


def require_clerk(asked: str, actor: Actor, certificate: Certificate) -> None:
    """Let the body's clerk act, or an officer of the authority that took its duties over.

    :raises NotAllowed: somebody else's role. :raises Refused: another organisation answers for the certificate.
    """
    if not actor.has(*HOLDERS_CLERKS, *HEIRS):
        roles = ", ".join(map(role_label, ("candidate", *HOLDERS_CLERKS)))
        why = _("Your role doesn't include this.")
        way = _("Ask someone who is: %(roles)s.") % {"roles": roles}
        raise NotAllowed(asked, [Ground(why, way, code="wrong-role")], subject=certificate)
    refuse_if(asked, not_the_bearer(actor, certificate.body), subject=certificate)


def text_missing(text: str, why: str, way_on: str, code: str) -> list[Ground]:
    """Return the ground that a text is missing that others must be able to read later."""
    return [] if text.strip() else [Ground(why, way_on, code=code)]
