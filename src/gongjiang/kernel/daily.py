"""Work that is done once a day, by whatever worker is about: reminders and forecasts.

An app registers the kind of a job in its ready(); the first worker of the day starts it, the others find it started.
"""

from datetime import date

from gongjiang.kernel import jobs

_kinds: list[str] = []
_started: set[tuple[str, date]] = set()


def register(kind: str) -> None:
    """Have the job of the kind done once a day; its arguments name the day."""
    if kind not in _kinds:
        _kinds.append(kind)


def start(today: date) -> None:
    """Put the day's jobs in the queue unless that was done; cheap to call again."""
    for kind in _kinds:
        if (kind, today) not in _started:
            jobs.start(kind=kind, key=f"{kind}:{today}", arguments={"day": today.isoformat()})
            _started.add((kind, today))
