"""The draw of a panel: who can't be drawn, what is published, and that nothing is drawn twice or behind the back."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from tests.evaluation_factories import (
    APPLICANT,
    CARER,
    ELECTRICIAN,
    expert_actor,
    make_criteria,
    make_evaluation,
    make_expert,
    make_experts,
    make_officer,
)
from tests.factories import at, make_actor, make_body, make_catalogue, make_tree

from gongjiang.evaluation import exports, verify_draw
from gongjiang.evaluation.actions import DrawSpec, draw, name_lead, open_evaluation, redraw, replace, stop
from gongjiang.evaluation.letters import in_order
from gongjiang.evaluation.models import Draw, Evaluation, Expert, Panelist, Tie
from gongjiang.evaluation.queries import active_panel, standing_draw
from gongjiang.kernel.models import AuditEntry, Message
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.solvers.draw import commitment
from gongjiang.standards.queries import occupation_by_code

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-05")]
CODE = APPLICANT["credit_code"]


@pytest.fixture
def province(db):
    return make_tree()["province"]


@pytest.fixture
def officer(province):
    return make_officer(province)


def take(evaluation, officer, **spec):
    return draw(actor=officer, at=at("2026-05-12 09:00"), evaluation=evaluation, spec=DrawSpec(**spec))


def reasons(drawn) -> dict[str, list[str]]:
    return {each["id"]: each["kinds"] for each in drawn.exclusions}


def test_opening_commits_to_a_seed_that_nobody_sees_before_the_draw(province, officer):
    evaluation = make_evaluation(province, state="open", officer=officer)
    standing = standing_draw(evaluation)
    shown = json.dumps(exports.draw_json(standing))
    opened = AuditEntry.objects.get(action="evaluation.open")
    assert evaluation.number == "PG-22-2026-0001"
    assert (standing.seed, standing.public_part, standing.pool, standing.drawn_at) == ("", "", [], None)
    assert opened.facts["commitment"] == standing.commitment
    make_experts(province, 5)
    drawn = take(evaluation, officer)
    assert commitment(drawn.seed) == standing.commitment
    assert drawn.seed not in shown
    assert drawn.seed not in standing.sealed_seed
    assert [*AuditEntry.objects.filter(action__startswith="evaluation.").values_list("action", flat=True)] == [
        "evaluation.open",
        "evaluation.draw",
    ]


def test_the_public_part_holds_the_submission_the_head_of_the_trail_and_the_word_from_outside(province, officer):
    evaluation = make_evaluation(province, state="open", officer=officer)
    make_experts(province, 5)
    head = AuditEntry.objects.latest("seq")
    drawn = take(evaluation, officer, outside=" 07 ")
    assert drawn.public_part == f"{'ab' * 32}|{head.seq}:{head.hash}|07"


def test_everybody_in_the_pool_is_drawn_is_a_reserve_or_is_excluded_for_a_reason(province, officer):
    evaluation = make_evaluation(province, state="open", officer=officer)
    fit = make_experts(province, 6)
    over = make_expert(province, until=date(2026, 5, 12))
    later = make_expert(province, since=date(2026, 6, 1))
    unsigned = make_expert(province, nda_since=None, nda_until=None)
    other_field = make_expert(province, fields=(CARER,))
    employee = make_expert(province, employer_code=CODE)
    kin = make_expert(province)
    declared(kin, "kin")
    was_there = make_expert(province)
    declared(was_there, "staff", until=date(2025, 1, 1))
    was_interested = make_expert(province)
    declared(was_interested, "interest", until=date(2025, 1, 1))
    drawn = take(evaluation, officer)
    assert reasons(drawn) == {
        over.public_id: ["term"],
        later.public_id: ["term"],
        unsigned.public_id: ["agreement"],
        other_field.public_id: ["no_field"],
        employee.public_id: ["staff"],
        kin.public_id: ["kin"],
        was_there.public_id: ["ex_staff"],
    }
    may = {each.public_id for each in [*fit, was_interested]}
    assert {*drawn.result, *drawn.reserves} == may
    assert [each.expert.public_id for each in in_order(active_panel(evaluation))] == drawn.result
    assert [each.letter for each in in_order(active_panel(evaluation))] == list("甲乙丙丁戊")
    assert evaluation.state == "drawn"


def declared(expert, kind, code=CODE, **changes):
    Tie.objects.create(
        expert=expert, kind=kind, credit_code=code, organisation_name="样例", declared_at=at("2026-01-01"), **changes
    )


def test_a_tie_to_somebody_else_excludes_nobody(province, officer):
    evaluation = make_evaluation(province, state="open", officer=officer)
    for each in make_experts(province, 5):
        declared(each, "kin", code="12100000400000624D")
    assert reasons(take(evaluation, officer)) == {}


def test_who_stands_on_the_applicants_staff_list_now_or_before_is_found(province, officer):
    from gongjiang.kernel.fields import blind_index
    from gongjiang.workforce.models import Appointment, PersonalRelation, StaffMember

    evaluation = make_evaluation(province, state="open", officer=officer)
    make_experts(province, 5)
    body = make_body(province, credit_code=CODE)
    now, before, cousin = make_experts(province, 3)
    for expert, until in ((now, None), (before, date(2025, 3, 1))):
        member = StaffMember.everything.create(
            home=body.organisation, body=body, name=expert.name, identity=expert.identity,
            identity_index=expert.identity_index,
        )  # fmt: skip
        Appointment.objects.create(member=member, role="staff", since=date(2024, 1, 1), until=until, basis="plain")
    PersonalRelation.objects.create(
        person_key=now.identity_index, kind="kin", other_key=cousin.identity_index, other_shown="丁*",
        origin="declared", declared_at=at("2026-01-01"),
    )  # fmt: skip
    drawn = take(evaluation, officer)
    assert now.identity_index == blind_index(now.identity)
    assert reasons(drawn) == {
        now.public_id: ["staff"],
        before.public_id: ["ex_staff"],
        cousin.public_id: ["kin"],
    }


def test_who_sits_on_another_panel_that_day_is_busy_there_and_free_the_day_after(province, officer):
    first = make_evaluation(province, officer=officer, experts=5)
    busy = {each.expert.public_id for each in active_panel(first)}
    make_experts(province, 5)
    second = make_evaluation(province, state="open", officer=officer, subject_id="2")
    third = make_evaluation(province, state="open", officer=officer, subject_id="3")
    drawn = take(second, officer, visit_on=date(2026, 5, 20))
    assert reasons(drawn) == {each: ["busy"] for each in busy}
    assert not busy & reasons(take(third, officer, visit_on=date(2026, 5, 21))).keys()


def test_a_pool_too_small_is_refused_with_what_lacks_and_the_way_on(province, officer):
    evaluation = make_evaluation(province, state="open", officer=officer, occupations=(ELECTRICIAN, CARER))
    make_experts(province, 3)
    declared(make_expert(province, fields=(CARER,)), "kin")
    with translation.override("en"), pytest.raises(Refused) as lack:
        take(evaluation, officer)
    assert lack.value.codes == ("occupation-uncovered", "pool-too-small")
    assert "1 in the pool can" in lack.value.grounds[0].why
    assert "neighbouring" in lack.value.grounds[0].way_on
    evaluation.refresh_from_db()
    standing = standing_draw(evaluation)
    assert (evaluation.state, standing.seed, standing.pool) == ("open", "", [])
    assert Panelist.objects.count() == 0


def test_a_neighbours_pool_can_be_asked_in(officer, province):
    from gongjiang.accounts.models import Organisation

    changchun = Organisation.objects.get(place_code="2201")
    make_criteria("2201")
    evaluation = make_evaluation(changchun, state="open", regime="2201")
    make_experts(changchun, 3)
    make_experts(province, 4)
    city = make_officer(changchun)
    with pytest.raises(Refused) as alone:
        take(evaluation, city)
    assert alone.value.codes == ("pool-too-small",)
    drawn = take(evaluation, city, others=[province])
    assert sorted({each["of"] for each in drawn.pool}) == ["样例省人社厅", "样例长春市人社局"]
    assert len(drawn.result) + len(drawn.reserves) == 7


def test_the_size_is_the_places_setting_on_the_day_of_opening(province, officer):
    from gongjiang.kernel.settings_of_place import set_setting

    setter = make_actor(province, "provincial_officer")
    set_setting(
        name="evaluation.panel_size", place="22", value="7", since=date(2026, 5, 1), source="样例通知 7 号",
        actor=setter, at=at("2026-04-30"),
    )  # fmt: skip
    evaluation = make_evaluation(province, officer=officer)
    assert active_panel(evaluation).count() == 7


def test_nothing_is_drawn_twice(province, officer):
    evaluation = make_evaluation(province, officer=officer)
    before = exports.draw_json(standing_draw(evaluation))
    with pytest.raises(NotAllowed) as twice:
        take(evaluation, officer)
    assert twice.value.codes == ("wrong-state",)
    assert exports.draw_json(standing_draw(evaluation)) == before
    assert Panelist.objects.count() == 5


def test_a_draw_is_frozen_in_the_database_too(province, officer):
    taken = make_evaluation(province, officer=officer)
    waiting = make_evaluation(province, state="open", officer=officer, subject_id="2")
    redraw(actor=officer, at=at("2026-05-13 09:00"), evaluation=taken, reason="增加了职业")
    old = Draw.objects.get(evaluation=taken, drawn_at__isnull=False)
    for draws, change in (
        (old, {"result": old.reserves[:5]}),
        (old, {"pool": old.pool[1:]}),
        (old, {"seed": "00" * 32}),
        (old, {"drawn_at": None}),
        (old, {"set_aside_why": "别的原因"}),
        (standing_draw(waiting), {"commitment": "00" * 32}),
        (standing_draw(waiting), {"size": 3}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Draw.objects.filter(pk=draws.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.create(evaluation=waiting, committed_at=at("2026-05-13"), algorithm="x", size=5)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_draw_one_panel(province, officer):

    make_catalogue()
    make_evaluation(province, state="open", officer=officer)
    make_experts(province, 8)
    barrier, outcomes = Barrier(2), []

    def run(minute):
        try:
            barrier.wait()
            draw(actor=officer, at=at(f"2026-05-12 09:0{minute}"), evaluation=Evaluation.everything.get())
            outcomes.append("drawn")
        except NotAllowed as refused:
            outcomes.append(refused.codes)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(minute,)) for minute in (1, 2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes, key=str) == [("wrong-state",), "drawn"]
    assert (Draw.objects.count(), Panelist.objects.count()) == (1, 5)


def test_an_officer_of_another_city_or_an_expert_draws_nothing(province, officer):
    from gongjiang.accounts.models import Organisation

    evaluation = make_evaluation(province, state="open", officer=officer)
    stranger = make_officer(Organisation.objects.get(place_code="2202"))
    expert = make_actor(province, "expert")
    for actor in (stranger, expert):
        with pytest.raises(NotAllowed) as refused:
            take(evaluation, actor)
        assert refused.value.codes == ("wrong-role",)


def test_a_redraw_asks_for_a_reason_keeps_the_old_draw_and_commits_anew(province, officer):
    evaluation = make_evaluation(province, officer=officer)
    old = standing_draw(evaluation)
    with pytest.raises(Refused) as silent:
        redraw(actor=officer, at=at("2026-05-13 09:00"), evaluation=evaluation, reason=" ")
    assert silent.value.codes == ("reason",)
    fresh = redraw(actor=officer, at=at("2026-05-13 09:00"), evaluation=evaluation, reason="申请增加了职业")
    assert (evaluation.state, active_panel(evaluation).count()) == ("open", 0)
    assert fresh.commitment != old.commitment
    draw(actor=officer, at=at("2026-05-13 10:00"), evaluation=evaluation)
    first, second = Draw.objects.filter(evaluation=evaluation)
    assert (first.set_aside_why, second.set_aside_why) == ("申请增加了职业", "")
    assert verify_draw.verify(exports.draw_json(first)) == verify_draw.verify(exports.draw_json(second)) == []


def test_there_is_no_redraw_once_the_experts_began(province, officer):
    evaluation = make_evaluation(province, state="visit", officer=officer)
    with pytest.raises(NotAllowed) as late:
        redraw(actor=officer, at=at("2026-05-13 09:00"), evaluation=evaluation, reason="不满意结果")
    assert late.value.codes == ("wrong-state",)


def test_who_declares_a_tie_is_followed_by_the_next_reserve(province, officer):
    evaluation = make_evaluation(province, officer=officer)
    leaver = active_panel(evaluation).get(letter="甲")
    standing = standing_draw(evaluation)
    reserves = list(standing.reserves)
    Expert.everything.filter(public_id=reserves[0]).update(until=date(2026, 5, 13))
    comer = replace(
        actor=expert_actor(leaver), at=at("2026-05-13 09:00"), panelist=leaver, kind="kin", reason="校长是表兄"
    )
    standing.refresh_from_db()
    assert (comer.expert.public_id, comer.letter, comer.is_lead) == (reserves[1], "甲", True)
    assert standing.replacements == [
        {
            "out": leaver.expert.public_id,
            "in": reserves[1],
            "kind": "kin",
            "passed_over": [{"id": reserves[0], "kinds": ["term"]}],
        }
    ]
    assert [*leaver.expert.ties.values_list("kind", "credit_code")] == [("kin", CODE)]
    assert verify_draw.verify(exports.draw_json(standing)) == []
    assert Message.objects.filter(user_id=comer.expert.user_id).count() == 1


def test_a_replacement_is_refused_where_it_can_not_be(province, officer):
    evaluation = make_evaluation(province, officer=officer, experts=5)
    leaver, other = active_panel(evaluation)[:2]
    told = {"at": at("2026-05-13 09:00"), "panelist": leaver}
    with pytest.raises(Refused) as none_left:
        replace(actor=officer, kind="unable", reason="出差在外", **told)
    assert none_left.value.codes == ("no-reserve",)
    with pytest.raises(Refused) as no_reason:
        replace(actor=officer, kind="mood", reason="", **told)
    assert no_reason.value.codes == ("kind", "reason")
    with pytest.raises(NotAllowed):
        replace(actor=expert_actor(other), kind="unable", reason="替别人说话", **told)
    Evaluation.everything.filter(pk=evaluation.pk).update(state="opened")
    with pytest.raises(Refused) as late:
        replace(actor=officer, kind="unable", reason="出差在外", **told)
    assert late.value.codes == ("wrong-state",)


def test_somebody_else_can_be_named_to_lead(province, officer):
    evaluation = make_evaluation(province, officer=officer)
    second = active_panel(evaluation).get(letter="乙")
    name_lead(actor=officer, at=at("2026-05-13 09:00"), panelist=second)
    assert [each.letter for each in active_panel(evaluation) if each.is_lead] == ["乙"]


def test_an_evaluation_needs_criteria_occupations_and_no_other_one_of_the_same_subject(province, officer):
    told = {**APPLICANT, "purpose": "first", "stages": ["technical"], "subject_kind": "filing.application"}
    told |= {"actor": officer, "at": at("2026-05-11"), "organisation": province, "subject_id": "5"}
    with pytest.raises(Refused) as bare:
        open_evaluation(occupations=[], **told)
    assert bare.value.codes == ("nothing-to-evaluate", "no-criteria")
    make_criteria("22")
    occupations = [occupation_by_code(ELECTRICIAN)]
    first = open_evaluation(occupations=occupations, **told)
    with pytest.raises(Refused) as again:
        open_evaluation(occupations=occupations, **told)
    assert again.value.codes == ("evaluation-open",)
    stop(actor=officer, at=at("2026-05-12"), evaluation=first, reason="申请撤回")
    assert open_evaluation(occupations=occupations, **told).number == "PG-22-2026-0002"


TAMPERED = {
    "seed": ("00" * 32, "the seed isn't the one that was committed"),
    "commitment": ("00" * 32, "the seed isn't the one that was committed"),
    "public_part": ("-|0:0|7", "the panel: place"),
    "size": (4, "the size of the panel is even: 4"),
    "algorithm": ("gongjiang-draw-0", "the algorithm is gongjiang-draw-0"),
    "drawn_at": ("2026-05-01T00:00:00", "the commitment isn't older than the draw"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_the_script_names_a_tampered_field(province, officer, name):
    shown = exports.draw_json(standing_draw(make_evaluation(province, officer=officer)))
    changed, told = TAMPERED[name]
    assert verify_draw.verify(shown) == []
    assert any(problem.startswith(told) for problem in verify_draw.verify({**shown, name: changed}))


def test_the_script_finds_a_person_slipped_in_left_out_or_moved(province, officer):
    evaluation = make_evaluation(province, state="open", officer=officer)
    make_experts(province, 8)
    declared(make_expert(province), "kin")
    shown = exports.draw_json(take(evaluation, officer))
    result, reserves, kin = shown["result"], shown["reserves"], shown["exclusions"][0]["id"]
    assert verify_draw.verify({**shown, "result": [kin, *result[1:]]})[0] == f"{kin} was excluded and yet drawn"
    assert verify_draw.verify({**shown, "result": [result[1], result[0], *result[2:]]}) == [
        f"the panel: place 1 is stated as {result[1]}, the lot gives {result[0]}"
    ]
    assert verify_draw.verify({**shown, "pool": shown["pool"][1:]}) != []
    out = [*shown["exclusions"], {"id": result[0], "kinds": ["staff"]}]
    assert f"{result[0]} was excluded and yet drawn" in verify_draw.verify({**shown, "exclusions": out})
    mute = [{"id": kin, "kinds": []}]
    assert verify_draw.verify({**shown, "exclusions": mute}) == [f"{kin} was excluded without a reason"]
    jumped = [{"out": result[0], "in": reserves[1], "kind": "unable", "passed_over": []}]
    assert verify_draw.verify({**shown, "replacements": jumped}) == [
        f"replacement 1: {reserves[1]} came in, the next reserve was {reserves[0]}"
    ]


def test_the_script_stands_alone(province, officer, tmp_path):
    shown = exports.draw_json(standing_draw(make_evaluation(province, officer=officer)))
    script = Path(verify_draw.__file__)
    good, bad, no_file = tmp_path / "draw.json", tmp_path / "bad.json", tmp_path / "none.json"
    good.write_text(json.dumps(shown))
    bad.write_text(json.dumps({**shown, "seed": "x"}))

    def run(*arguments):
        command = [sys.executable, "-I", str(script), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert (run(good).returncode, run(good).stdout) == (0, "Draw PG-22-2026-0001: all of it fits.\n")
    assert json.loads(run(bad, "--json").stdout)["fits"] is False
    assert (run(bad).returncode, run(no_file).returncode, run().returncode) == (1, 2, 2)
