"""What the demo tells of methods, of marks by what is assessed, and of a veto: the pilot's batches walked alone."""

from dataclasses import replace

import pytest

from gongjiang.kernel.actor import system
from gongjiang.planning.models import LinePart
from gongjiang.portal.demo.batches import BATCHES
from gongjiang.portal.demo.cast import moment
from gongjiang.portal.demo.story import Story
from gongjiang.portal.demo.world import World
from gongjiang.results import rules
from gongjiang.results.models import EthicsVeto, Result, Score
from gongjiang.standards.actions import load_catalogue


@pytest.fixture
def world(tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    load_catalogue(actor=system("test"), at=moment(BATCHES[0].exam.replace(month=8)))
    world = World(lambda text: None, workers=0)
    world.cast.assemble()
    return world


def walk(world, key, people):
    """Walk one batch, with so many people, to where it stands."""
    spec = next(each for each in BATCHES if each.key == key)
    story = Story(replace(spec, people=people), world, 8)
    for event in sorted(story.events(), key=lambda event: event.at):
        event.do(event.at)
    return story.refresh()


@pytest.mark.django_db
@pytest.mark.requirement("CAT-04")
def test_technicians_are_assessed_by_three_methods(world):
    batch = walk(world, "opened", 0)

    assert batch.state == "approved"
    assert list(LinePart.objects.filter(line__batch=batch).values_list("kind", "way")) == [
        ("theory", "theory_exam"),
        ("practical", "practical_exam"),
        ("panel", "thesis_defence"),
    ]


@pytest.mark.django_db
@pytest.mark.requirement("CAT-05")
def test_the_pilot_marks_by_content_and_one_fails_in_ethics(world):
    batch = walk(world, "pilot", 12)

    veto = EthicsVeto.everything.get()
    result = Result.everything.get(enrolment=veto.enrolment)
    assert (batch.state, veto.in_force, result.outcome, result.veto_id) == ("result_review", True, "failed", veto.pk)
    marked = Score.objects.filter(enrolment__batch=batch, part="practical", value__isnull=False)
    assert all(score.groups and sum(score.groups) == score.value for score in marked)
    assert marked.count() >= 10
    assert list(rules.edited_results(batch)) == []
