"""What the demo tells of supervision, told once on a small world: every state, and all three on a body's page."""

from datetime import date
from types import SimpleNamespace

import pytest
from tests.factories import make_actor, make_body, make_tree

from gongjiang.bodies.sections import supervision_of
from gongjiang.portal.demo import supervised
from gongjiang.portal.demo.cast import BODIES, moment
from gongjiang.supervision.models import Complaint, Finding
from gongjiang.supervision.states import ComplaintState, FindingState


def test_the_bodies_are_those_of_the_demo() -> None:
    told = {each.body for each in (*supervised.FINDINGS, *supervised.COMPLAINTS)} | {c[0] for c in supervised.CHECKS}
    assert told <= {spec.key for spec in BODIES}


@pytest.mark.django_db
def test_every_state_stands_and_the_demo_body_shows_all_three() -> None:
    tree = make_tree()
    body = make_body(tree["changchun"])
    officer, manager = make_actor(tree["changchun"], "city_officer"), make_actor(body.organisation, "body_manager")
    cast = SimpleNamespace(bodies={"sunmao": body}, authority=lambda _role: officer, actor=lambda _key, _post: manager)
    own = [each._replace(body="sunmao", by="city_officer") for each in supervised.FINDINGS]
    world, steps = SimpleNamespace(cast=cast), []
    for told in own:
        steps += supervised._finding(world, told)
    for number, said in enumerate(supervised.COMPLAINTS):
        steps += supervised._complaint(world, said._replace(body="sunmao"), f"demo-complaint-{number}")
    for key, day, items, problems, measures in supervised.CHECKS:
        if key == "sunmao":
            steps.append((day, supervised.time(16), supervised._check(world, key, day, items, problems, measures)))
    for day, hour, do in sorted(steps, key=lambda step: step[:2]):
        do(moment(day, hour))
    assert set(Finding.everything.values_list("state", flat=True)) == set(FindingState.values)
    assert set(Complaint.everything.values_list("state", flat=True)) == set(ComplaintState.values)
    sections = supervision_of(body, date(2026, 6, 17))
    assert [len(each.rows) for section in sections for each in section.tables] == [6, 2, 6]
