"""The demo province: a whole province of invented people and bodies at work, the same each time it is loaded."""

from collections.abc import Callable


class HalfLoaded(Exception):
    """An earlier loading was cut off; what it left must be thrown away first."""


def load(say: Callable[[str], None], *, workers: int = 2) -> None:
    """Load the province and set the demo's clock to 2026-06-17 10:24, saying how far it has come.

    Papers are made by so many processes beside; with none of them in this one.

    :raises HalfLoaded: bodies are there already.
    """
    # The processes beside import this package before Django is set up.
    from django.utils import translation

    from gongjiang.bodies.models import AssessmentBody
    from gongjiang.kernel import clock
    from gongjiang.kernel.actor import system
    from gongjiang.portal.actions import set_demo_clock
    from gongjiang.portal.demo.world import START, World

    if AssessmentBody.everything.exists():
        raise HalfLoaded("the database holds bodies already: load anew with gongjiang demo --reload-data")
    with translation.override("zh-hans"):
        World(say, workers=workers).make()
        set_demo_clock(actor=system("demo"), at=clock.now(), to=START)
