"""Marks by ability, work performance and ethics where the place's law tells them apart, and the formula of a result."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import (
    at,
    enter_and_confirm,
    make_actor,
    make_body,
    make_marking_batch,
    make_scored_batch,
    make_user,
)

from gongjiang.kernel import clock
from gongjiang.planning.models import LinePart
from gongjiang.results import actions, contents, queries, shown
from gongjiang.results.entry import ScoreRow
from gongjiang.results.marks import judge
from gongjiang.results.models import Score

OWN = {"code": "Y000022999032", "credit_code": "91440300708461136T", "name": "角尺样例厂"}
D = Decimal


@pytest.fixture
def pilot(tree):
    return make_body(tree["changchun"], kind="employer", regime="22-2019", **OWN)


def enter(batch, value, groups, *, part="practical", key="k"):
    (one,) = queries.examinees(batch)
    row = ScoreRow(one, None if value is None else D(value), groups=groups and tuple(D(each) for each in groups))
    scorer = make_actor(batch.body.organisation, "scorer")
    return actions.enter_scores(actor=scorer, at=at("2026-06-05"), batch=batch, part=part, scores=[row], key=key)


@pytest.mark.django_db
@pytest.mark.requirement("CAT-05")
def test_the_three_groups_sum_to_the_score(pilot):
    batch = make_marking_batch(pilot, candidates=1)
    enter(batch, "85.5", ("55.5", "20", "10"))

    score = Score.objects.get()
    assert (score.value, score.groups) == (D("85.50"), (D("55.50"), D("20.00"), D("10.00")))
    enter(batch, "78", None, part="theory", key="k2")
    assert Score.objects.get(part="theory").groups is None


@pytest.mark.django_db
@pytest.mark.requirement("CAT-05")
@pytest.mark.parametrize(
    ("value", "groups", "part", "code"),
    [
        pytest.param("85", None, "practical", "groups-missing", id="missing"),
        pytest.param("85", ("55", "20", "9.99"), "practical", "groups-do-not-sum", id="other sum"),
        pytest.param("85", ("90", "-10", "5"), "practical", "group-mark", id="negative"),
        pytest.param("85", ("84.999", "0.001", "0"), "practical", "group-mark", id="decimals"),
        pytest.param("85", ("85", "0", "0"), "theory", "groups-not-asked", id="theory"),
    ],
)
def test_wrong_groups_are_told_with_the_article(pilot, value, groups, part, code):
    batch = make_marking_batch(pilot, candidates=1)

    with pytest.raises(actions.ScoresRefused) as refused:
        enter(batch, value, groups, part=part)

    (problem,) = refused.value.problems
    assert problem.code == code
    assert Score.objects.count() == 0
    if code == "groups-missing":
        assert "吉人社函字〔2019〕133号" in problem.why


@pytest.mark.django_db
@pytest.mark.requirement("CAT-05")
def test_where_the_law_is_silent_there_are_no_groups(body):
    batch = make_marking_batch(body, candidates=1)
    assert contents.content_rule(batch) is None

    with pytest.raises(actions.ScoresRefused) as refused:
        enter(batch, "85", ("85", "0", "0"))
    assert [problem.code for problem in refused.value.problems] == ["groups-not-asked"]
    enter(batch, "85", None)


@pytest.mark.django_db
@pytest.mark.requirement("CAT-05")
def test_the_sheet_of_the_pilot_has_a_column_a_group(pilot, sheet_of):
    import io

    from gongjiang.kernel.sheets.write import write_table

    batch = make_marking_batch(pilot, candidates=2)
    one, two = queries.examinees(batch).order_by("pk")

    def sheet(*rows):
        out = io.BytesIO()
        heads = ("证件号码", "姓名", "科目", "成绩", "职业能力得分", "工作业绩得分", "职业道德和工匠精神得分")
        write_table(out, heads, rows)
        return out.getvalue()

    def row(who, score, *groups):
        return (who.candidate.identity, who.name, "操作", score, *groups)

    scorer = make_actor(pilot.organisation, "scorer")

    def take(content, key):
        return actions.import_scores(actor=scorer, at=at("2026-06-05"), batch=batch, content=content, key=key)

    with pytest.raises(actions.ScoresRefused) as refused:
        take(sheet(row(one, "85", "55", "20", "?"), row(two, "85", "", "", "")), "a")
    assert sorted(problem.code for problem in refused.value.problems) == ["groups-missing", "not-a-number"]
    take(sheet(row(one, "85", "55", "20", "10"), row(two, "70", "50", "10", "10")), "b")
    assert [score.groups for score in Score.objects.order_by("enrolment")] == [
        (D(55), D(20), D(10)),
        (D(50), D(10), D(10)),
    ]


@pytest.mark.django_db
@pytest.mark.requirement("CAT-05")
def test_the_groups_are_typed_and_sum_up_by_themselves(pilot, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-06-05 10:00"))
    batch = make_marking_batch(pilot, candidates=1)
    (one,) = queries.examinees(batch)
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(make_user(pilot.organisation, "scorer"))
    url = f"/batches/{batch.pk}/scores/practical/"

    text = client.get(url).content.decode()
    assert f'name="ethics-{one.pk}"' in text
    assert f'name="ethics-{one.pk}"' not in client.get(f"/batches/{batch.pk}/scores/theory/").content.decode()
    sent = {f"ability-{one.pk}": "50", f"work_performance-{one.pk}": "20", f"ethics-{one.pk}": "x", "key": "k"}
    assert client.post(url, sent).status_code == 409
    assert client.post(url, {**sent, f"ethics-{one.pk}": "9,5".replace(",", "，")}).status_code == 302
    score = Score.objects.get()
    assert (score.value, score.groups) == (D("79.50"), (D(50), D(20), D("9.50")))
    assert 'value="9.5"' in client.get(url).content.decode()


@pytest.mark.django_db
@pytest.mark.requirement("CAT-05")
def test_the_result_tells_the_groups_and_the_methods(pilot):
    batch = make_scored_batch(pilot, theory=(90,), practical=(88,))
    (result,) = queries.results_in(batch)

    theory, practical = shown.part_lines(result.parts)
    assert (theory["groups"], theory["method"]) == ([], "理论知识考试")
    assert practical["groups"] == [("职业能力", "88"), ("工作业绩", "0"), ("职业道德和工匠精神", "0")]


@pytest.mark.databases
@pytest.mark.django_db
@pytest.mark.requirement("CAT-05")
def test_the_database_takes_no_other_sum(pilot):
    batch = make_marking_batch(pilot, candidates=1)
    enter(batch, "60.3", ("0.1", "0.2", "60"))
    rows = Score.objects.all()

    for change in ({"ethics": D("60.01")}, {"ability": None}, {"value": D("60.29")}, {"ability": -1, "ethics": 61}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


@pytest.mark.django_db
def test_a_score_of_before_keeps_its_hash(body):
    batch = make_marking_batch(body, candidates=1)
    enter_and_confirm(batch, "theory", (60,))
    score = Score.objects.get()
    before = score.state_hash()
    Score.audited_where_set, kept = (), Score.audited_where_set
    try:
        assert score.state_hash() == before
    finally:
        Score.audited_where_set = kept


marks = st.decimals(0, 100, places=2)


@pytest.mark.requirement("CAT-04")
@given(
    st.lists(
        st.tuples(marks, st.decimals(1, 100, places=2), st.sampled_from(["there", "absent", "void"])),
        min_size=1,
        max_size=3,
    ),
    st.booleans(),
)
def test_a_result_is_its_formula_for_any_marks(parts, vetoed):
    from gongjiang.planning.models import BatchLine
    from gongjiang.standards.models import NationalStandard, PartKind

    line = BatchLine(standard=NationalStandard(title="电工", edition="2018"))
    kinds = PartKind.values[: len(parts)]
    required, scores = [], {}
    for kind, (value, mark, came) in zip(kinds, parts, strict=True):
        required.append(LinePart(line=line, kind=kind, way="theory_exam", pass_mark=mark, full_mark=D(100)))
        there = came == "there"
        scores[kind] = Score(
            part=kind, value=value if there else None, is_absent=came == "absent", is_void=came == "void"
        )

    outcome, told = judge(required, scores, vetoed=vetoed)

    reached = [came == "there" and value >= mark for value, mark, came in parts]
    missed = [came == "absent" for _value, _mark, came in parts]
    if vetoed or any(not ok and not gone for ok, gone in zip(reached, missed, strict=True)):
        assert outcome == "failed"
    else:
        assert outcome == ("passed" if all(reached) else "incomplete")
    assert [part["passed"] for part in told] == reached
