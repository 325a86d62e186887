"""Numbers at levels beyond the five: the place says how they are split; until it does, none is given."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.certificates.models import Certificate
from gongjiang.kernel.place_settings_registry import REGISTRY
from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.codes import NumberRefused, SpecialRule
from gongjiang.law.codes.certificate_number import LEVELS
from gongjiang.law.places import place
from gongjiang.standards.models import Level

SETTING = "certificate.special_number"
FORM_OF = {"Y": "form_employer", "S": "form_social"}
DIGIT_OF = {"master": "digit_master", "chief": "digit_chief"}


def rule_for(body: AssessmentBody, level: str, *, on: date) -> SpecialRule | None:
    """Return how the body's place numbers a level beyond the five on the day, None where it doesn't say."""
    value = setting(SETTING, place=place(body.regime), day=on).value
    form, digit = value[FORM_OF[body.code[0]]], value.get(DIGIT_OF.get(level, ""), "")
    return SpecialRule(form, digit) if form and digit else None


def rule_of(certificate: Certificate) -> SpecialRule | None:
    """Return how the certificate's number is split, None at the five levels and where the place doesn't say."""
    if certificate.level in LEVELS:
        return None
    return rule_for(certificate.body, certificate.level, on=certificate.issued_on)


def agrees(certificate: Certificate) -> bool:
    """Say whether a number beyond the five agrees with its certificate's body, level and year of issue."""
    rule = rule_of(certificate)
    return rule is not None and rule.agrees(certificate.number, certificate.body.code, certificate.issued_on.year)


def rules_for(body: AssessmentBody, levels: Iterable[str], *, on: date) -> dict[str, SpecialRule]:
    """Return the rules of those levels that stand beyond the five and have one."""
    found = {level: rule_for(body, level, on=on) for level in sorted(set(levels) - LEVELS)}
    return {level: rule for level, rule in found.items() if rule is not None}


def unnumbered(body: AssessmentBody, levels: Iterable[str], *, on: date) -> Iterable[Ground]:
    """Yield why certificates at levels beyond the five can't be numbered: not set, or the body's code doesn't fit."""
    further = sorted(set(levels) - LEVELS)
    rules = rules_for(body, further, on=on)
    where = place(body.regime)
    coding = ask.CERTIFICATE_CODING_NATIONAL.get(place=where, day=on)
    cites, url = coding.cites if coding else (), reverse("setting", args=[SETTING])
    for level in further:
        told = {"level": Level(level).label, "place": where.name, "setting": REGISTRY[SETTING].label}
        if level not in DIGIT_OF:
            why = _("No coding rule knows a number for “%(level)s”.") % told
            yield Ground(why, _("Certify it by the employer's own paper."), cites, "level-uncoded")
        elif level not in rules:
            why = _(
                "How the number of a “%(level)s” certificate is split isn't set for %(place)s; "
                "the national rule tells only that it has two letters and twenty digits."
            )
            way = _("Have the province set “%(setting)s” from its own coding rule; then issue.")
            yield Ground(why % told, way % told, cites, "special-number-unset", url)
        else:
            yield from _unfit(rules[level], body, on, url)


def _unfit(rule: SpecialRule, body: AssessmentBody, on: date, url: str) -> Iterable[Ground]:
    try:
        rule.prefix(body.code, on.year)
    except NumberRefused:
        why = _("The body's code %(code)s doesn't fit the form %(form)s.") % {"code": body.code, "form": rule.form}
        yield Ground(why, _("Have the province correct the form."), code="special-number-unfit", url=url)
