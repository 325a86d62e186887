"""What a panel's app is told of an application: who answers for the applicant, and the papers as last handed in."""

import pytest
from tests.evaluation_factories import make_evaluation
from tests.factories import at, make_actor, make_tree
from tests.filing_factories import make_application, paper

from gongjiang.evaluation import access, materials
from gongjiang.filing.models import Material
from gongjiang.kernel import files

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-05")]


def test_a_newcomer_answers_for_itself_and_its_papers_reach_the_panel():
    tree = make_tree()
    application, manager = make_application(state="ready")
    other, _stranger = make_application(state="draft")
    evaluation = make_evaluation(tree["changchun"], state="open", credit_code=application.applicant.credit_code)
    assert access.credit_codes_of(manager) == {application.applicant.credit_code}
    assert access.credit_codes_of(make_actor(other.applicant.organisation, "exam_clerk")) == frozenset()
    assert materials.of_evaluation(evaluation) == []

    application.evaluation = evaluation
    application.save()
    old = application.materials.first()
    old.replaced_round = 2
    old.save()
    fresh = files.store_made(paper("补正后"), media_type=files.PDF, at=at("2026-03-09"))
    new = Material.objects.create(
        application=application,
        kind=old.kind,
        title="补正后的材料",
        file=fresh,
        added_round=2,
        added_at=at("2026-03-09"),
    )
    Material.objects.create(
        application=application, kind="x", title="在线核验", verified_source="样例", verified_at=at("2026-03-09"),
        added_at=at("2026-03-09"),
    )  # fmt: skip
    told = {each.key: (each.label, each.file) for each in materials.of_evaluation(evaluation)}
    assert told[str(new.pk)] == ("补正后的材料", fresh)
    assert str(old.pk) not in told
    assert "在线核验" not in {label for label, _file in told.values()}
    assert len(told) == application.materials.filter(replaced_round=None).count() - 1
