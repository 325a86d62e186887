"""What's wrong with an uploaded file, in three parts: what, why, and how to mend it.

The words are English source strings, marked for gettext but not translated here: this package runs
without Django. `localise` puts a problem into the reader's language at the edge.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from .messages import MESSAGES


@dataclass(frozen=True)
class Problem:
    """One thing wrong: in which row and column (None and '' for the file), and how to mend it."""

    row: int | None
    column: str
    code: str
    what: str
    why: str
    mend: str
    params: Mapping[str, str] = field(default_factory=dict)


def problem(code: str, *, row: int | None = None, column: str = "", **params: object) -> Problem:
    """A problem of this layer, its English words filled in."""
    return _worded(code, row, column, {name: str(value) for name, value in params.items()})


def _worded(code: str, row: int | None, column: str, told: dict[str, str]) -> Problem:
    what, why, mend = (text % told for text in MESSAGES[code])
    return Problem(row, column, code, what, why, mend, told)


def localise(found: Problem, gettext: Callable[[str], str]) -> Problem:
    """The same problem in the language of `gettext`; problems of other layers stay as they are."""
    texts = MESSAGES.get(found.code)
    if texts is None:
        return found
    what, why, mend = (gettext(text) % found.params for text in texts)
    return replace(found, what=what, why=why, mend=mend)


class Unreadable(ValueError):
    """The file can't be read as what it should be. Nothing of it may be used."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(f"{each.what} {each.mend}" for each in self.problems))


def refuse(code: str, **params: object) -> Unreadable:
    """An `Unreadable` with one problem of this layer."""
    told = {name: str(value) for name, value in params.items()}
    return Unreadable([_worded(code, None, "", told)])
