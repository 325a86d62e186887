"""A first filing from the call to the submission: what is asked by the law of the place, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import at, make_actor, make_body, make_tree
from tests.filing_factories import (
    SITE,
    call_for,
    facts_of,
    fill,
    gaps,
    hand_in,
    make_applicant,
    make_application,
    make_call,
    make_draft,
    make_xinzhou,
)

from gongjiang.filing import actions, checks, queries
from gongjiang.filing.models import Applicant, Application, Snapshot
from gongjiang.filing.routing import authority_for
from gongjiang.kernel import canonical
from gongjiang.kernel.actor import PUBLIC
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.standards.models import AccessQualification
from gongjiang.standards.queries import occupation_by_code

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def tree(db):
    return make_tree()


def refused(excinfo) -> tuple[str, ...]:
    return excinfo.value.codes


# Calls


@pytest.mark.requirement("FIL-01")
def test_a_call_is_public_with_its_number_window_and_paper(tree):
    call = make_call(tree["changchun"], body_kinds=("social",), occupation_codes=("6-31-01-03",))
    assert (call.number, call.regime, call.cites) == ("ZJ-2026-001", "2201", ["JL-2024-5§6"])
    assert (call.opens_on, call.closes_on) == (DAY, date(2026, 5, 1))
    assert call.document.media_type == "application/pdf"
    assert list(queries.public_calls()) == [call]
    assert make_call(tree["province"]).number == "ZJ-2026-002"
    entry = AuditEntry.objects.filter(action="call.publish").first()
    assert (entry.subject_id, entry.cites) == (str(call.pk), ["JL-2024-5§6"])


@pytest.mark.requirement("FIL-01")
def test_a_call_is_refused_where_it_makes_no_sense(tree):
    officer = make_actor(tree["changchun"], "city_officer")
    spec = actions.CallSpec("公告", "正文", date(2026, 3, 9), date(2026, 3, 2), "2201")
    told = {"actor": officer, "at": at("2026-03-02"), "authority": tree["changchun"]}
    with pytest.raises(Refused) as backwards:
        actions.publish_call(**told, spec=spec)
    with pytest.raises(Refused) as past:
        actions.publish_call(**told, spec=replace(spec, opens_on=date(2026, 1, 1), closes_on=date(2026, 2, 1)))
    with pytest.raises(Refused) as foreign:
        actions.publish_call(**told, spec=replace(spec, closes_on=date(2026, 4, 1), regime="1409"))
    with pytest.raises(Refused) as unknown:
        actions.publish_call(**told, spec=replace(spec, closes_on=date(2026, 4, 1), occupation_codes=("9-99-99-99",)))
    with pytest.raises(NotAllowed):
        actions.publish_call(**{**told, "authority": tree["province"]}, spec=replace(spec, regime="22"))
    found = [refused(each) for each in (backwards, past, foreign, unknown)]
    assert found == [("window",), ("window-past",), ("regime",), ("not-classified",)]


@pytest.mark.requirement("FIL-01")
def test_outside_the_window_an_application_is_refused_with_the_dates(tree):
    unit, manager = make_applicant()
    call = make_call(tree["changchun"], opens_on=date(2026, 3, 10), closes_on=date(2026, 3, 20))
    for day, way in (("2026-03-09", "2026-03-10"), ("2026-03-21", "")):
        with pytest.raises(Refused) as excinfo:
            make_draft(unit, manager, call=call, on=day)
        (ground,) = excinfo.value.grounds
        assert (ground.code, [cite.key for cite in ground.cites]) == ("outside-window", ["JL-2024-5§6"])
        assert all(text in ground.why for text in ("2026-03-10", "2026-03-20", day))
        assert way in ground.way_on
    assert make_draft(unit, manager, call=call, on="2026-03-10").call == call


@pytest.mark.requirement("FIL-01")
def test_a_draft_begun_in_the_window_is_not_submitted_after_it_but_corrected_then(tree):
    unit, manager = make_applicant()
    call = make_call(tree["changchun"], closes_on=date(2026, 3, 20))
    application = fill(make_draft(unit, manager, call=call), manager)
    with pytest.raises(Refused) as excinfo:
        hand_in(application, manager, on="2026-03-21")
    assert refused(excinfo) == ("outside-window",)
    hand_in(application, manager, on="2026-03-20 23:59")
    Application.everything.filter(pk=application.pk).update(state="returned")
    application.refresh_from_db()
    assert hand_in(application, manager, on="2026-04-15").state == "submitted"


@pytest.mark.requirement("FIL-01")
def test_a_first_filing_answers_a_call_that_is_for_it(tree):
    unit, manager = make_applicant()
    told = {"actor": manager, "at": at("2026-03-02"), "applicant": unit, "kind": "first"}
    with pytest.raises(Refused) as none:
        actions.begin(**told)
    for_employers = make_call(tree["changchun"], body_kinds=("employer",))
    with pytest.raises(Refused) as other_kind:
        actions.begin(**told, call=for_employers)
    elsewhere = make_call(tree["jilin_city"])
    with pytest.raises(Refused) as other_city:
        actions.begin(**told, call=elsewhere)
    assert [refused(each) for each in (none, other_kind, other_city)] == [
        ("no-call",),
        ("call-kind",),
        ("call-not-yours",),
    ]
    assert actions.begin(**told, call=make_call(tree["province"])).authority == tree["changchun"]


@pytest.mark.requirement("FIL-01")
def test_an_occupation_that_the_call_does_not_name_is_refused(tree):
    unit, manager = make_applicant()
    call = make_call(tree["changchun"], occupation_codes=("6-18-02-04",))
    with pytest.raises(Refused) as excinfo:
        fill(make_draft(unit, manager, call=call), manager)
    assert refused(excinfo) == ("outside-call",)


# Registration and routing


@pytest.mark.requirement("GOV-03")
@pytest.mark.parametrize(
    ("affiliation", "place_code", "authority"),
    [
        ("central", "2201", "province"),
        ("provincial", "220102", "province"),
        ("municipal", "2201", "changchun"),
        ("municipal", "220102", "changchun"),
        ("municipal", "2202", "jilin_city"),
    ],
)
def test_a_unit_registers_below_the_authority_of_its_affiliation_and_place(tree, affiliation, place_code, authority):
    unit, manager = make_applicant(affiliation=affiliation, place_code=place_code)
    assert unit.organisation.parent == tree[authority]
    assert unit.organisation.path == f"{tree[authority].path}{unit.organisation_id}/"
    assert manager.roles == {"body_manager"}
    route = authority_for(affiliation, place_code, unit.regime, on=DAY)
    assert (route.organisation, [cite.key for cite in route.cites]) == (tree[authority], ["JL-2025-1§4"])


@pytest.mark.requirement("GOV-03")
def test_the_pilot_and_xinzhou_route_by_their_own_articles(tree):
    places = make_xinzhou()
    pilot = authority_for("municipal", "2201", "22-2019", on=DAY)
    assert (pilot.organisation, [cite.key for cite in pilot.cites]) == (tree["changchun"], ["JL-2019-133§6(1)"])
    there = authority_for("provincial", "1409", "1409", on=DAY)
    assert (there.organisation, [cite.key for cite in there.cites]) == (places["xinzhou"], ["XZ-2024-2§11"])


def test_no_authority_here_is_a_refusal(tree):
    with pytest.raises(Refused) as excinfo:
        authority_for("municipal", "2203", "2203", on=DAY)
    assert refused(excinfo) == ("no-authority",)


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("", ("credit-code-empty",)),
        ("220000000000001", ("credit-code-registration15",)),
        ("91220100MA0000000", ("credit-code-length",)),
        ("91220100MA00000OI1", ("credit-code-character",)),
        ("91350100M000100Y4A", ("credit-code-check",)),
    ],
)
def test_a_wrong_credit_code_is_refused_with_each_reason(tree, code, codes):
    with pytest.raises(Refused) as excinfo:
        make_applicant(credit_code=code)
    assert refused(excinfo) == codes
    assert not Applicant.everything.exists()


def test_who_is_known_already_is_told_so_and_nothing_else(tree):
    unit, _manager = make_applicant(legal_representative="丁卯春")
    with pytest.raises(Refused) as twice:
        make_applicant(credit_code=unit.credit_code.lower())
    body = make_body(tree["changchun"])
    with pytest.raises(Refused) as filed:
        make_applicant(credit_code=body.credit_code)
    assert (refused(twice), refused(filed)) == (("known-already",), ("known-already",))
    words = str(twice.value) + str(filed.value) + "".join(ground.way_on for ground in twice.value.grounds)
    assert [each for each in (unit.name, body.name, "丁卯春", unit.credit_code) if each in words] == []


def test_a_taken_username_registers_nobody(tree):
    told = {"actor": PUBLIC, "at": at("2026-03-02"), "username": "manager"}
    actions.register_applicant(**told, facts=facts_of())
    with pytest.raises(Refused) as excinfo:
        actions.register_applicant(**told, facts=facts_of())
    assert (refused(excinfo), Applicant.everything.count()) == (("username-taken",), 1)


def test_the_pilot_takes_employers_only(tree):
    with pytest.raises(Refused) as excinfo:
        make_applicant(regime="22-2019", kind="social")
    assert refused(excinfo) == ("kind-not-taken",)
    unit, _manager = make_applicant(regime="22-2019", kind="employer")
    assert (unit.regime, call_for(unit).regime) == ("22-2019", "22-2019")


def test_a_body_brought_in_becomes_an_applicant_once(tree):
    body = make_body(tree["changchun"])
    manager = make_actor(body.organisation, "body_manager")
    told = {"actor": manager, "at": at("2026-03-02"), "body": body}
    unit = actions.applicant_of_body(**told)
    assert (unit.organisation, unit.credit_code, unit.kind) == (body.organisation, body.credit_code, "social")
    assert actions.applicant_of_body(**told) == unit
    assert AuditEntry.objects.filter(action="applicant.register").count() == 1


# What is asked


@pytest.mark.requirement("FIL-02")
def test_every_condition_cites_its_item_and_says_what_lacks(tree):
    application, _manager = make_application(state="draft")
    items = [item for item in checks.items(application, DAY) if item.section == "conditions"]
    cited = {item.key: [cite.key for cite in item.cites] for item in items}
    assert (len(items), cited["legal_person"], cited["item_bank"], cited["contingency_plan"]) == (
        17,
        ["JL-2025-1§6(1)"],
        ["JL-2025-1§6(4)"],
        ["JL-2025-1§6(5)"],
    )
    lacking = {item.key: [ground.code for ground in item.gaps] for item in items}
    assert lacking["staff"] == ["no-count", "no-evidence"]
    assert lacking["non_profit"] == ["no-answer"]
    assert all(ground.cites and ground.way_on for item in items for ground in item.gaps)


@pytest.mark.requirement("FIL-02")
def test_employers_also_show_how_pay_follows_and_the_pilot_and_xinzhou_ask_their_own(tree):
    make_xinzhou()
    application, _manager = make_application(state="draft")
    social = {i.key for i in checks.items(application, DAY) if i.section == "conditions"}
    unit, manager = make_applicant(kind="employer")
    employer = {i.key for i in checks.items(make_draft(unit, manager), DAY) if i.section == "conditions"}
    assert employer - social == {"pay_mechanism"}
    pilot_unit, pilot_manager = make_applicant(kind="employer", regime="22-2019")
    pilot = checks.items(make_draft(pilot_unit, pilot_manager), DAY)
    assert {cite.document.key for i in pilot if i.section == "conditions" for cite in i.cites} == {"JL-2019-133"}
    there_unit, there_manager = make_applicant(place_code="1409")
    there = checks.items(make_draft(there_unit, there_manager), DAY)
    assert {cite.document.key for i in there if i.section == "conditions" for cite in i.cites} == {"XZ-2024-2"}
    assert "item_bank" not in {i.key for i in there}


@pytest.mark.requirement("FIL-03")
def test_the_papers_are_the_laws_list_where_it_has_one_else_the_places_setting(tree):
    unit, manager = make_applicant(kind="employer", regime="22-2019")
    pilot = [i for i in checks.items(make_draft(unit, manager), DAY) if i.section == "materials"]
    assert [(i.key, i.cites[0].key) for i in pilot[:3]] == [
        ("application_report", "JL-2019-133§5(2)1"),
        ("basic_facts", "JL-2019-133§5(2)2"),
        ("pilot_plan", "JL-2019-133§5(2)3"),
    ]
    assert (len(pilot), pilot[7].key, pilot[7].cites[0].key) == (8, "operating_rules", "JL-2019-133§5(2)8")
    application, _manager = make_application(state="draft")
    jilin = [i for i in checks.items(application, DAY) if i.section == "materials"]
    assert (len(jilin), {i.cites for i in jilin}, "133号" in jilin[0].source) == (8, {()}, True)


@pytest.mark.requirement("FIL-02")
def test_the_register_of_the_workforce_is_evidence_by_itself(tree):
    from gongjiang.workforce.models import StaffMember

    application, _manager = make_application(state="draft")
    member = StaffMember.everything.create(
        home=application.applicant.organisation, name="戊辰夏", identity="x", identity_index="1" * 64
    )
    member.appointments.create(role="internal_supervisor", since=date(2026, 1, 1), basis="plain")
    member.appointments.create(
        role="assessor", since=date(2025, 1, 1), until=date(2026, 3, 2), basis="plain",
        occupation=occupation_by_code("6-31-01-03"), highest_level="4",
    )  # fmt: skip
    items = {item.key: item for item in checks.items(application, DAY)}
    assert (items["supervisors"].met, items["assessors"].met) == (True, False)
    assert items["supervisors"].findings[0].met


# Scope


def scope(application, manager, *cells, on="2026-03-02"):
    told = {"actor": manager, "at": at(on), "application": application}
    actions.set_sites(**told, sites=[SITE])
    return actions.set_scope(**told, cells=[actions.CellSpec(code, level, SITE.name) for code, level in cells])


def test_what_the_classification_lacks_or_another_class_is_refused(tree):
    from gongjiang.standards.models import Occupation

    application, manager = make_application(state="draft")
    Occupation.objects.create(edition=2022, code="2-02-07-01", name="样例工程师", major=2)
    with pytest.raises(Refused) as excinfo:
        scope(application, manager, ("9-99-99-99", "4"), ("2-02-07-01", "4"))
    grounds = {ground.code: [cite.key for cite in ground.cites] for ground in excinfo.value.grounds}
    assert grounds == {"not-classified": ["JL-2025-1§6"], "wrong-class": ["JL-2025-1§6"]}
    assert not application.scope.exists()


def test_an_access_type_occupation_is_refused_with_who_examines_it(tree):
    application, manager = make_application(state="draft")
    AccessQualification.objects.create(
        occupation=occupation_by_code("6-31-01-03"),
        title="样例准入资格",
        issuer="样例发证机关",
        since=date(2026, 1, 1),
        source="样例",
    )
    with pytest.raises(Refused) as excinfo:
        scope(application, manager, ("6-31-01-03", "4"))
    (ground,) = excinfo.value.grounds
    assert (ground.code, "样例发证机关" in ground.way_on) == ("access-type", True)


def test_no_standard_in_force_and_a_level_not_open_are_refused(tree):
    application, manager = make_application(state="draft")
    with pytest.raises(Refused) as level:
        scope(application, manager, ("6-31-01-03", "master"))
    with pytest.raises(Refused) as unknown:
        scope(application, manager, ("6-31-01-03", "9"))
    occupation = occupation_by_code("6-31-01-03")
    occupation.pk, occupation.code, occupation.name = None, "6-31-99-99", "样例新职业"
    occupation.save()
    with pytest.raises(Refused) as standard:
        scope(application, manager, ("6-31-99-99", "4"))
    assert [refused(each) for each in (level, unknown, standard)] == [
        ("level-not-open",),
        ("level-unknown",),
        ("no-standard",),
    ]


@pytest.mark.requirement("FIL-10")
def test_a_sixth_occupation_in_xinzhou_is_refused_with_the_numbers_and_not_in_jilin(tree):
    make_xinzhou()
    codes = ("6-31-01-03", "6-18-02-04", "4-10-01-05", "6-18-01-01", "4-12-01-01", "4-03-02-01")
    cells = [(code, "4") for code in codes]
    there, manager = make_application(state="ready", place_code="1409", cells=cells[:5])
    assert gaps(there, DAY) == []
    scope(there, manager, *cells)
    with pytest.raises(Refused) as excinfo:
        hand_in(there, manager)
    (ground,) = excinfo.value.grounds
    assert ([cite.key for cite in ground.cites], "6" in ground.why, "5" in ground.why) == (["XZ-2024-2§26"], True, True)
    here, manager = make_application(state="ready", cells=cells)
    assert hand_in(here, manager).state == "submitted"


# Submission


@pytest.mark.requirement("FIL-03")
def test_the_declaration_is_signed_over_what_is_frozen(tree):
    application, _manager = make_application()
    snapshot = Snapshot.objects.get()
    assert (application.state, application.applied_on, application.declared_by) == ("submitted", DAY, "甲子春")
    assert (snapshot.round, snapshot.declared_by) == (1, "甲子春")
    assert snapshot.digest == canonical.digest(snapshot.content)
    entry = AuditEntry.objects.get(action="application.submit")
    assert (entry.facts["digest"], entry.cites) == (snapshot.digest, ["JL-2025-1§7"])
    routing = application.routings.get()
    assert (routing.to, routing.cites) == (tree["changchun"], ["JL-2025-1§4"])
    assert [step["key"] for step in application.flow][:2] == ["application", "acceptance"]


@pytest.mark.requirement("FIL-03")
def test_without_a_signature_or_over_something_else_nothing_is_submitted(tree):
    application, manager = make_application(state="ready")
    told = {"actor": manager, "at": at("2026-03-02"), "application": application}
    with pytest.raises(Refused) as unsigned:
        actions.submit(**told, declared_by=" ", key="k1")
    with pytest.raises(Refused) as changed:
        actions.submit(**told, declared_by="甲子春", key="k2", digest="0" * 64)
    assert (refused(unsigned), refused(changed)) == (("not-declared",), ("changed-since",))
    assert [cite.key for cite in unsigned.value.cites] == ["JL-2025-1§7"]
    assert not Snapshot.objects.exists()


def test_sent_twice_it_is_submitted_once(tree):
    application, manager = make_application(state="ready")
    told = {"actor": manager, "at": at("2026-03-02"), "application": application, "declared_by": "甲子春", "key": "k"}
    first, second = actions.submit(**told), actions.submit(**told)
    assert (first.pk, second.state) == (second.pk, "submitted")
    assert (Snapshot.objects.count(), AuditEntry.objects.filter(action="application.submit").count()) == (1, 1)
    with pytest.raises(NotAllowed) as excinfo:
        actions.submit(**{**told, "key": "other"})
    assert refused(excinfo) == ("wrong-state",)


def test_an_incomplete_application_is_refused_with_everything_that_lacks(tree):
    application, manager = make_application(state="draft")
    lacking = checks.missing(application, DAY)
    with pytest.raises(Refused) as excinfo:
        hand_in(application, manager)
    assert excinfo.value.grounds == lacking
    assert len(lacking) > 20


def test_an_open_application_of_the_same_kind_is_refused(tree):
    application, manager = make_application(state="draft")
    with pytest.raises(Refused) as excinfo:
        make_draft(application.applicant, manager)
    (ground,) = excinfo.value.grounds
    assert (ground.code, application.number in ground.why) == ("open-already", True)
    assert str(application.pk) in ground.url
    actions.withdraw(actor=manager, at=at("2026-03-02"), application=application, reason="样例：改期申报")
    assert make_draft(application.applicant, manager).number == "SQ-2026-0002"


def test_a_first_filing_that_overlaps_a_term_is_refused(tree):
    body = make_body(tree["changchun"])
    manager = make_actor(body.organisation, "body_manager")
    unit = actions.applicant_of_body(actor=manager, at=at("2026-03-02"), body=body)
    with pytest.raises(Refused) as excinfo:
        make_draft(unit, manager, call=make_call(tree["changchun"]))
    (ground,) = excinfo.value.grounds
    assert (ground.code, [cite.key for cite in ground.cites]) == ("term-overlap", ["JL-2025-1§7(5)"])
    assert "2025-10-01" in ground.why
    assert "2028-10-01" in ground.why


def test_only_the_own_manager_writes(tree):
    application, _manager = make_application(state="draft")
    _other, stranger = make_applicant()
    clerk = make_actor(application.applicant.organisation, "exam_clerk")
    for actor in (stranger, clerk, make_actor(tree["changchun"], "city_officer")):
        with pytest.raises(NotAllowed):
            actions.set_summary(actor=actor, at=at("2026-03-02"), application=application, summary="x")
        with pytest.raises(NotAllowed):
            actions.withdraw(actor=actor, at=at("2026-03-02"), application=application, reason="样例理由")


def test_a_draft_is_seen_by_its_applicant_only_and_a_strangers_never(tree):
    application, manager = make_application(state="ready")
    officer, elsewhere = make_actor(tree["changchun"], "city_officer"), make_actor(tree["jilin_city"], "city_officer")
    _other, stranger = make_applicant()
    for actor in (officer, elsewhere, stranger):
        with pytest.raises(Application.DoesNotExist):
            queries.application_for(actor, application.pk)
    assert queries.application_for(manager, application.pk) == application
    hand_in(application, manager)
    assert queries.application_for(officer, application.pk) == application
    assert list(queries.applications_for(elsewhere)) == list(queries.applications_for(stranger)) == []


def test_what_was_handed_in_is_not_written_any_more(tree):
    application, manager = make_application()
    told = {"actor": manager, "at": at("2026-03-03"), "application": application}
    with pytest.raises(Refused) as excinfo:
        actions.set_sites(**told, sites=[SITE])
    assert refused(excinfo) == ("wrong-state",)
    with pytest.raises(Refused) as no_reason:
        actions.withdraw(**told, reason=" ")
    assert refused(no_reason) == ("reason-missing",)
    assert actions.withdraw(**told, reason="样例：暂缓").state == "withdrawn"
