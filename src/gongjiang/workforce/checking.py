"""Checking a sheet of staff against the rules and the register, and keeping its rows until it is taken over."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel import files
from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.sheets.model import MEBIBYTE, Cell, Limits, Row, header_aliases, required_keys
from gongjiang.kernel.uploads.problems import Problem, localise
from gongjiang.kernel.uploads.sniff import sniff_file
from gongjiang.law.codes import mask_identity
from gongjiang.workforce import rules
from gongjiang.workforce.columns import STAFF_COLUMNS
from gongjiang.workforce.models import Appointment, StaffImport, StaffImportRow, StaffMember, StaffRole
from gongjiang.workforce.permissions import is_centre
from gongjiang.workforce.rules import EXTERNAL_SUPERVISOR
from gongjiang.workforce.rules_training import Trainings, used_before
from gongjiang.workforce.staff_rows import StaffRow, compare, occupations_in, read_row

ALIASES, REQUIRED = header_aliases(STAFF_COLUMNS), required_keys(STAFF_COLUMNS)
LIMITS = Limits(file_size=16 * MEBIBYTE, unpacked=128 * MEBIBYTE, rows=20_000, cells=1_000_000, problems=100_000)
SHOWN = tuple(column.key for column in STAFF_COLUMNS if column.key != "identity")
UNKNOWN = "application/octet-stream"
CHUNK = 500
Held = dict[tuple[str, str, int | None], list[Appointment]]


def wrong_with_file(content: bytes) -> list[Ground]:
    """Return why the file isn't even stored."""
    if not content:
        return [Ground(_("The file is empty."), _("Choose the filled-in file."), code="empty")]
    if len(content) > LIMITS.file_size:
        why = _("The file is larger than %(size)s MB.") % {"size": LIMITS.file_size // MEBIBYTE}
        return [Ground(why, _("Split it, and upload the parts one after the other."), code="file-size")]
    return []


def media_type(content: bytes) -> str:
    """Return the file's type, told from its content."""
    return files.MEDIA_TYPES.get(sniff_file(content), UNKNOWN)


def no_rows() -> Problem:
    """Return the problem that a sheet has headings only."""
    return Problem(None, "", "empty", _("The sheet has no rows."), "", _("Fill in one row for each."))


def told(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Return problems of the file as they are kept, in the reader's language."""
    return [
        {"column": each.column, "code": each.code, "what": f"{each.what} {each.why}".strip(), "mend": each.mend}
        for each in (localise(found, _) for found in problems)
    ]


def check(rows: Sequence[Row], problems: Sequence[Problem], *, home: Organisation, at: datetime) -> list[StaffRow]:
    """Return every row with every problem: of its cells, of the rules, of the register, of other rows."""
    where = rules.governing(home)
    occupations = occupations_in(rows)
    made = [read_row(row, occupations, _source(home, at)) for row in rows]
    by_number = {each.row.number: each for each in made}
    for problem in problems:
        if problem.row in by_number:
            found = localise(problem, _)
            by_number[problem.row].wrong(found.column, found.code, f"{found.what} {found.why}".strip(), found.mend)
    compare(made)
    trainings = Trainings.for_specs([spec for each in made for spec in each.specs], where, at.date())
    people, held = _register(made, home)
    terms: dict[tuple[str, str, int | None], list[tuple[Any, Any]]] = {}
    for each in made:
        for spec in each.specs:
            each.refuse(rules.wrong_with(spec, where, at.date()))
            each.refuse(_misplaced(spec.role, home))
            grounding = trainings.grounding(spec)
            index = rules.index_of(spec.identity)
            key = (index, spec.role, spec.occupation.pk if spec.occupation else None)
            mine = held.get(key, [])
            if any(one.since == spec.since for one in mine):
                continue
            each.refuse(grounding.grounds)
            until = spec.until or rules.end_of_term(spec.role, where, spec.since)
            known = terms.setdefault(key, [(one.since, one.until) for one in mine])
            if spec.role in StaffRole.values:
                each.refuse(rules.overlapping(spec.role, spec.since, until, known))
            known.append((spec.since, until))
            if grounding.training:
                pairs = [(one.training_id, one.since) for one in mine]
                each.refuse(used_before(grounding.training, spec, pairs, where))
            if index in people and people[index] != spec.name.strip():
                what = _("This number stands on the list under another name.")
                each.wrong("name", "name-differs", what, _("Compare both with the document."))
    return made


def _source(home: Organisation, at: datetime) -> str:
    return f"{home.name} {at:%Y-%m-%d}"


def _misplaced(role: str, home: Organisation) -> list[Ground]:
    if is_centre(home) and role != EXTERNAL_SUPERVISOR:
        why, way = _("A centre appoints external supervisors."), _("Other staff are appointed by the body.")
        return [Ground(why, way, code="body-role")]
    if not is_centre(home) and role == EXTERNAL_SUPERVISOR:
        why = _("External supervisors stand for the authority; a body doesn't appoint them.")
        return [Ground(why, _("The centre appoints them."), code="external-by-centre")]
    return []


def _register(rows: Sequence[StaffRow], home: Organisation) -> tuple[dict[str, str], Held]:
    """Return the names on the list by blind index, and the appointments that the rows may touch."""
    indexes = sorted({rules.index_of(each.identity) for each in rows if each.identity})
    people: dict[str, str] = {}
    held: Held = {}
    for start in range(0, len(indexes), CHUNK):
        some = StaffMember.everything.filter(home=home, identity_index__in=indexes[start : start + CHUNK])
        people |= dict(some.values_list("identity_index", "name"))
        for each in Appointment.objects.filter(member__in=some).select_related("member"):
            held.setdefault((each.member.identity_index, each.role, each.occupation_id), []).append(each)
    return people, held


def stored(run: StaffImport, made: StaffRow) -> StaffImportRow:
    """Return the row as it is kept: the number masked among the cells and encrypted apart."""
    row = made.row
    cells = {key: row[key].original for key in SHOWN if not row[key].is_empty}
    identity = row.text("identity")
    cells["identity"] = mask_identity(identity) if identity else ""
    return StaffImportRow(
        run=run,
        number=row.number,
        cells=cells,
        problems=made.problems,
        is_good=not made.problems and bool(made.specs),
        identity=identity or None,
    )


def restored(rows: Iterable[StaffImportRow], run: StaffImport) -> Iterator[StaffRow]:
    """Yield the kept rows as they were read."""
    again = [_row(each) for each in rows]
    occupations = occupations_in(again)
    for row in again:
        yield read_row(row, occupations, _source(run.home, run.uploaded_at))


def _row(kept: StaffImportRow) -> Row:
    cells = {key: Cell(value) for key, value in kept.cells.items() if key != "identity"}
    return Row(kept.number, cells | {"identity": Cell(kept.identity or "")})


def forget(run: StaffImport) -> None:
    """Take the uploaded file off the import; it holds identity numbers in the clear."""
    held, run.sheet = run.sheet, None
    if held is None:
        return
    StaffImport.everything.filter(pk=run.pk).update(sheet=None)
    try:
        with transaction.atomic():
            held.delete()
    except ProtectedError:  # another import still reads the same file
        return
    transaction.on_commit(partial(files.path_of(held.sha256).unlink, missing_ok=True))
