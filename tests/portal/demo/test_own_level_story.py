"""The employer's own level, told by the demo (CAT-03)."""

import pytest

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.actor import system
from gongjiang.planning.models import Batch
from gongjiang.portal.demo import own_level
from gongjiang.portal.demo.cast import moment
from gongjiang.portal.demo.world import World
from gongjiang.standards.actions import load_catalogue


@pytest.mark.django_db
@pytest.mark.requirement("CAT-03")
def test_the_employers_masters_stand_in_their_review(tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    load_catalogue(actor=system("test"), at=moment(own_level.date(2025, 8, 25)))
    world = World(lambda text: None, workers=0)
    world.cast.assemble()

    for day, hour, do in own_level.events(world):
        do(moment(day, hour))

    batch = Batch.everything.get()
    assert (batch.state, batch.lines.get().own_level.requirement) == ("review", own_level.REQUIREMENT)
    states = Enrolment.everything.order_by("pk").values_list("state", "clause_claimed")
    assert [state for state, _clause in states] == ["eligible", "submitted"]
