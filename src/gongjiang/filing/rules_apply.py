"""Who may apply for what, when, and with which papers: the grounds that speak against it, each with its article."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.queries import standing
from gongjiang.filing import renewal
from gongjiang.filing.models import Applicant, Application, ApplicationKind, Call, Material
from gongjiang.filing.routing import Route
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel.models import StoredFile
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.codes import parse_credit_code
from gongjiang.law.model import Citation, Place
from gongjiang.law.places import place as place_of

K, S = ApplicationKind, ApplicationState
ENDED = (S.FILED, S.REFUSED, S.WITHDRAWN)


def wrong_credit_code(text: str) -> list[Ground]:
    """Return each reason why a text isn't a credit code (GB 32100)."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    way = _("Compare it with the registration certificate.")
    return [
        Ground(reason.text(language), way, code=f"credit-code-{reason.code}")  # type: ignore[arg-type]
        for reason in parse_credit_code(text).reasons
    ]


def known_already(credit_code: str) -> list[Ground]:
    """Return the ground that a unit with this code is known here; nothing is said of who it is or who acts for it."""
    applicants = Applicant.objects.unscoped("a unit registers once, whoever asks")
    if not applicants.filter(credit_code=credit_code).exists() and body_of(credit_code) is None:
        return []
    why = _("A unit with this credit code is registered already.")
    way = _("Sign in with its account. Whoever lost it asks the authority for a new one.")
    return [Ground(why, way, code="known-already")]


def body_of(credit_code: str) -> AssessmentBody | None:
    """Return the body in the register that bears the credit code; of several the one whose filing hasn't ended."""
    bodies = AssessmentBody.objects.unscoped("the register is public").filter(credit_code=credit_code)
    newest = F("terminated_on").desc(nulls_first=True)
    return bodies.prefetch_related("terms", "suspensions").order_by(newest, "-pk").first()


def as_applicant(body: AssessmentBody) -> Applicant:
    """Return the body as an applicant that isn't saved: with what the register holds of it."""
    return Applicant(
        organisation=body.organisation,
        credit_code=body.credit_code,
        name=body.name,
        kind=body.kind,
        affiliation=body.affiliation,
        regime=body.regime,
        place_code=body.place_code,
        address=body.address,
        legal_representative=body.legal_representative,
    )


def kind_not_taken(kind: str, place: Place, on: date) -> list[Ground]:
    """Return the ground that bodies of this kind aren't selected under the law of the place."""
    rule = ask.BODY_KINDS.get(place=place, day=on)
    if rule is None or kind in rule.value:
        return []
    way = _("Apply under the rules that hold for your kind of body; the authority tells which.")
    return [Ground(_("Bodies of this kind aren't selected here."), way, rule.cites, "kind-not-taken")]


def wrong_beginning(applicant: Applicant, kind: str, call: Call | None, route: Route, *, on: date) -> list[Ground]:
    """Return every reason against beginning an application of this kind."""
    place = place_of(applicant.regime)
    found = [*kind_not_taken(applicant.kind, place, on), *open_already(applicant, kind)]
    body = body_of(applicant.credit_code)
    if kind == K.FIRST:
        return [*found, *overlapping(body, place, on), *wrong_call(applicant, call, route, on=on)]
    return [*found, *not_on_file(body, kind, on)]


def open_already(applicant: Applicant, kind: str, *, but: int | None = None) -> list[Ground]:
    """Return the ground that an application of the same kind isn't decided yet."""
    if applicant.pk is None:
        return []
    under_way = Application.objects.unscoped("one applicant's own").filter(applicant=applicant, kind=kind)
    found = under_way.exclude(state__in=ENDED).exclude(pk=but).first()
    if found is None:
        return []
    why = _("Application %(number)s of the same kind isn't decided yet.") % {"number": found.number}
    way = _("Go on with it, or withdraw it before you begin another one.")
    return [Ground(why, way, code="open-already", url=reverse("own-application", args=[found.pk]))]


def overlapping(body: AssessmentBody | None, place: Place, on: date) -> list[Ground]:
    """Return the ground that a filing term runs, or begins later, so that a first filing would overlap it."""
    if body is None or (body.terminated_on and body.terminated_on <= on):
        return []
    term = next((each for each in body.terms.all() if each.until > on), None)
    if term is None:
        return []
    rule = ask.FILING_TERM_YEARS.get(place=place, day=on)
    why = _("The unit is on file from %(since)s until %(until)s; a first filing would overlap that term.") % {
        "since": term.since,
        "until": term.until,
    }
    way = _("Apply for added occupations, an amendment or the renewal.")
    return [Ground(why, way, rule.cites if rule else (), "term-overlap")]


def not_on_file(body: AssessmentBody | None, kind: str, on: date) -> list[Ground]:
    """Return why nothing can be changed, renewed or ended: the unit isn't on file, or not any more."""
    if body is None:
        return [Ground(_("The unit isn't on file."), _("Apply for the first filing."), code="not-on-file")]
    if kind == K.RENEWAL:
        return list(renewal.grounds(body, on))
    state = standing(body, on)
    if state in {"terminated", "winding_up"} or body.winding_up_since:
        way = _("Nothing new begins; for more, a new filing is applied for.")
        return [Ground(_("The filing has ended or is being wound up."), way, code="filing-over")]
    if state == "expired" and kind in {K.ADDITION, K.AMENDMENT}:
        return [Ground(_("No filing term runs today."), _("Apply for the renewal first."), code="term-over")]
    return []


def calls_for(applicant: Applicant, route: Route) -> QuerySet[Call]:
    """Return the published calls that the applicant may answer: of its law, by its authority or one above it."""
    codes = [each.code for each in place_of(applicant.regime).chain()]
    published = Call.objects.unscoped("calls are public").filter(published_at__isnull=False, regime__in=codes)
    above = [pk for pk in (route.organisation.path or "").split("/") if pk]
    return published.filter(authority_id__in=above).select_related("authority")


def wrong_call(applicant: Applicant, call: Call | None, route: Route, *, on: date) -> list[Ground]:
    """Return why a first filing can't be applied for under the call: none named, another's, not open, another kind."""
    place = place_of(applicant.regime)
    rule = ask.SELECTION_BY_PUBLIC_CALL.get(place=place, day=on)
    cites = rule.cites if rule else ()
    if call is None:
        return _no_call(applicant, route, cites, on) if rule and rule.value else []
    found = outside_window(call, cites, on)
    if not calls_for(applicant, route).filter(pk=call.pk).exists():
        why = _("The call isn't by the authority that handles your applications, or under other rules.")
        way = _("Choose a call of: %(authority)s.") % {"authority": route.organisation.name}
        found.append(Ground(why, way, route.cites, "call-not-yours"))
    if call.body_kinds and applicant.kind not in call.body_kinds:
        way = _("Wait for a call that includes your kind of body.")
        found.append(Ground(_("The call isn't for bodies of your kind."), way, cites, "call-kind"))
    return found


def outside_window(call: Call, cites: Sequence[Citation], on: date) -> list[Ground]:
    """Return the ground that the day lies outside the call's window; both days of it belong to it."""
    if call.opens_on <= on <= call.closes_on:
        return []
    why = _("The call takes applications from %(first)s through %(last)s; today is %(day)s.") % {
        "first": call.opens_on,
        "last": call.closes_on,
        "day": on,
    }
    before = _("Come back on %(day)s.") % {"day": call.opens_on}
    after = _("Wait for the next call; calls are published on the calls page.")
    return [Ground(why, before if on < call.opens_on else after, tuple(cites), "outside-window", reverse("calls"))]


def outside_call(call: Call | None, codes: Iterable[str], cites: Sequence[Citation] = ()) -> list[Ground]:
    """Return the ground that the call doesn't name some of the occupations."""
    if call is None or not call.occupation_codes:
        return []
    other = sorted(set(codes) - set(call.occupation_codes))
    if not other:
        return []
    why = _("The call doesn't include: %(codes)s.") % {"codes": "、".join(other)}
    way = _("It includes: %(codes)s.") % {"codes": "、".join(call.occupation_codes)}
    return [Ground(why, way, tuple(cites), "outside-call")]


def used_by_another(stored: StoredFile, applicant: Applicant, cites: Sequence[Citation] = ()) -> list[Ground]:
    """Return the ground that another applicant handed in the very same file; whose it is isn't told."""
    others = Material.objects.filter(file=stored).exclude(application__applicant=applicant)
    if not others.exists():
        return []
    why = _("The same file is evidence in another applicant's application.")
    way = _("Hand in a paper of your own. Where it is one by right, ask the authority, who sees both.")
    return [Ground(why, way, tuple(cites), "same-file")]


def truth_cites(place: Place, on: date) -> tuple[Citation, ...]:
    """Return the articles by which the applicant answers for the truth of what it hands in."""
    rule = ask.APPLICANT_ANSWERS_FOR_TRUTH.get(place=place, day=on)
    return rule.cites if rule and rule.value else ()


def _no_call(applicant: Applicant, route: Route, cites: tuple[Citation, ...], on: date) -> list[Ground]:
    open_now = calls_for(applicant, route).filter(opens_on__lte=on, closes_on__gte=on)
    kinds = Q(body_kinds=[]) | Q(body_kinds__icontains=applicant.kind)
    names = "、".join(open_now.filter(kinds).values_list("number", flat=True))
    way = _("Answer a call that is open: %(calls)s.") % {"calls": names} if names else _("Wait for the next call.")
    return [Ground(_("Applicants are selected by a public call."), way, cites, "no-call", reverse("calls"))]
