"""Deadlines as pages show them, and the tags that draw what they're given."""

from datetime import date
from pathlib import Path

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.parts import (
    Act,
    BadRow,
    Cell,
    CellProblem,
    Column,
    Deadline,
    Row,
    Table,
    cells_of,
    deadline,
    until,
)
from gongjiang.kernel.pictures import Career, Chart, Seat, SeatingPlan, Series, Span
from gongjiang.kernel.templatetags import drawing
from gongjiang.law.calendar import Calendar

CALENDAR = Calendar.default()
TODAY = date(2026, 6, 17)
XSS = "<script>alert(1)</script>"


def draw(source: str, **context: object) -> str:
    request = RequestFactory().get("/list/?page=3&sort=name")
    return Template(source).render(Context({"request": request, **context}))


class TestDeadline:
    @pytest.mark.requirement("MRK-02")
    def test_design_example_across_the_dragon_boat_festival(self) -> None:
        due = deadline(date(2026, 6, 15), 5, TODAY, CALENDAR, ["JL-2024-5§25"])
        assert (due.last_day, due.left, due.overdue_by, due.provisional, due.kind) == (
            date(2026, 6, 23),
            3,
            0,
            False,
            "near",
        )
        assert [each.day.day for each in due.counted if each.counts] == [16, 17, 18, 22, 23]
        assert due.days == 5

    @pytest.mark.parametrize(
        ("last_day", "kind", "left", "overdue"),
        [
            (date(2026, 7, 3), "far", 11, 0),
            (date(2026, 6, 18), "soon", 1, 0),
            (date(2026, 6, 17), "soon", 0, 0),
            (date(2026, 6, 16), "over", 0, 1),
        ],
    )
    def test_kinds(self, last_day: date, kind: str, left: int, overdue: int) -> None:
        due = until(last_day, TODAY, CALENDAR)
        assert (due.kind, due.left, due.overdue_by) == (kind, left, overdue)

    def test_unpublished_year_is_provisional_and_never_overdue(self) -> None:
        due = deadline(date(2026, 12, 24), 8, date(2027, 3, 1), CALENDAR)
        assert (due.provisional, due.kind, due.overdue_by) == (True, "prov", 0)

    def test_saturday_after_the_last_day_is_overdue_though_no_working_day_passed(self) -> None:
        assert until(date(2026, 6, 26), date(2026, 6, 27), CALENDAR).kind == "over"

    def test_settled_is_done_even_if_late(self) -> None:
        assert until(date(2026, 6, 1), TODAY, CALENDAR, done_on=date(2026, 6, 10)).kind == "done"

    @given(st.dates(date(2019, 1, 1), date(2026, 11, 1)), st.integers(1, 30), st.integers(0, 60))
    def test_left_and_overdue_are_never_both(self, start: date, days: int, later: int) -> None:
        due = deadline(start, days, date.fromordinal(start.toordinal() + later), CALENDAR)
        assert due.left == 0 or due.overdue_by == 0
        assert due.days == days

    def test_chip_says_it_in_words(self) -> None:
        with translation.override("en"):
            shown = draw("{% deadline due %}", due=until(TODAY, TODAY, CALENDAR))
            assert "Ends today at 24:00" in shown
            assert draw("{% deadline due %}", due=None).strip() == ""


class TestTags:
    def test_citation_of_a_document_not_at_hand_keeps_its_key(self) -> None:
        assert "XX-1999-1§4" in draw("{% cite key %}", key="XX-1999-1§4")

    def test_labels_by_language(self) -> None:
        source = "{{ 'JL-2025-1§7(5)'|cite_label }} {{ 'JL-2019-133§3(2)3'|cite_label }}"
        with translation.override("en"):
            assert draw(source) == "JL-2025-1 art. 7 (5) JL-2019-133 part 3 (2) 3"
        with translation.override("zh-hans"):
            assert draw(source).split()[:1] == ["吉人社规〔2025〕1号"]
            assert "第三部分" in draw(source)

    def test_query_with_keeps_the_rest(self) -> None:
        query = QueryDict(draw("{% query_with page=None sort='-name' %}").removeprefix("?").replace("&amp;", "&"))
        assert query.dict() == {"sort": "-name"}

    def test_nothing_given_is_trusted(self) -> None:
        table = Table(XSS, (Column(XSS),), (Row((XSS,)), Row((Cell(XSS, sub=XSS),))), empty=XSS, foot=XSS)
        chart = Chart(XSS, (XSS,), (Series(XSS, (1,)),))
        plan = SeatingPlan(XSS, (Seat(1, 1, "01", XSS, XSS),))
        career = Career((Span(XSS, date(2020, 1, 1), date(2021, 1, 1)),))
        shown = draw(
            "{% table table %}{% chart chart %}{% seating plan %}"
            "{% career career %}{% facts pairs %}{% qr 'x' words %}",
            table=table, chart=chart, plan=plan, career=career, pairs=[(XSS, XSS)], words='"><script>',
        )  # fmt: skip
        assert "<script>alert" not in shown
        assert '"><script>' not in shown

    def test_closed_act_has_no_link_and_says_the_way(self) -> None:
        shown = draw("{% acts items %}", items=[Act("Issue", "/issue/", method="post", unless="Wait until 06-24")])
        assert "/issue/" not in shown
        assert "Wait until 06-24" in shown
        assert 'aria-disabled="true"' in shown

    def test_masked_number_without_an_address_offers_nothing(self) -> None:
        assert "<button" not in draw("{% masked '229***********9016' %}")
        assert 'name="purpose" required' in draw("{% masked '229***********9016' '/reveal/1/' %}")

    def test_missing_assets_leave_the_page_standing(self) -> None:
        assert draw("{% vendor_css 'nothing.css' %}{% vendor_js 'nothing.js' %}") == ""

    def test_unknown_address_is_empty(self) -> None:
        assert draw("{% url_or_none 'no-such-page' 1 %}") == ""


class TestDrawing:
    def test_seats_lie_apart_and_looks_differ(self) -> None:
        seats = tuple(
            Seat(row, column, f"{row}{column}", "", "ab"[column % 2]) for row in (1, 2) for column in (1, 2, 3)
        )
        room = drawing.room(SeatingPlan("", seats, conflicts=(("11", "12"), ("11", "99"))))
        assert len({(each["x"], each["y"]) for each in room["seats"]}) == 6
        assert [entry[1:] for entry in room["legend"]] == [("b", 4), ("a", 2)]
        assert room["clashes"] == [(170.0, 122.0)]

    def test_spans_that_overlap_get_lanes_of_their_own(self) -> None:
        spans = (Span("a", date(2018, 1, 1), date(2020, 1, 1)), Span("b", date(2019, 1, 1), date(2021, 1, 1)))
        drawn = drawing.life(Career(spans))["spans"]
        assert drawn[0]["y"] != drawn[1]["y"]
        assert drawing.life(Career(()))["spans"] == []

    @given(st.integers(1, 5000), st.data())
    def test_every_bad_row_is_reached_or_gathered(self, total: int, data: st.DataObject) -> None:
        bad = data.draw(st.lists(st.integers(2, total + 1), max_size=20, unique=True))
        marks = drawing.row_marks(total, bad, 2)
        assert len(marks) <= 400
        assert {mark["bad"] for mark in marks if mark["bad"]} <= set(bad)
        assert bool(bad) == any(mark["bad"] for mark in marks)

    @given(st.lists(st.integers(0, 1000), min_size=1, max_size=20))
    def test_no_count_is_invisible(self, counts: list[int]) -> None:
        heights = [bar["h"] for bar in drawing.bars(counts, 0)]
        assert all((height > 0) == (count > 0) for height, count in zip(heights, counts, strict=True))
        assert max(heights) <= 64


def test_problems_fall_on_their_cells() -> None:
    problem = CellProblem("level", "二级", "only up to level 3")
    assert cells_of(BadRow(29, {"name": "戊寅虎"}, (problem,)), ["name", "level"]) == [("戊寅虎", []), ("", [problem])]


def test_parts_have_no_inline_style() -> None:
    templates = Path(drawing.__file__).parents[2] / "templates"
    assert [path.name for path in templates.rglob("*.html") if " style=" in path.read_text(encoding="utf-8")] == []


def test_deadline_of_today_is_today() -> None:
    assert Deadline(TODAY, TODAY).is_today
