"""Courses, trainees and the rows of a sheet as the parts of a page show them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel.parts import BadRow, Cell, CellProblem, Column, Row, Table
from gongjiang.workforce.columns import HEADINGS
from gongjiang.workforce.models import StaffImportRow, Trainee, TrainingCourse
from gongjiang.workforce.states import CourseState
from gongjiang.workforce.tables import levels_text

COURSE_LOOK = {
    CourseState.PLANNED: "go",
    CourseState.HELD: "wait",
    CourseState.CLOSED: "ok",
    CourseState.CANCELLED: "na",
}


def courses_table(courses: Iterable[TrainingCourse]) -> Table:
    """Return courses with their state."""
    rows = tuple(
        Row(
            (
                Cell(course.title, sub=course.number, url=reverse("course", args=[course.pk])),
                course.host.name,
                Cell(
                    course.get_role_display(),
                    sub=f"{course.occupation.name} {levels_text(course.highest_level)}" if course.occupation else "",
                ),
                Cell(course.first_day, sub=f"{course.hours} h"),
                Cell(course.get_state_display(), state=COURSE_LOOK[CourseState(course.state)]),
            )
        )
        for course in courses
    )
    columns = (Column(_("Course")), Column(_("Held by")), Column(_("For")), Column(_("First day")), Column(_("State")))
    return Table(_("Courses"), columns, rows, empty=_("Courses appear here once one is planned."))


def trainees_table(trainees: Iterable[Trainee]) -> Table:
    """Return who was in a course and how it ended."""
    rows = []
    for each in trainees:
        outcome = Cell("")
        if each.passed is not None:
            outcome = Cell(_("passed") if each.passed else _("not passed"), state="ok" if each.passed else "no")
        url = reverse("training-certificate", args=[each.pk]) if each.certificate_number else ""
        rows.append(
            Row(
                (
                    Cell(
                        each.member.name, sub=each.member.home.name, url=reverse("staff-member", args=[each.member_id])
                    ),
                    "" if each.hours is None else each.hours,
                    "" if each.score is None else f"{each.score.normalize():f}",
                    outcome,
                    Cell(each.certificate_number or "", url=url),
                )
            )
        )
    columns = (
        Column(_("Name")),
        Column(_("Hours"), numeric=True),
        Column(_("Score"), numeric=True),
        Column(_("Outcome")),
        Column(_("Certificate of training")),
    )
    return Table(_("Trainees"), columns, tuple(rows), empty=_("Nobody is in the course yet."))


def trainings_table(trainees: Iterable[Trainee]) -> Table:
    """Return one person's courses."""
    rows = []
    for each in trainees:
        url = reverse("training-certificate", args=[each.pk]) if each.certificate_number else ""
        scored = "" if each.score is None else f"{each.score.normalize():f}"
        rows.append(
            Row(
                (
                    Cell(each.course.title, sub=each.course.host.name),
                    each.course.first_day,
                    scored,
                    Cell(each.certificate_number or "", url=url),
                )
            )
        )
    columns = (
        Column(_("Course")),
        Column(_("First day")),
        Column(_("Score"), numeric=True),
        Column(_("Certificate of training")),
    )
    return Table(_("Trainings"), columns, tuple(rows), empty=_("No course yet."))


def bad_rows(rows: Iterable[StaffImportRow]) -> tuple[list[str], list[BadRow]]:
    """Return the columns and rows for the grid of problems."""
    rows = list(rows)
    wrong = {each["column"] for row in rows for each in row.problems}
    keys = [key for key in HEADINGS if key in wrong or key in ("name", "role")]
    made = [
        BadRow(
            row.number,
            {HEADINGS[key]: row.cells.get(key, "") for key in keys},
            tuple(
                CellProblem(
                    HEADINGS.get(each["column"], HEADINGS["name"]),
                    row.cells.get(each["column"], ""),
                    each["what"],
                    each["mend"],
                    tuple(each.get("cites", ())),
                )
                for each in row.problems
            ),
        )
        for row in rows
    ]
    return [HEADINGS[key] for key in keys], made
