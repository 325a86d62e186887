"""Until when a stage should be done: inner deadlines of the place, which close nothing, and the notice's last day."""

from dataclasses import dataclass
from datetime import date

from gongjiang.filing.models import Application
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel import calendars, notices
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.parts import Deadline, deadline, until
from gongjiang.kernel.settings_of_place import SettingValue, setting

S = ApplicationState
# Which inner deadline counts in which state.
STAGE = {
    S.SUBMITTED: "accept",
    S.RETURNED: "correct",
    S.ACCEPTED: "evaluate",
    S.EVALUATED: "deliberate",
    S.DELIBERATED: "post",
    S.CLEARED: "letter",
}
OPEN = (*STAGE, S.ON_NOTICE)


@dataclass(slots=True)
class Days:
    """The inner deadlines, each place's read once."""

    today: date
    _held: dict[str, SettingValue]

    def __init__(self, today: date) -> None:
        self.today, self._held = today, {}

    def of(self, regime: str) -> SettingValue:
        """Return the setting of the place today."""
        if regime not in self._held:
            self._held[regime] = setting("filing.internal_days", place=regime, day=self.today)
        return self._held[regime]


def since(application: Application) -> date | None:
    """Return the day on which the application reached its stage."""
    days = {
        S.SUBMITTED: application.submitted_at.astimezone(SHANGHAI).date() if application.submitted_at else None,
        S.ACCEPTED: application.accepted_on,
        S.EVALUATED: application.evaluated_on,
        S.DELIBERATED: application.deliberated_on,
        S.ON_NOTICE: application.noticed_on,
        S.CLEARED: application.cleared_on,
    }
    if application.state == S.RETURNED:
        last = application.corrections.last()
        return last.returned_at.astimezone(SHANGHAI).date() if last else None
    return days.get(S(application.state))


def due_of(application: Application, today: date, days: Days | None = None) -> Deadline | None:
    """Return until when the present stage should be done; None where the application left the way, or is a draft."""
    begun = since(application)
    if begun is None:
        return None
    if application.state == S.ON_NOTICE:
        notice = notices.newest_on(application)
        if notice is None:
            return None
        return until(
            notice.last_day,
            today,
            calendars.current(),
            tuple(notice.cites),
            counted=tuple(calendars.current().explain(notice.posted_on, notice.working_days)),
            provisional=notice.provisional,
        )
    held = (days or Days(today)).of(application.regime)
    return deadline(begun, held.value[STAGE[S(application.state)]], today, calendars.current(), rule=held.source)


def age(application: Application, today: date) -> int:
    """Return for how many working days the application has stood at its stage."""
    begun = since(application)
    return calendars.current().working_days_left(begun, today).working_days if begun and begun < today else 0
