"""What an appointment rests on: training and examination on record, or what was stated of an earlier one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law.model import Place
from gongjiang.workforce.models import Basis, Trainee, TrainingCourse
from gongjiang.workforce.rules import ASSESSOR, AppointmentSpec, covers, index_of, steps_of


@dataclass(frozen=True, slots=True)
class Grounding:
    """What an appointment rests on, and what stands against it."""

    basis: Basis
    training: Trainee | None = None
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Trainings:
    """The certificates of training that some appointments name, by number, and the day before which others may be
    brought in; read once for many rows."""

    place: Place
    before: date
    held: Mapping[str, Trainee]

    @classmethod
    def for_specs(cls, specs: Iterable[AppointmentSpec], place: Place, today: date) -> "Trainings":
        """Read the certificates that the specs name."""
        before = date.fromisoformat(setting("staff.brought_in_before", place=place, day=today).value)
        numbers = sorted({spec.certificate for spec in specs if spec.certificate})
        held: dict[str, Trainee] = {}
        for start in range(0, len(numbers), 500):
            found = Trainee.objects.filter(certificate_number__in=numbers[start : start + 500])
            held |= {
                str(each.certificate_number): each for each in found.select_related("course__occupation", "member")
            }
        return cls(place, before, held)

    def grounding(self, spec: AppointmentSpec) -> Grounding:
        """Return what the appointment rests on (JL-2024-5§38: training, examination, appointment; §44 likewise)."""
        steps = steps_of(spec.role, self.place, spec.since)
        trainee = self.held.get(spec.certificate)
        if trainee is not None:
            return Grounding(Basis.TRAINED, trainee, tuple(_against(trainee, spec, self.place)))
        if steps is None:
            return Grounding(Basis.PLAIN)
        if spec.since >= self.before:
            return Grounding(Basis.BROUGHT_IN, None, (self._untrained(spec),))
        return Grounding(Basis.BROUGHT_IN, None, tuple(_against_stated(spec)))

    def _untrained(self, spec: AppointmentSpec) -> Ground:
        steps = steps_of(spec.role, self.place, spec.since)
        cites = steps.cites if steps else ()
        if spec.certificate:
            why = _("No certificate of training with this number is on record.")
            return Ground(why, _("Compare it with the certificate, or enter the course first."), cites, "certificate")
        why = _("From %(day)s on somebody is appointed after training and an examination.") % {"day": self.before}
        way = _("Hold a course and write the number of its certificate.")
        return Ground(why, way, cites, "no-training")


def _against(trainee: Trainee, spec: AppointmentSpec, place: Place) -> list[Ground]:
    course, found = trainee.course, []
    steps = steps_of(spec.role, place, spec.since)
    cites = steps.cites if steps else ()
    if trainee.member.identity_index != index_of(spec.identity):
        why, way = _("The certificate of training is somebody else's."), _("Write this person's own.")
        found.append(Ground(why, way, cites, "certificate-of-another"))
    if not _fits(course, spec):
        why = _("The course was for another role, occupation or level: %(title)s.") % {"title": course.title}
        way = _("Write a certificate for this role, occupation and level.")
        found.append(Ground(why, way, cites, "certificate-scope"))
    if course.examined_on is None or course.examined_on > spec.since:
        why = _("The appointment would begin before the examination.")
        way = _("Begin on the day of the examination or later.")
        found.append(Ground(why, way, cites, "before-examination"))
    return found


def _fits(course: TrainingCourse, spec: AppointmentSpec) -> bool:
    if course.role != spec.role:
        return False
    if spec.role != ASSESSOR:
        return True
    same = course.occupation and spec.occupation and course.occupation.code == spec.occupation.code
    return bool(same) and covers(course.highest_level, spec.highest_level)


def _against_stated(spec: AppointmentSpec) -> list[Ground]:
    if spec.examined_on is None or spec.examined_on <= spec.since:
        return []
    why = _("The examination is later than the appointment.")
    return [Ground(why, _("Check both days."), code="exam-after-appointment")]


def used_before(
    trainee: Trainee, spec: AppointmentSpec, held: Sequence[tuple[object, ...]], place: Place
) -> list[Ground]:
    """Return the ground that the certificate carried an earlier term: renewing asks for training again.

    ``held`` are (training id, since) of the person's terms in the role and occupation.
    """
    if not any(pk == trainee.pk and since != spec.since for pk, since in held):
        return []
    steps = steps_of(spec.role, place, spec.since)
    why = _("An earlier term already rests on this certificate of training.")
    way = _("Train and examine again; then appoint anew.")
    return [Ground(why, way, steps.cites if steps else (), "certificate-used")]
