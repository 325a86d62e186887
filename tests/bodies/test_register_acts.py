from dataclasses import replace
from datetime import date

import pytest
from tests.factories import FILED, at, make_actor, make_body, make_catalogue, make_organisation, make_tree

from gongjiang.bodies import actions, queries
from gongjiang.bodies.actions import Ruling, SiteChange, SiteSpec, SubsidiarySpec
from gongjiang.bodies.directory import directory
from gongjiang.bodies.models import AssessmentBody, Decision, DutyKind, ScopeItem
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import Refused
from gongjiang.law.model import Citation
from gongjiang.standards.queries import occupation_by_code

pytestmark = pytest.mark.django_db
OTHER_CREDIT = "91350100M000100X9H"
CITES = (Citation.parse("JL-2025-1§8"),)


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"], scope=(("6-31-01-03", "4"), ("6-31-01-03", "3")))


@pytest.fixture
def officer(tree):
    return make_actor(tree["changchun"], "city_officer")


def ruling(since: str, **more) -> Ruling:
    return Ruling("样例决定", "样例长春市人社局", date.fromisoformat(since), cites=CITES, **more)


def standing(body, day: str) -> str:
    return queries.standing(AssessmentBody.everything.get(pk=body.pk), date.fromisoformat(day))


def refused_codes(act, **given) -> tuple[str, ...]:
    before = Decision.objects.count(), AuditEntry.objects.count()
    with pytest.raises(Refused) as refused:
        act(**given)
    assert (Decision.objects.count(), AuditEntry.objects.count()) == before
    return refused.value.codes


@pytest.mark.requirement("FIL-08")
def test_an_earlier_filing_is_brought_in_with_its_term_and_rule(tree):
    body = make_body(tree["changchun"], rule="吉人社规〔2022〕7号", legal_representative="丁卯春")

    decision = Decision.objects.get()
    term = body.terms.get()
    assert (decision.number, decision.kind, decision.since, decision.until) == (
        "JD-2025-0001",
        "brought_in",
        date(2025, 10, 1),
        date(2028, 10, 1),
    )
    assert (term.since, term.until, term.letter_number, term.rule, term.decision) == (
        date(2025, 10, 1),
        date(2028, 10, 1),
        "样例备〔2025〕17 号",
        "吉人社规〔2022〕7号",
        decision,
    )
    assert body.legal_representative == "丁卯春"
    entries = list(AuditEntry.objects.values_list("action", "subject_kind", "about_kind")[:2])
    assert entries == [
        ("counter.take", "kernel.counter", ""),
        ("body.register", "bodies.decision", "bodies.assessmentbody"),
    ]
    assert "丁卯春" not in str(list(AuditEntry.objects.values()))


@pytest.mark.requirement("FIL-11")
def test_an_applicants_organisation_is_put_on_file_once(tree, officer):
    make_catalogue()
    organisation = make_organisation("body", "样例申请单位", "2201", tree["jilin_city"])
    site = SiteSpec("样例考点", "样例路 1 号", "220102", [(occupation_by_code("6-31-01-03"), "4")])
    given = {
        "actor": officer,
        "at": at("2026-03-02 10:00"),
        "organisation": organisation,
        "authority": tree["changchun"],
        "filed": replace(FILED, sites=[site], filed_on=date(2026, 3, 2), filed_until=date(2029, 3, 2)),
        "ruling": ruling("2026-03-02", until=date(2029, 3, 2), letter_number="样例备〔2026〕1 号"),
    }

    body = actions.put_on_file(**given)

    organisation.refresh_from_db()
    assert (organisation.name, organisation.path) == (FILED.name, f"{tree['changchun'].path}{organisation.pk}/")
    assert (standing(body, "2026-03-01"), standing(body, "2026-03-02")) == ("expired", "filed")
    assert [(d.number, d.kind, d.letter_number) for d in body.decisions.all()] == [
        ("JD-2026-0001", "filed", "样例备〔2026〕1 号")
    ]
    assert refused_codes(actions.put_on_file, **given) == ("taken", "organisation-taken")


@pytest.mark.requirement("FIL-10")
def test_one_decision_swaps_one_occupation_for_another(body, officer):
    welder, electrician = occupation_by_code("6-18-02-04"), occupation_by_code("6-31-01-03")
    old = body.scope.get(level="3")
    new_site = SiteSpec("样例二考点", "样例路 2 号", "220102", [(welder, "4")])

    decision = actions.change_scope(
        actor=officer, at=at("2026-04-01 10:00"), body=body, add=[new_site], drop=[old], ruling=ruling("2026-04-01")
    )

    assert decision.facts == {
        "added": [["6-18-02-04", "4", "样例二考点"]],
        "dropped": [["6-31-01-03", "3", "样例考点"]],
    }
    assert decision.cites == ["JL-2025-1§8"]
    assert not queries.may_assess(body, electrician, "3", on=date(2026, 3, 31))
    assert [g.code for g in queries.may_assess(body, electrician, "3", on=date(2026, 4, 1))] == ["not-in-scope"]
    assert not queries.may_assess(body, welder, "4", on=date(2026, 4, 1))
    assert [g.code for g in queries.may_assess(body, welder, "4", on=date(2026, 3, 31))] == ["not-in-scope"]


@pytest.mark.requirement("FIL-07")
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, ("no-scope",), id="nothing changes"),
        pytest.param({"drop": "all"}, ("no-scope",), id="nothing is left"),
        pytest.param({"drop": "foreign"}, ("not-in-scope", "no-scope"), id="another body's cell"),
        pytest.param({"add": "4"}, ("in-scope-already",), id="stands already"),
        pytest.param({"add": "master"}, ("level-not-open",), id="level closed to the kind"),
    ],
)
def test_a_wrong_change_of_scope_is_refused_whole(tree, body, officer, change, expected):
    other = make_body(tree["jilin_city"], code="S000022999018", credit_code=OTHER_CREDIT)
    drop = {"all": list(body.scope.all()), "foreign": list(other.scope.all())}.get(change.get("drop"), [])
    add = []
    if "add" in change:
        add = [SiteSpec("样例考点", "", "220102", [(occupation_by_code("6-31-01-03"), change["add"])])]

    codes = refused_codes(
        actions.change_scope,
        actor=officer,
        at=at("2026-04-01 10:00"),
        body=body,
        add=add,
        drop=drop,
        ruling=ruling("2026-04-01"),
    )

    assert codes == expected
    assert ScopeItem.everything.filter(until=None).count() == 3


@pytest.mark.requirement("FIL-07")
def test_an_amendment_keeps_before_and_after(body, officer):
    site = body.sites.get()
    changes = {
        "name": "长春新榫卯技能评价中心（样例）",
        "registered_address": "长春市样例路 11 号",
        "legal_representative": "戊辰夏",
        "exam_site": SiteChange(site, "样例新考点", "样例路 12 号", "220103"),
    }

    decision = actions.amend(
        actor=officer, at=at("2026-04-01 10:00"), body=body, changes=changes, ruling=ruling("2026-04-01")
    )

    body = AssessmentBody.everything.get(pk=body.pk)
    site.refresh_from_db()
    assert (body.name, body.organisation.name, body.address, body.legal_representative) == (
        "长春新榫卯技能评价中心（样例）",
        "长春新榫卯技能评价中心（样例）",
        "长春市样例路 11 号",
        "戊辰夏",
    )
    assert (site.name, site.address, site.division) == ("样例新考点", "样例路 12 号", "220103")
    assert decision.facts["before"] == {
        "name": FILED.name,
        "registered_address": FILED.address,
        "legal_representative": "",
        "exam_site": ["样例考点", "长春市样例路 9 号实训楼", "220102"],
    }
    entry = AuditEntry.objects.latest("seq")
    assert entry.facts["elements"] == ["exam_site", "legal_representative", "name", "registered_address"]
    assert "戊辰夏" not in str(entry.facts)


@pytest.mark.requirement("FIL-07")
@pytest.mark.parametrize(
    ("changes", "since", "expected"),
    [
        ({"registered_address": FILED.address}, "2026-04-01", ("no-change",)),
        ({"registered_address": "别处"}, "2026-04-02", ("no-change",)),
        ({"code": "S000022999019"}, "2026-04-01", ("element-unknown",)),
    ],
)
def test_a_wrong_amendment_is_refused(body, officer, changes, since, expected):
    given = {"actor": officer, "at": at("2026-04-01 10:00"), "body": body, "ruling": ruling(since)}
    assert refused_codes(actions.amend, changes=changes, **given) == expected


@pytest.mark.requirement("FIL-08")
def test_a_renewal_follows_the_running_term(body, officer):
    given = {"actor": officer, "at": at("2028-07-01 10:00"), "body": body, "ruling": ruling("2028-10-01")}
    renewed = actions.renew(since=date(2028, 10, 1), until=date(2031, 10, 1), **given)

    assert [(t.since, t.until) for t in body.terms.all()] == [
        (date(2025, 10, 1), date(2028, 10, 1)),
        (date(2028, 10, 1), date(2031, 10, 1)),
    ]
    assert [standing(body, day) for day in ("2028-09-30", "2028-10-01", "2031-09-30", "2031-10-01")] == [
        "filed",
        "filed",
        "filed",
        "expired",
    ]
    assert queries.on_file_on(date(2028, 9, 1))
    assert list(directory().filter(queries.on_file_on(date(2028, 9, 1)))) == [body]
    assert renewed.term.until == AssessmentBody.everything.get(pk=body.pk).filed_until == date(2031, 10, 1)
    again = refused_codes(actions.renew, since=date(2031, 10, 1), until=date(2034, 10, 1), **given)
    assert again == ("renewed-already",)


@pytest.mark.requirement("FIL-08")
@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [("2028-09-30", "2031-10-01", ("term-overlap",)), ("2028-10-02", "2028-10-02", ("term",))],
)
def test_a_wrong_term_is_refused(body, officer, since, until, expected):
    given = {"actor": officer, "at": at("2028-07-01 10:00"), "body": body, "ruling": ruling("2028-10-01")}
    codes = refused_codes(actions.renew, since=date.fromisoformat(since), until=date.fromisoformat(until), **given)
    assert codes == expected


@pytest.mark.requirement("FIL-09")
def test_winding_up_carries_through_what_was_begun(body, officer):
    actions.begin_winding_up(actor=officer, at=at("2026-05-01 10:00"), body=body, ruling=ruling("2026-05-10"))
    body = AssessmentBody.everything.get(pk=body.pk)
    electrician = occupation_by_code("6-31-01-03")

    def codes(on: str, begun: date | None = None) -> list[str]:
        found = queries.may_assess(body, electrician, "4", on=date.fromisoformat(on), begun_on=begun)
        return [ground.code for ground in found]

    assert (codes("2026-05-09"), codes("2026-05-10")) == ([], ["winding-up"])
    assert codes("2026-06-01", date(2026, 5, 9)) == []
    assert codes("2026-06-01", date(2026, 5, 10)) == ["winding-up"]
    assert standing(body, "2026-05-10") == "winding_up"


@pytest.mark.requirement("FIL-09")
def test_an_end_cuts_the_term_drops_the_next_and_leaves_the_duties(tree, body, officer):
    renewed = actions.renew(
        actor=officer,
        at=at("2028-07-01 10:00"),
        body=body,
        since=date(2028, 10, 1),
        until=date(2031, 10, 1),
        ruling=ruling("2028-10-01"),
    )
    actions.suspend(actor=officer, at=at("2028-07-02 10:00"), body=body, reason="整改", decision="1 号")

    ended = actions.end_filing(
        actor=officer, at=at("2028-08-01 10:00"), body=body, kind="ordered", ruling=ruling("2028-08-01")
    )

    assert (ended.kind, ended.replaces) == ("ordered", renewed)
    assert [(t.since, t.until) for t in body.terms.all()] == [(date(2025, 10, 1), date(2028, 8, 1))]
    assert (standing(body, "2028-07-31"), standing(body, "2028-08-01")) == ("suspended", "terminated")
    assert body.suspensions.get().until == date(2028, 8, 1)
    kept = [(duty.kind, duty.holder, duty.cites) for duty in body.duties.all()]
    assert kept == [(kind, body.organisation, ["JL-2025-1§12"]) for kind in DutyKind.values]
    body = AssessmentBody.everything.get(pk=body.pk)
    ground = queries.may_assess(body, occupation_by_code("6-31-01-03"), "4", on=date(2028, 8, 1))[0]
    assert (ground.code, [cite.key for cite in ground.cites]) == ("terminated", ["JL-2025-1§12"])

    actions.hand_over(
        actor=officer,
        at=at("2028-08-02 10:00"),
        body=body,
        authority=tree["changchun"],
        ruling=ruling("2028-08-02"),
    )
    assert {duty.holder for duty in body.duties.all()} == {tree["changchun"]}
    assert AssessmentBody.everything.get(pk=body.pk).duties_with == tree["changchun"]


@pytest.mark.requirement("FIL-09")
def test_what_ended_stays_ended(tree, body, officer):
    later = {"actor": officer, "at": at("2026-08-02 10:00"), "body": body}
    assert refused_codes(actions.hand_over, authority=tree["changchun"], ruling=ruling("2026-08-02"), **later) == (
        "not-terminated",
    )
    assert refused_codes(actions.end_filing, kind="ordered", ruling=ruling("2026-08-01"), **later) == ("backdated",)
    actions.begin_winding_up(ruling=ruling("2026-08-10"), **later)
    early = refused_codes(actions.end_filing, kind="voluntary", ruling=ruling("2026-08-09"), **later)
    assert early == ("before-winding-up",)
    actions.end_filing(kind="voluntary", ruling=ruling("2026-08-10"), **later)

    after = {"actor": officer, "at": at("2026-08-11 10:00"), "body": body}
    assert refused_codes(actions.end_filing, kind="ordered", ruling=ruling("2026-08-11"), **after) == ("terminated",)
    assert refused_codes(actions.begin_winding_up, ruling=ruling("2026-08-11"), **after) == ("winding-up",)
    assert refused_codes(actions.suspend, reason="再", decision="2 号", **after) == ("terminated",)
    assert refused_codes(
        actions.renew, since=date(2029, 1, 1), until=date(2032, 1, 1), ruling=ruling("2029-01-01"), **after
    ) == ("winding-up",)
    assert refused_codes(actions.hand_over, authority=body.organisation, ruling=ruling("2026-08-11"), **after) == (
        "not-an-authority",
    )


@pytest.mark.requirement("FIL-12")
def test_subsidiaries_count_as_own_while_they_are_listed(tree, officer):
    body = make_body(tree["changchun"], kind="employer", code="Y000022999017")
    first = SubsidiarySpec("样例子公司", OTHER_CREDIT)
    given = {"actor": officer, "body": body}
    actions.set_subsidiaries(at=at("2026-02-01"), subsidiaries=[first], on=date(2026, 2, 1), **given)
    actions.set_subsidiaries(at=at("2026-05-01"), subsidiaries=[], on=date(2026, 5, 1), **given)

    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 4, 30), date(2026, 5, 1)]
    assert [queries.is_own_employer(body, OTHER_CREDIT, day) for day in days] == [False, True, True, False]
    assert queries.is_own_employer(body, "样例子公司", days[1])
    assert queries.is_own_employer(body, body.credit_code, days[0])
    codes = refused_codes(
        actions.set_subsidiaries,
        at=at("2026-06-01"),
        subsidiaries=[SubsidiarySpec("坏码", "91350100M000100Y42")],
        on=date(2026, 6, 1),
        **given,
    )
    assert codes == ("credit-code",)


@pytest.mark.requirement("FIL-11")
def test_the_undertaking_is_kept_with_its_article(body, officer):
    given = {"actor": officer, "at": at("2026-02-01"), "body": body}
    signed = actions.sign_undertaking(text="本机构承诺……", signed_by="丁卯春", **given)
    assert (signed.signed_by, signed.cites) == ("丁卯春", ["MOHRSS-2020-17§15"])
    assert refused_codes(actions.sign_undertaking, text=" ", signed_by="丁卯春", **given) == ("undertaking-empty",)
