"""A first filing goes through every step that its place asks, and comes to the register with letter and term."""

from datetime import date

import pytest
from tests.factories import at
from tests.filing.handling import DAYS, advance, jilin, submitted, xinzhou

from gongjiang.bodies.models import AssessmentBody, Decision
from gongjiang.bodies.queries import may_assess, standing
from gongjiang.certificates.seal import check_pdf
from gongjiang.certificates.signing import seal_key
from gongjiang.filing import flow
from gongjiang.kernel import files
from gongjiang.kernel.models import AuditEntry, PublicNotice
from gongjiang.law.codes import parse_body_code
from gongjiang.standards.queries import occupation_by_code

pytestmark = pytest.mark.django_db
JILINS = [
    "application", "acceptance", "preliminary_evaluation", "technical_evaluation", "consolidated_evaluation",
    "deliberation", "public_notice", "undertaking", "filing_letter",
]  # fmt: skip


@pytest.mark.requirement("FIL-06", "FIL-11", "GOV-03")
def test_jilin_puts_a_body_on_file():
    office = jilin()
    application, manager = submitted(office)
    assert [step["key"] for step in application.flow] == JILINS
    assert application.authority == office.organisation

    application = advance(application, manager, office, "sign")

    body = AssessmentBody.everything.get(organisation=application.applicant.organisation)
    assert (application.state, application.body, application.decided_on) == ("filed", body, date(2026, 4, 7))
    assert (body.code, body.filed_on, body.filed_until) == ("S000022000001", date(2026, 4, 7), date(2029, 4, 7))
    assert parse_body_code(body.code) == ()
    assert (body.authority, body.regime, body.affiliation) == (office.organisation, "2201", "municipal")
    assert body.filing_letter == application.letter_number == "人社评备〔2026〕1号"
    assert standing(body, date(2026, 4, 7)) == "filed"
    assert may_assess(body, occupation_by_code("6-31-01-03"), "4", on=date(2026, 4, 8)) == ()
    assert [step.done_on for step in flow.steps_of(application, date(2026, 4, 8))] == [
        date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 23), date(2026, 3, 23), date(2026, 3, 23),
        date(2026, 3, 25), date(2026, 4, 3), date(2026, 4, 3), date(2026, 4, 7),
    ]  # fmt: skip


@pytest.mark.requirement("FIL-06")
def test_the_letter_is_sealed_and_the_decision_public():
    office = jilin()
    application, manager = submitted(office)
    application = advance(application, manager, office, "sign")

    pdf = files.read(application.letter)
    check = check_pdf(pdf, [seal_key("样例").root])
    assert (check.genuine, check.reasons) == (True, ())
    decision = application.decision
    assert decision == Decision.objects.get(kind="filed")
    assert (decision.letter_number, decision.document) == (application.letter_number, application.letter)
    assert (decision.notice.posted_on, decision.since, decision.until) == (
        date(2026, 3, 26), date(2026, 4, 7), date(2029, 4, 7),
    )  # fmt: skip
    assert decision.decided_by == "样例省人社厅"
    assert set(decision.cites) == {"JL-2025-1§7(1)", "JL-2025-1§7(5)"}
    signers = {application.accepted_by_id, application.deliberated_by_id, application.signed_by_id}
    assert len(signers) == 3
    assert AuditEntry.objects.get(action="application.sign_letter").facts["code"] == "S000022000001"


@pytest.mark.requirement("FIL-11")
def test_the_undertaking_is_kept_with_its_words():
    office = jilin()
    application, manager = submitted(office)
    application = advance(application, manager, office, "sign")

    kept = application.body.undertakings.get()
    assert (kept.signed_by, kept.signed_at, kept.cites) == ("甲子春", at(DAYS["undertake"]), ["MOHRSS-2020-17§15"])
    assert "材料真实" in kept.text
    assert "吉人社规〔2025〕1号" in kept.text
    assert files.read(kept.document).startswith(b"%PDF")


@pytest.mark.requirement("FIL-06")
def test_xinzhou_posts_social_organisations_only_and_signs_itself():
    office = xinzhou()
    social, manager = submitted(office)
    assert (social.authority, [step["key"] for step in social.flow]) == (
        office.organisation,
        ["application", "acceptance", "technical_evaluation", "deliberation", "public_notice", "undertaking",
         "filing_letter", "directory"],
    )  # fmt: skip
    social = advance(social, manager, office, "sign")

    assert (social.state, social.body.code) == ("filed", "S000014000001")
    notice = PublicNotice.objects.get(kind="filing")
    assert (notice.working_days, notice.cites) == (5, ["XZ-2024-2§13"])
    assert social.decision.decided_by == "样例忻州市人社局"
    # No term stands in Xinzhou's measures: the setting of the place gives it.
    assert social.body.filed_until == date(2029, 4, 7)


@pytest.mark.requirement("FIL-06")
def test_xinzhou_posts_no_notice_of_an_employer():
    office = xinzhou()
    employer, manager = submitted(office, body_kind="employer")
    assert "public_notice" not in [step["key"] for step in employer.flow]

    employer = advance(employer, manager, office, "sign")

    assert (employer.state, employer.noticed_on, employer.body.code) == ("filed", None, "Y000014000001")
    assert not PublicNotice.objects.exists()
