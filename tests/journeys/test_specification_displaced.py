"""An employer's specification: filed, used for a batch, and from a new national standard's day on no more."""

from datetime import date

import pytest
from tests.factories import at, make_actor, make_batch, make_body, make_tree
from tests.standards_records import UNSTANDARDISED, make_text, take_to_file

from gongjiang.kernel.actor import system
from gongjiang.kernel.refusal import Refused
from gongjiang.planning.actions import announce
from gongjiang.planning.models import Batch
from gongjiang.standards.actions import enter_standard
from gongjiang.standards.queries import occupation_by_code
from gongjiang.standards.specs import StandardSpec

LINE = ((UNSTANDARDISED, "4"),)


@pytest.mark.django_db
@pytest.mark.requirement("CAT-02")
def test_what_was_announced_goes_on_and_what_was_only_planned_does_not():
    tree = make_tree()
    employer = make_body(tree["changchun"], scope=LINE, kind="employer")
    clerk = make_actor(employer.organisation, "exam_clerk")
    with pytest.raises(Refused) as nothing_yet:
        make_batch(employer, clerk, lines=LINE)
    assert nothing_yet.value.codes == ("no-standard",)

    officer = make_actor(tree["province"], "provincial_officer")
    specification = take_to_file(employer, officer, text=make_text(in_force=date(2026, 3, 20)))
    first = make_batch(employer, clerk, lines=LINE)
    second = make_batch(employer, clerk, lines=LINE, title="样例第二批")
    announce(actor=clerk, at=at("2026-04-01 09:00"), batch=first)
    national = StandardSpec(
        "样例国家标准", "2026", "uniform-2023", "own", date(2026, 5, 20), "样例发布通知", ["5", "4", "3"], (), ""
    )
    occupation = occupation_by_code(UNSTANDARDISED)
    enter_standard(actor=system("test"), at=at("2026-04-02 09:00"), occupation=occupation, spec=national)

    with pytest.raises(Refused) as displaced:
        announce(actor=clerk, at=at("2026-04-03 09:00"), batch=second)
    assert "MOHRSS-2020-17§17" in {cite.key for cite in displaced.value.cites}
    states = list(Batch.everything.filter(body=employer).order_by("pk").values_list("state", flat=True))
    assert states == ["announced", "draft"]
    assert first.lines.get().standard == specification.standard
