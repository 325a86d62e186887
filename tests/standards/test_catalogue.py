from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry
from gongjiang.standards import actions, queries
from gongjiang.standards.models import Occupation

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue():
    return actions.load_catalogue(actor=system("test"), at=AT)


@pytest.mark.requirement("CAT-01")
def test_loads_the_skill_classes_of_2022_once(catalogue):
    again = actions.load_catalogue(actor=system("test"), at=AT)

    assert (
        again
        == catalogue
        == {"occupations": 1120, "new_occupations": 45, "job_types": 64, "standards": 473, "unjoined": 235}
    )
    assert sorted(set(Occupation.objects.values_list("major", flat=True))) == [3, 4, 5, 6]
    assert [entry.action for entry in AuditEntry.objects.all()] == ["catalogue.load", "catalogue.load"]


@pytest.mark.parametrize(
    ("text", "first"),
    [("电工", "6-31-01-03"), ("6-18-02-04", "6-18-02-04"), ("维修电工", "6-31-01-03"), ("厨师", "4-03-02-01")],
)
def test_search_finds_by_name_code_and_alias(catalogue, text, first):
    assert queries.search_occupations(text)[0].code == first


@pytest.mark.requirement("CAT-02")
def test_the_standard_in_force_on_the_day_speaks(catalogue):
    electrician = queries.occupation_by_code("6-31-01-03")

    standard = queries.standard_for(electrician, "4", on=date(2026, 5, 30))

    assert (standard.title, standard.edition, standard.clause_set) == ("电工", "2018", "standard-2018")
    assert standard.experience_scope == "own"
    assert queries.standard_for(electrician, "4", on=date(2017, 12, 31)) is None


def test_technicians_meet_a_panel_too(catalogue):
    standard = queries.standard_for(queries.occupation_by_code("6-31-01-03"), "2", on=date(2026, 5, 30))

    assert [part.kind for part in queries.parts_of(standard, "4")] == ["theory", "practical"]
    assert [part.kind for part in queries.parts_of(standard, "2")] == ["theory", "practical", "panel"]
