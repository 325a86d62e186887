"""The expert pool: entering by sheet with every problem of every row, ties, terms, accounts, and who sees whom."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from tests.evaluation_factories import CARER, ELECTRICIAN, make_expert, make_experts, make_officer
from tests.factories import at, invented_identity, make_actor, make_body, make_tree

from gongjiang.accounts.queries import actor_for
from gongjiang.evaluation import queries, rules_ties
from gongjiang.evaluation.actions import (
    TieSpec,
    declare_tie,
    end_expert,
    enter_experts,
    import_experts,
    open_account,
    set_fields,
)
from gongjiang.evaluation.expert_sheet import EXPERT_COLUMNS
from gongjiang.evaluation.models import Expert, Tie
from gongjiang.evaluation.rules_experts import ExpertSpec
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.kernel.sheet_rows import SheetRefused
from gongjiang.standards.queries import occupation_by_code

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("STF-05")]
NOW = at("2026-05-04 10:00")
GOOD = {
    "name": "丁卯春",
    "identity": invented_identity(60_001),
    "employer": "样例规矩研究所",
    "employer_code": "91350100M000100Y43",
    "title": "高级技师",
    "occupations": f"{ELECTRICIAN}、{CARER}",
    "since": "2026-01-01",
    "until": "2029-01-01",
    "nda_since": "2026-01-02",
    "nda_until": "2029-01-02",
    "ethics_on": "2026-02-01",
}


@pytest.fixture
def tree(db):
    return make_tree()


def sheet(*rows) -> bytes:
    book = Workbook()
    page = book.active
    page.append([column.header_zh for column in EXPERT_COLUMNS])
    for row in rows:
        page.append([row.get(column.key, "") for column in EXPERT_COLUMNS])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def take_in(organisation, *rows):
    return import_experts(actor=make_officer(organisation), at=NOW, organisation=organisation, content=sheet(*rows))


def test_a_sheet_enters_experts_with_their_numbers_encrypted(tree):
    done = take_in(tree["province"], GOOD)
    expert = Expert.everything.get()
    assert (done.added, done.changed) == (1, 0)
    assert (expert.name, expert.employer_code, expert.until) == ("丁卯春", "91350100M000100Y43", date(2029, 1, 1))
    assert sorted(expert.fields.values_list("occupation__code", flat=True)) == sorted([ELECTRICIAN, CARER])
    assert expert.identity_index == blind_index(GOOD["identity"])
    assert (expert.public_id[0], len(expert.public_id), expert.identity[-4:] in expert.public_id) == ("E", 8, False)
    stored = Expert.everything.filter(identity_index=expert.identity_index).extra(select={"raw": "identity"})
    assert GOOD["identity"].encode() not in bytes(stored.values_list("raw", flat=True)[0])
    entry = AuditEntry.objects.get(action="expert.enter")
    assert (entry.facts, entry.subject_id) == ({"new": True}, str(expert.pk))


def test_the_same_sheet_again_changes_nothing_and_a_new_one_brings_up_to_date(tree):
    province = tree["province"]
    take_in(province, GOOD)
    first = Expert.everything.get()
    assert (take_in(province, GOOD).added, take_in(province, GOOD).changed) == (0, 0)
    assert take_in(province, {**GOOD, "until": "2030-01-01", "occupations": CARER}).changed == 1
    again = Expert.everything.get()
    assert (again.pk, again.public_id, again.until) == (first.pk, first.public_id, date(2030, 1, 1))
    assert [*again.fields.values_list("occupation__code", flat=True)] == [CARER]
    assert AuditEntry.objects.filter(action="expert.enter").count() == 2


def test_every_problem_of_every_row_is_named_and_nothing_is_saved(tree):
    wrong_number = GOOD["identity"][:-1] + ("0" if GOOD["identity"][-1] != "0" else "1")
    with pytest.raises(SheetRefused) as refused:
        take_in(
            tree["province"],
            GOOD,
            {**GOOD, "name": ""},
            {**GOOD, "identity": wrong_number, "employer_code": "91350100M000100Y44", "since": "昨天"},
            {**GOOD, "identity": invented_identity(60_003), "employer_code": "91350100M000100Y44"},
            {**GOOD, "identity": invented_identity(60_002), "occupations": "9-99-99-99", "until": "2025-01-01"},
            {**GOOD, "identity": invented_identity(60_004), "nda_until": "", "ethics_on": "2027-01-01"},
        )
    found = sorted((each.row, each.column, each.code) for each in refused.value.problems)
    assert found == [
        (3, "identity", "row-twice"),
        (3, "name", "missing"),
        (4, "since", "day"),
        (5, "employer_code", "employer_code"),
        (6, "occupations", "occupation"),
        (6, "until", "until"),
        (7, "ethics_on", "ethics_on"),
        (7, "nda_until", "nda_until"),
    ]
    assert all(GOOD["identity"] not in f"{each.what}{each.why}{each.mend}" for each in refused.value.problems)
    assert Expert.everything.count() == 0


def test_a_number_in_a_numeric_cell_is_named(tree):
    with pytest.raises(SheetRefused) as refused:
        take_in(tree["province"], {**GOOD, "identity": int(invented_identity(60_000)[:17])})
    assert [(each.row, each.column, each.code) for each in refused.value.problems] == [
        (2, "identity", "numeric-identity")
    ]


def test_a_pool_is_entered_by_its_own_officers_only(tree):
    spec = ExpertSpec("丁卯春", GOOD["identity"], date(2026, 1, 1), (occupation_by_code(CARER),), employer="无")
    told = {"at": NOW, "organisation": tree["changchun"], "specs": [spec]}
    strangers = [make_officer(tree["jilin_city"]), make_actor(tree["changchun"], "city_approver")]
    strangers.append(make_actor(make_body(tree["changchun"]).organisation, "body_manager"))
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            enter_experts(actor=stranger, **told)
    assert enter_experts(actor=make_officer(tree["province"]), **told).added == 1
    with pytest.raises(Refused) as twice:
        enter_experts(actor=make_officer(tree["province"]), **{**told, "specs": [spec, replace(spec, name="甲")]})
    assert twice.value.codes == ("twice",)


def test_who_sees_which_expert(tree):
    mine = make_expert(tree["changchun"], user=True)
    other = make_expert(tree["jilin_city"], user=True)
    provincial = make_expert(tree["province"])
    body = make_body(tree["changchun"])
    day = date(2026, 6, 1)

    def seen(actor):
        return set(queries.experts_for(actor))

    assert seen(make_officer(tree["province"])) == {mine, other, provincial}
    assert seen(make_officer(tree["changchun"])) == {mine}
    assert seen(actor_for(mine.user, on=day)) == {mine}
    assert seen(make_actor(body.organisation, "body_manager")) == set()
    assert seen(make_actor(tree["changchun"], "county_officer")) == set()
    with pytest.raises(Expert.DoesNotExist):
        queries.expert_for(make_officer(tree["changchun"]), other.pk)


def test_an_expert_declares_a_tie_once_and_only_the_own(tree):
    expert, other = make_expert(tree["changchun"], user=True), make_expert(tree["changchun"], user=True)
    own = actor_for(expert.user, on=date(2026, 6, 1))
    tie = TieSpec("kin", "91350100M000100Y43", "样例学校", "校长是舅父")
    for _time in range(2):
        declare_tie(actor=own, at=NOW, expert=expert, tie=tie)
    assert [*Tie.objects.values_list("expert", "kind", "note")] == [(expert.pk, "kin", "校长是舅父")]
    with pytest.raises(NotAllowed):
        declare_tie(actor=own, at=NOW, expert=other, tie=tie)
    with pytest.raises(Refused) as wrong:
        declare_tie(actor=own, at=NOW, expert=expert, tie=TieSpec("love", "1", "", until=date(2027, 1, 1)))
    assert wrong.value.codes == ("kind", "credit_code", "organisation_name", "until")


def test_what_the_registers_tell_stands_on_the_experts_record(tree):
    from gongjiang.workforce.models import StaffMember

    body = make_body(tree["changchun"])
    expert = make_expert(tree["changchun"], employer="样例学院", employer_code="12100000400000624D")
    StaffMember.everything.create(
        home=body.organisation, body=body, name=expert.name, identity=expert.identity,
        identity_index=expert.identity_index,
    )  # fmt: skip
    assert rules_ties.found_in_registers(expert, date(2026, 5, 4)) == [
        ("staff", "12100000400000624D", "样例学院"),
        ("staff", body.credit_code, body.name),
    ]


def test_a_term_ends_within_itself_and_with_a_reason(tree):
    expert, officer = make_expert(tree["changchun"]), make_officer(tree["changchun"])
    told = {"actor": officer, "at": NOW, "expert": expert}
    with pytest.raises(Refused) as wrong:
        end_expert(on=date(2028, 1, 2), reason="", **told)
    assert wrong.value.codes == ("reason", "day")
    end_expert(on=date(2026, 5, 5), reason="调离本省", **told)
    expert.refresh_from_db()
    assert (expert.until, expert.left_why) == (date(2026, 5, 5), "调离本省")
    day = date(2026, 5, 5)
    assert [Expert.everything.filter(queries.ready(each)).count() for each in (date(2026, 5, 4), day)] == [1, 0]


def test_an_expert_gets_one_account_with_the_one_role(tree):
    expert, officer = make_expert(tree["changchun"]), make_officer(tree["changchun"])
    user, password = open_account(actor=officer, at=NOW, expert=expert, username="dingmao")
    actor = actor_for(user, on=date(2026, 6, 1))
    assert (user.check_password(password), actor.roles) == (True, frozenset({"expert"}))
    with pytest.raises(Refused) as again:
        open_account(actor=officer, at=NOW, expert=expert, username="other")
    assert again.value.codes == ("account",)


def test_the_occupations_can_be_set_but_not_emptied(tree):
    expert, officer = make_expert(tree["changchun"]), make_officer(tree["changchun"])
    set_fields(actor=officer, at=NOW, expert=expert, occupations=[occupation_by_code(CARER)])
    assert [*expert.fields.values_list("occupation__code", flat=True)] == [CARER]
    with pytest.raises(Refused) as empty:
        set_fields(actor=officer, at=NOW, expert=expert, occupations=[])
    assert empty.value.codes == ("occupations",)


def test_coverage_counts_who_can_be_drawn_by_occupation(tree):
    city = tree["changchun"]
    made = [*make_experts(city, 2), make_expert(city, nda_since=None, nda_until=None)]
    made.append(make_expert(city, fields=(CARER, ELECTRICIAN)))
    rows = queries.coverage([each.pk for each in made], date(2026, 5, 4))
    assert [row[1:] for row in rows] == [("保育师 4-10-01-03", 1, 1), ("电工 6-31-01-03", 3, 4)]
