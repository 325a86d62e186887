"""Builders for the life of a filing: a tree under Xinzhou, bodies with a scope, applications and batches as rows."""

from dataclasses import replace
from datetime import date
from itertools import count

from tests.factories import FILED, at, make_body, make_organisation

from gongjiang.filing.models import Applicant, Application, GivenUpScope, RequestedScope
from gongjiang.law.codes.credit_code import credit_check_character
from gongjiang.standards.queries import occupation_by_code

_serial = count(1)
# Occupations of the carried catalogue, none of the access type.
ELECTRICIAN, WELDER = "6-31-01-03", "6-18-02-04"


def credit_code(number: int) -> str:
    """Return a well-formed credit code of an invented body."""
    first = f"91350100M0{number:06d}Y"
    return first + credit_check_character(first)


def xinzhou_tree():
    """Return Shanxi with Xinzhou and its service centre."""
    province = make_organisation("province", "样例山西省人社厅", "14")
    city = make_organisation("city", "样例忻州市人社局", "1409", province)
    return {
        "province": province,
        "provincial_centre": make_organisation("centre", "样例省鉴定中心", "14", province),
        "city": city,
        "centre": make_organisation("centre", "样例忻州市职业技能服务中心", "1409", city),
    }


def another_body(authority, *codes: str, place: str = "1409", **changes):
    """Register a further body with its own codes; each occupation at level 4."""
    number = next(_serial)
    told = {
        "name": f"忻州凿子技能评价中心（样例 {number}）",
        "credit_code": credit_code(number),
        "code": f"S00001499{number:04d}",
        "place_code": place,
        "regime": place,
        "filed_on": date(2025, 10, 1),
        "filed_until": date(2028, 10, 1),
    }
    return make_body(authority, scope=tuple((code, "4") for code in codes), **{**told, **changes})


def filed_like(**changes):
    return replace(FILED, **changes)


def applicant_of(body) -> Applicant:
    """Write the applicant that the body once was."""
    return Applicant.everything.get_or_create(
        organisation=body.organisation,
        defaults={
            "credit_code": body.credit_code,
            "name": body.name,
            "kind": body.kind,
            "affiliation": body.affiliation,
            "regime": body.regime,
            "place_code": body.place_code,
            "address": body.address,
            "legal_representative": "丁卯春",
            "main_business": "样例业务",
            "contact_name": "戊辰夏",
            "contact_phone": "00000000000",
            "registered_at": at("2025-09-01 09:00"),
        },
    )[0]


def application(body, kind: str = "addition", /, *, codes=(), give_up=(), **changes) -> Application:
    """Write an application of the body's as it stands before it is handed in."""
    number = next(_serial)
    told = {
        "number": f"SQ-2026-{number:04d}",
        "kind": kind,
        "applicant": applicant_of(body),
        "body": body,
        "authority": body.authority,
        "regime": body.regime,
        "affiliation": body.affiliation,
        "created_at": at("2026-03-01 09:00"),
    }
    made = Application.everything.create(**{**told, **changes})
    for code in codes:
        RequestedScope.objects.create(
            application=made, occupation=occupation_by_code(code), level="4", site_name="样例考点"
        )
    for code in give_up:
        for cell in body.scope.filter(occupation__code=code):
            GivenUpScope.objects.create(application=made, item=cell)
    return made


def examined(body, *codes: str, on: date = date(2026, 3, 1), state: str = "issued", fee="430"):
    """Write a batch of the body's that was examined on the day, as a row."""
    from gongjiang.planning.models import Batch, BatchLine
    from gongjiang.standards.models import NationalStandard

    number = next(_serial)
    batch = Batch.everything.create(
        body=body,
        number=f"2026-{number:06d}-001",
        title=f"样例批次 {number}",
        regime=body.regime,
        site=body.sites.first(),
        state=state,
        enrolment_from=date(2025, 1, 1),
        enrolment_until=date(2025, 1, 2),
        exam_from=on,
        exam_until=on,
        planned_on=date(2025, 1, 1),
        announced_on=date(2025, 1, 1),
        examined_on=on,
    )
    standard = NationalStandard.objects.order_by("pk").first()
    for code in codes:
        BatchLine.objects.create(
            batch=batch, occupation=occupation_by_code(code), level="4", standard=standard, clause_set="x", fee=fee
        )
    return batch
