"""A first filing in Jilin: from the call to the directory, with a drawn panel, a notice and three officers."""

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.evaluation_factories import expert_actor, make_experts
from tests.factories import at, make_actor
from tests.filing.handling import jilin, told, write_opinions
from tests.filing_factories import ELECTRICIAN, fill, gaps, hand_in, make_applicant, make_draft

from gongjiang import evaluation as package
from gongjiang.bodies.models import AssessmentBody, Decision
from gongjiang.bodies.queries import may_assess
from gongjiang.evaluation import actions as panel_acts
from gongjiang.evaluation.exports import draw_json
from gongjiang.evaluation.models import Evaluation, Stage
from gongjiang.evaluation.queries.panel import active_panel, tree_of
from gongjiang.filing import actions
from gongjiang.kernel import notices
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.standards.queries import occupation_by_code

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-05"), pytest.mark.requirement("FIL-06")]
VISIT = "2026-03-19"


def test_from_the_call_to_the_directory(tmp_path):
    office = jilin()
    tied = make_experts(office.organisation, 7, users=True)[0]
    applicant, manager = make_applicant()
    tied.employer_code = applicant.credit_code
    tied.save()

    application = make_draft(applicant, manager)
    assert "no-scope" in gaps(application, date(2026, 3, 2))
    fill(application, manager)
    assert gaps(application, date(2026, 3, 2)) == []
    application = hand_in(application, manager)
    assert (application.authority, application.state) == (office.organisation, "submitted")

    actions.accept(**told(office.first, application, "2026-03-03 10:00"))
    write_opinions(office, application)
    actions.open_evaluation(**told(office.first, application, "2026-03-05 10:00"))
    evaluation = drawn(office, application, tied, tmp_path)
    visited(office, evaluation)
    actions.conclude_evaluation(**told(office.first, application, "2026-03-23 10:00"))

    with pytest.raises(Refused) as same:
        actions.deliberate(**told(office.first, application, "2026-03-25 10:00"), text="样例：同意", favourable=True)
    assert same.value.codes == ("same-person",)
    actions.deliberate(**told(office.second, application, "2026-03-25 10:00"), text="样例：同意", favourable=True)
    actions.post_notice(**told(office.first, application, "2026-03-26 10:00"))
    posted(office, application)
    actions.clear(**told(office.first, application, "2026-04-03 09:00"))
    actions.sign_undertaking(**told(manager, application, "2026-04-03 10:00"), signed_by="甲子春")
    actions.sign_letter(**told(office.signer, application, "2026-04-07 10:00"))
    on_file(application)


def drawn(office, application, tied, folder: Path) -> Evaluation:
    """The lot leaves out who works at the applicant, and anybody computes it again from the published file."""
    application.refresh_from_db()
    evaluation = application.evaluation
    first = evaluation.draws.get()
    assert (len(first.commitment), first.seed, first.pool) == (64, "", [])
    spec = panel_acts.DrawSpec(visit_on=date.fromisoformat(VISIT))
    draw = panel_acts.draw(actor=office.first, at=at("2026-03-06 10:00"), evaluation=evaluation, spec=spec)
    assert draw.exclusions == [{"id": tied.public_id, "kinds": ["staff"]}]
    assert (len(draw.result), len(draw.reserves)) == (5, 1)
    published = folder / "draw.json"
    published.write_text(json.dumps(draw_json(draw)), encoding="utf-8")
    assert verify(published) == 0
    forged = draw_json(draw)
    forged["result"] = [*forged["result"][1:], forged["reserves"][0]]
    published.write_text(json.dumps(forged), encoding="utf-8")
    assert verify(published) == 1
    return Evaluation.everything.get(pk=evaluation.pk)


def verify(file: Path) -> int:
    """Run the one-file program with Python's own library alone."""
    script = Path(package.__file__).parent / "verify_draw.py"
    return subprocess.run([sys.executable, "-I", str(script), str(file)], capture_output=True, check=False).returncode


def visited(office, evaluation: Evaluation) -> None:
    """Five experts score alone; before the opening nobody learns a mark."""
    lead = None
    for place in active_panel(evaluation):
        panel_acts.confirm(actor=expert_actor(place), at=at("2026-03-09 09:00"), panelist=place)
        lead = lead or place
    panel_acts.name_lead(actor=office.first, at=at("2026-03-09 10:00"), panelist=lead)
    panel_acts.begin(actor=office.first, at=at("2026-03-10 09:00"), evaluation=evaluation)
    judge(office, evaluation, Stage.PRELIMINARY, "2026-03-11")
    for place in active_panel(evaluation):
        spot = panel_acts.Whereabouts("样例路 9 号")
        panel_acts.arrive(actor=expert_actor(place), at=at(f"{VISIT} 09:00"), panelist=place, place=spot)
    judge(office, evaluation, Stage.TECHNICAL, VISIT)
    evaluation.refresh_from_db()
    assert evaluation.average == Decimal("100.00")
    panel_acts.conclude(
        actor=office.first, at=at("2026-03-20 16:00"), evaluation=evaluation, verdict=True, opinion="样例：一致同意"
    )


def judge(office, evaluation: Evaluation, stage: str, day: str) -> None:
    tree = tree_of(evaluation.criteria)
    for place in active_panel(evaluation):
        marks = [
            panel_acts.MarkSpec(each.code, met=not each.is_veto)
            if stage == Stage.PRELIMINARY or each.is_veto
            else panel_acts.MarkSpec(each.code, points=each.points)
            for each in tree.of_stage(stage)
        ]
        own = {"actor": expert_actor(place), "panelist": place, "stage": stage}
        spec = panel_acts.SheetSpec(0, marks, "样例：符合")
        saved = panel_acts.save_sheet(**own, at=at(f"{day} 14:00"), spec=spec, key=f"{stage}-{place.pk}")
        panel_acts.seal(**own, at=at(f"{day} 15:00"), version=saved.version)
    panel_acts.open_sheets(actor=office.first, at=at(f"{day} 16:00"), evaluation=evaluation, stage=stage)


def posted(office, application) -> None:
    """Posted on Thursday 03-26 for five working days: through Thursday 04-02, 24:00."""
    notice = notices.newest_on(application)
    assert (notice.working_days, notice.last_day) == (5, date(2026, 4, 2))
    for early in ("2026-03-31 10:00", "2026-04-02 23:59"):
        with pytest.raises(Refused) as too_soon:
            actions.clear(**told(office.first, application, early))
        assert too_soon.value.codes == ("notice-running",)
    with pytest.raises(NotAllowed):
        actions.sign_letter(**told(office.signer, application, "2026-04-01 10:00"))


def on_file(application) -> None:
    """The register, the directory and the decision's own address all say so; the letter is kept."""
    application.refresh_from_db()
    body = AssessmentBody.everything.get(organisation=application.applicant.organisation)
    term = body.terms.get()
    assert (application.state, term.since, term.until) == ("filed", date(2026, 4, 7), date(2029, 4, 7))
    assert (body.code[:7], body.authority) == ("S000022", application.authority)
    electrician = occupation_by_code(ELECTRICIAN[0])
    assert may_assess(body, electrician, ELECTRICIAN[1], on=date(2026, 4, 7)) == ()
    assert [g.code for g in may_assess(body, electrician, ELECTRICIAN[1], on=date(2029, 4, 7))] == ["expired"]
    people = {application.accepted_by_id, application.deliberated_by_id, application.signed_by_id}
    assert len(people) == 3
    decision = Decision.objects.get(body=body)
    client = Client()
    for url in (
        reverse("directory-body", args=[body.code]),
        reverse("decision", args=[decision.number]),
    ):
        page = client.get(url)
        assert (page.status_code, body.name in page.content.decode()) == (200, True)
    assert application.letter is not None


def test_an_officer_of_another_city_finds_nothing():
    office = jilin()
    applicant, manager = make_applicant()
    application = hand_in(fill(make_draft(applicant, manager), manager), manager)
    other = make_actor(office.organisation.parent.children.get(place_code="2202"), "city_officer")
    from gongjiang.filing.queries import applications_for

    assert list(applications_for(other)) == []
    assert list(applications_for(office.first)) == [application]
