"""Small builders of specifications and levels for tests."""

from datetime import date
from decimal import Decimal
from itertools import count

from tests.factories import at, make_actor

from gongjiang.kernel.files import store
from gongjiang.law.places import place
from gongjiang.standards import actions
from gongjiang.standards.basis import Asker
from gongjiang.standards.entering import write_levels
from gongjiang.standards.models import AssessmentSpecification, EmployerLevel, LevelPermit, NationalStandard
from gongjiang.standards.queries import occupation_by_code
from gongjiang.standards.specs import OwnLevel, PartSpec, SpecificationText

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
# An occupation of the edition for which no national standard is carried.
UNSTANDARDISED = "6-31-02-01"
THEORY = PartSpec("theory", "机考", 90, Decimal(60), Decimal(100), 15, 2, False)
PRACTICAL = PartSpec("practical", "现场操作", 120, Decimal(60), Decimal(100), 5, 3, True)
PANEL = PartSpec("panel", "业绩评审、现场答辩", 40, Decimal(70), Decimal(100), 5, 3, True)
_serial = count(1)


def asker_of(body) -> Asker:
    """Return the body as one who assesses."""
    return Asker(body.organisation, body.kind, place(body.regime))


def make_text(code: str = UNSTANDARDISED, *, levels=("4", "3"), **changes) -> SpecificationText:
    """Return a specification's text with a theory and a practical part at each level."""
    told = {
        "occupation": occupation_by_code(code),
        "title": "样例评价规范",
        "edition": f"2026-{next(_serial)}",
        "job_types": "",
        "clause_set": "uniform-2023",
        "experience_scope": "own+related",
        "in_force": date(2026, 4, 1),
        "levels": levels if isinstance(levels, dict) else dict.fromkeys(levels, (THEORY, PRACTICAL)),
    }
    return SpecificationText(**{**told, **changes})


def make_specification(body, *, state: str = "draft", **changes) -> AssessmentSpecification:
    """Write a specification as a row in the state, filed on 2026-03-20 where it is filed."""
    text = make_text(**changes)
    standard = NationalStandard.objects.create(
        kind="specification", owner=body.organisation, occupation=text.occupation, title=text.title,
        edition=text.edition, job_types=text.job_types, clause_set=text.clause_set,
        experience_scope=text.experience_scope, in_force=text.in_force, source=body.name,
    )  # fmt: skip
    write_levels(standard, text.levels)
    filed = {"filed_on": date(2026, 3, 20), "filing_number": f"样例备 {standard.pk} 号"} if state == "filed" else {}
    return AssessmentSpecification.everything.create(
        standard=standard, body_kind=body.kind, regime=body.regime, state=state, drafted_on=date(2026, 3, 2),
        submitted_on=None if state == "draft" else date(2026, 3, 3), document_name="规范.pdf",
        document=store(PDF, at=at("2026-03-02 09:00"), allow=("application/pdf",)), **filed,
    )  # fmt: skip


def take_to_file(body, officer, *, text: SpecificationText, on: str = "2026-03-20") -> AssessmentSpecification:
    """Take a specification through every step by its actions, from the draft to the ministry's file."""
    manager = make_actor(body.organisation, "body_manager")
    document = actions.Document("规范.pdf", PDF)
    specification = actions.draft_specification(
        actor=manager, at=at("2026-03-02 09:00"), asker=asker_of(body), text=text, document=document
    )
    actions.submit(actor=manager, at=at("2026-03-03 09:00"), specification=specification)
    actions.accept(actor=officer, at=at("2026-03-04 09:00"), specification=specification)
    number = f"样例备〔2026〕{specification.pk} 号"
    filed_on = date.fromisoformat(on)
    return actions.file(
        actor=officer, at=at(f"{on} 09:00"), specification=specification, number=number, filed_on=filed_on
    )


def make_level(body, **changes) -> EmployerLevel:
    """Write a further level of the body as a row."""
    told = {"level": "master", "requirement": "样例要求", "since": date(2026, 1, 1), "occupation": _electrician()}
    return EmployerLevel.everything.create(owner=body.organisation, **{**told, **changes})


def add_level(body, level: str = "master", *, on: str = "2026-01-05 09:00", **changes) -> EmployerLevel:
    """Add a level to the body's own ladder as its manager: beyond the five by a panel review."""
    told = {"requirement": "取得高级技师证书后业绩突出，主持过样例技改项目", "since": date(2026, 1, 6)}
    if not changes.get("step"):
        told["parts"] = (PANEL,)
    spec = OwnLevel(_electrician(), level, **{**told, **changes})
    manager = make_actor(body.organisation, "body_manager")
    return actions.add_level(actor=manager, at=at(on), asker=asker_of(body), spec=spec)


def make_permit(body, **changes) -> LevelPermit:
    """Write a permission for a further level as a row."""
    told = {"level": "master", "reason": "样例理由", "since": date(2026, 1, 1), "occupation": _electrician()}
    return LevelPermit.everything.create(owner=body.organisation, **{**told, **changes})


def _electrician():
    return occupation_by_code("6-31-01-03")


def publish_fees(body, *levels: str, on: str = "2026-01-06 09:00") -> None:
    """Publish the body's fees anew: for what it has on file, and for these levels beyond the five."""
    from tests.factories import FEE

    from gongjiang.bodies import actions as bodies
    from gongjiang.kernel.actor import system

    cells = [(cell.occupation, cell.level) for cell in body.scope.select_related("occupation")]
    cells += [(_electrician(), level) for level in levels]
    items = [bodies.FeeSpec(occupation, level, "practical", FEE) for occupation, level in cells]
    since = date.fromisoformat(on[:10])
    bodies.publish_fees(actor=system("test"), at=at(on), body=body, basis="样例成本", items=items, since=since)
