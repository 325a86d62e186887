"""Whom a body may assess: by its kind, by permission, and in the 2019 pilot."""

from datetime import date

import pytest
from tests.enrolment.people import OPEN, person, sheet, upload
from tests.factories import at, make_actor, make_batch, make_body, make_open_batch

from gongjiang.bodies.actions import SubsidiarySpec, set_subsidiaries
from gongjiang.enrolment import actions
from gongjiang.enrolment.facts import row_of
from gongjiang.enrolment.models import ImportRow, Relation
from gongjiang.enrolment.rules import check_row, context_for
from gongjiang.kernel.refusal import Refused
from gongjiang.planning.actions import announce, apply_for_opening, approve_opening

pytestmark = pytest.mark.django_db
EMPLOYER = {"kind": "employer", "code": "Y000022999018", "name": "样例墨斗机电有限公司"}
STRANGER = {"code": "S000022999019", "credit_code": "91440300708461136T", "name": "吉林刨花（样例）"}
COLLEGE = {"kind": "college", "code": "Y000022999018", "name": "样例榫卯技师学院"}


def problems_of(batch, **changes):
    """Return the hard problems of a row, and the articles that the service scope cites."""
    _made, problems = check_row(row_of(person(0, **changes)), context_for(batch, today=date(2026, 4, 20)))
    cites = [each.cites for each in problems if each.code in {"service_scope", "other_employer"}]
    return [f"{each.column}.{each.code}" for each in problems if not each.soft], cites


@pytest.mark.requirement("FIL-12")
@pytest.mark.parametrize(
    ("kind", "permitted", "relation", "served"),
    [
        (EMPLOYER, False, "本单位职工", True),
        (EMPLOYER, False, "劳务派遣", True),
        (EMPLOYER, False, "在校学生", False),
        (EMPLOYER, False, "社会人员", False),
        (EMPLOYER, True, "社会人员", True),
        (COLLEGE, False, "在校学生", True),
        (COLLEGE, False, "本单位职工", False),
        (COLLEGE, False, "社会人员", False),
        (COLLEGE, True, "社会人员", True),
        ({}, False, "社会人员", True),
        ({}, False, "本单位职工", True),
    ],
)
def test_who_is_served_by_kind_of_body(tree, kind, permitted, relation, served):
    body = make_body(tree["changchun"], may_serve_others=permitted, **kind)

    found, cites = problems_of(make_open_batch(body), relation=relation)

    assert found == ([] if served else ["relation.service_scope"])
    assert cites == ([] if served else [("JL-2024-5§4",)])


@pytest.mark.requirement("FIL-12")
def test_a_blank_relation_is_a_member_of_the_public(tree):
    found, _cites = problems_of(make_open_batch(make_body(tree["changchun"], **EMPLOYER)), relation="")

    assert found == ["relation.service_scope"]


def pilot_batch(tree, **changes):
    """Return an announced batch of an enterprise of the 2019 pilot."""
    body = make_body(tree["changchun"], regime="22-2019", **{**EMPLOYER, **changes})
    clerk = make_actor(body.organisation, "exam_clerk")
    batch = make_batch(body, clerk)
    apply_for_opening(actor=clerk, at=at("2026-04-01 09:00"), batch=batch)
    approve_opening(actor=make_actor(tree["centre"], "centre_officer"), at=at("2026-04-02 09:00"), batch=batch)
    announce(actor=clerk, at=at("2026-04-07 09:00"), batch=batch)
    return batch, clerk


@pytest.mark.requirement("FIL-12", "ENR-01")
@pytest.mark.parametrize("relation", ["劳务派遣", "社会人员", "在校学生"])
def test_the_pilot_takes_its_own_staff_on_the_job_only(tree, relation):
    batch, _clerk = pilot_batch(tree, may_serve_others=True)

    found, cites = problems_of(batch, relation=relation)

    assert found == ["relation.service_scope"]
    assert cites == [("JL-2019-133§5(1)", "JL-2019-133§3(2)1")]


@pytest.mark.requirement("FIL-12")
@pytest.mark.parametrize(
    ("employer", "found"),
    [("样例墨斗机电有限公司", []), ("样例刨花家具有限公司", ["employer.other_employer"])],
)
def test_the_pilot_takes_no_other_enterprises_staff(tree, employer, found):
    batch, _clerk = pilot_batch(tree)

    assert problems_of(batch, relation="本单位职工", employer=employer)[0] == found


def test_outside_the_pilot_another_employer_is_pointed_out_only(tree):
    batch = make_open_batch(make_body(tree["changchun"], **EMPLOYER))
    row = row_of(person(0, relation="本单位职工", employer="样例刨花家具有限公司"))

    _made, problems = check_row(row, context_for(batch, today=date(2026, 4, 20)))

    assert [(each.code, each.soft) for each in problems] == [("subsidiary", True)]


@pytest.mark.requirement("FIL-12")
@pytest.mark.parametrize(
    ("listed_on", "employer", "found"),
    [
        (date(2026, 4, 1), {"employer": "样例刨花家具有限公司"}, []),
        (date(2026, 4, 1), {"employer": "样例刨花家具有限公司", "employer_code": "91350100M000100X9H"}, []),
        (date(2026, 4, 1), {"employer": "样例墨斗机电有限公司"}, []),
        (date(2026, 4, 1), {"employer": "样例凿子家具有限公司"}, ["subsidiary"]),
        (date(2026, 5, 1), {"employer": "样例刨花家具有限公司"}, ["subsidiary"]),
    ],
)
def test_the_staff_of_a_listed_subsidiary_are_own_people(tree, listed_on, employer, found):
    body = make_body(tree["changchun"], **EMPLOYER)
    listed = [SubsidiarySpec("样例刨花家具有限公司", "91350100M000100X9H")]
    manager = make_actor(body.organisation, "body_manager")
    set_subsidiaries(actor=manager, at=at("2026-03-01"), body=body, subsidiaries=listed, on=listed_on)
    row = row_of(person(0, relation="本单位职工", **employer))

    _made, problems = check_row(row, context_for(make_open_batch(body), today=date(2026, 4, 20)))

    assert [each.code for each in problems] == found


@pytest.mark.requirement("FIL-12")
def test_the_pilot_knows_no_subsidiaries(tree):
    batch, _clerk = pilot_batch(tree)
    listed = [SubsidiarySpec("样例刨花家具有限公司", "91350100M000100X9H")]
    manager = make_actor(batch.body.organisation, "body_manager")
    set_subsidiaries(actor=manager, at=at("2026-03-01"), body=batch.body, subsidiaries=listed, on=date(2026, 3, 1))

    found, _cites = problems_of(batch, relation="本单位职工", employer="样例刨花家具有限公司")

    assert found == ["employer.other_employer"]


@pytest.mark.requirement("ENR-01")
def test_one_occupation_at_a_time_holds_across_bodies_in_the_pilot(tree):
    batch, clerk = pilot_batch(tree)
    other = make_body(tree["jilin_city"], **STRANGER)
    stranger = make_actor(other.organisation, "exam_clerk")
    elsewhere = make_open_batch(other, stranger)
    actions.confirm_import(actor=stranger, at=at(OPEN), run=upload(stranger, elsewhere, sheet([person(0)]), key="x"))
    own = {"relation": "本单位职工"}

    run = upload(clerk, batch, sheet([person(0, **own), person(1, **own)]))

    (bad,) = ImportRow.objects.filter(run=run, is_good=False)
    assert [(p["code"], p["cites"]) for p in bad.problems] == [("elsewhere", ["JL-2019-133§3(2)3"])]
    assert other.name not in str(bad.problems)
    with pytest.raises(Refused) as refused:
        actions.enrol(actor=clerk, at=at(OPEN), line=batch.lines.get(), row=person(0, **own), key="one")
    assert refused.value.codes == ("occupation_code.elsewhere",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2019-133§3(2)3"]


@pytest.mark.requirement("ENR-01")
def test_somebody_enrolled_elsewhere_after_the_check_stops_the_pilots_import(tree):
    batch, clerk = pilot_batch(tree)
    run = upload(clerk, batch, sheet([person(0, relation="本单位职工")]))
    other = make_body(tree["jilin_city"], **STRANGER)
    stranger = make_actor(other.organisation, "exam_clerk")
    elsewhere = make_open_batch(other, stranger)
    actions.confirm_import(actor=stranger, at=at(OPEN), run=upload(stranger, elsewhere, sheet([person(0)]), key="x"))

    with pytest.raises(Refused) as refused:
        actions.confirm_import(actor=clerk, at=at(OPEN), run=run)

    assert refused.value.codes == ("changed-elsewhere",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2019-133§3(2)3"]


def test_relations_have_the_words_of_the_sheet():
    from gongjiang.enrolment.columns import RELATIONS
    from gongjiang.enrolment.rules.claim import RELATION_OF

    assert set(RELATION_OF) == set(RELATIONS)
    assert set(RELATION_OF.values()) == set(Relation)
