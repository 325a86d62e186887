"""What ties an expert to an applicant: declared by the expert, entered by an officer, or found in the registers.

Found are: the expert's employer is the applicant; the expert stands on the staff list of the applicant's body, now or
before, or writes items for it; a relation kept in the workforce's register ties the expert to one of its people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from gongjiang.evaluation.models import Expert, Tie, TieKind
from gongjiang.workforce.models import ItemWriter, PersonalRelation, RelationKind, StaffMember

Kinds = dict[int, set[str]]
RELATION_TIES = {
    RelationKind.KIN: TieKind.KIN,
    RelationKind.TEACHER: TieKind.INTEREST,
    RelationKind.MASTER: TieKind.INTEREST,
    RelationKind.EMPLOYER: TieKind.STAFF,
}


def ties_to(credit_code: str, experts: Sequence[Expert], day: date) -> Kinds:
    """Return the kinds of tie to the applicant by expert's pk; who has none isn't named. As many queries for one
    expert as for a thousand."""
    found: Kinds = defaultdict(set)
    by_person = {each.identity_index: each.pk for each in experts}
    for tie in Tie.objects.filter(expert__in=[each.pk for each in experts], credit_code=credit_code):
        found[tie.expert_id] |= _declared(tie, day)
    for each in experts:
        if each.employer_code and each.employer_code == credit_code:
            found[each.pk].add(TieKind.STAFF.value)
    _on_the_staff(credit_code, by_person, day, found)
    _related(credit_code, by_person, day, found)
    return dict(found)


def _declared(tie: Tie, day: date) -> set[str]:
    if tie.until is None or day < tie.until:
        return {tie.kind}
    # Who was on the staff stays somebody who was; other ties end with their day.
    return {TieKind.EX_STAFF.value} if tie.kind in {TieKind.STAFF, TieKind.EX_STAFF} else set()


def _on_the_staff(credit_code: str, by_person: dict[str, int], day: date, found: Kinds) -> None:
    members = StaffMember.everything.filter(body__credit_code=credit_code, identity_index__in=by_person)
    for member in members.prefetch_related("appointments"):
        found[by_person[member.identity_index]].add(_standing(member, day))
    writers = ItemWriter.everything.filter(home__body__credit_code=credit_code, identity_index__in=by_person)
    for index, left_on in writers.values_list("identity_index", "left_on"):
        left = left_on is not None and left_on <= day
        found[by_person[index]].add((TieKind.EX_STAFF if left else TieKind.STAFF).value)


def _standing(member: StaffMember, day: date) -> str:
    ends = [each.until for each in member.appointments.all()]
    over = bool(ends) and all(until is not None and until <= day for until in ends)
    return (TieKind.EX_STAFF if over else TieKind.STAFF).value


def _related(credit_code: str, by_person: dict[str, int], day: date, found: Kinds) -> None:
    members = StaffMember.everything.filter(body__credit_code=credit_code)
    people = set(members.values_list("identity_index", flat=True))
    relations = PersonalRelation.objects.filter(
        Q(person_key__in=by_person, other_credit_code=credit_code)
        | Q(person_key__in=by_person, other_key__in=people)
        | Q(other_key__in=by_person, person_key__in=people)
    )
    for each in relations:
        kind = RELATION_TIES[RelationKind(each.kind)].value
        if each.until is not None and each.until <= day:
            if each.kind != RelationKind.EMPLOYER:
                continue
            kind = TieKind.EX_STAFF.value
        theirs = each.other_credit_code == credit_code or each.other_key in people
        if theirs and each.person_key in by_person:
            found[by_person[each.person_key]].add(kind)
        if each.person_key in people and each.other_key in by_person:
            found[by_person[each.other_key]].add(kind)


def found_in_registers(expert: Expert, day: date) -> list[tuple[str, str, str]]:
    """Return (kind, credit code, name) of every body that the registers tie the expert to."""
    members = StaffMember.everything.filter(identity_index=expert.identity_index, body__isnull=False)
    rows = [
        (_standing(member, day), member.body.credit_code, member.body.name)
        for member in members.select_related("body").prefetch_related("appointments")
        if member.body is not None
    ]
    if expert.employer_code:
        rows.append((TieKind.STAFF.value, expert.employer_code, expert.employer))
    return sorted(set(rows), key=lambda row: row[2])


def labels(kinds: Iterable[str]) -> str:
    """Return the kinds in the reader's language."""
    return "、".join(str(TieKind(kind).label) for kind in sorted(kinds))
