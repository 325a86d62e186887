"""Everything that the demo's stories share, and the loading itself: all acts of all stories in the order of time."""

import time as stopwatch
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction

from gongjiang.accounts.models import User
from gongjiang.certificates.models import Certificate
from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel import checkpoints
from gongjiang.kernel.actor import system
from gongjiang.planning.models import Batch
from gongjiang.portal.demo import beside, own_level, periodic, supervised, turns
from gongjiang.portal.demo.batches import BATCHES
from gongjiang.portal.demo.cast import BODIES, Cast, moment
from gongjiang.portal.demo.filings import plot
from gongjiang.portal.demo.papers import Papers
from gongjiang.portal.demo.story import Event, Story
from gongjiang.standards.actions import load_catalogue, load_example_weights

START = datetime.combine(date(2026, 6, 17), time(10, 24), tzinfo=moment(date(2026, 6, 17)).tzinfo)
"""The instant at which the demo opens."""
Say = Callable[[str], None]


class World:
    """The province while it is being made. ``marks`` are scores that a story needs: by batch, part and name."""

    def __init__(self, say: Say, *, workers: int) -> None:
        self.say = say
        self.began = stopwatch.monotonic()
        self.marks: dict[tuple[str, str, str], Decimal] = {}
        self.cast, self.papers = Cast(), Papers(workers)
        self.stories: dict[str, Story] = {}

    def tell(self, text: str) -> None:
        """Say how far the loading is, with the seconds that it took."""
        self.say(f"{stopwatch.monotonic() - self.began:6.1f} s  {text}")

    def make(self) -> None:
        """Make everything, step by step."""
        beside.hurry()
        counts = load_catalogue(actor=system("demo"), at=moment(date(2025, 8, 25), time(8)))
        load_example_weights(actor=system("demo"), at=moment(date(2025, 8, 25), time(8)))
        self.tell(f"1/4  职业与标准：{counts['occupations']} 个职业，{counts['standards']} 个标准")
        with transaction.atomic():
            self.cast.assemble()
        self.tell(f"2/4  机构与人员：{len(BODIES)} 家机构，{User.objects.count()} 个账号")
        self.stories = {spec.key: Story(spec, self, n) for n, spec in enumerate(BATCHES)}
        turns.prepare(self)
        self.go(sorted(self.events(), key=lambda event: event.at))
        self.papers.finish()
        turns.afterwards(self)
        counted = (model.everything.count() for model in (Batch, Enrolment, Certificate))
        self.tell("4/4  {} 个批次，{} 人次报名，{} 张证书".format(*counted))
        self.open()

    def events(self) -> list[Event]:
        """Return everything that is done before the demo opens."""
        found = [event for story in self.stories.values() for event in story.events()]
        filed = (Event(moment(day, hour), do) for day, hour, do in plot.events(self))
        seen = (Event(moment(day, hour), do) for day, hour, do in supervised.events(self))
        own = (Event(moment(day, hour), do) for day, hour, do in own_level.events(self))
        told = (Event(moment(day, hour), do) for day, hour, do in periodic.events(self))
        return [*found, *turns.events(self), *filed, *seen, *own, *told]

    def go(self, events: list[Event]) -> None:
        """Do it all in the order of time, saying so as each batch comes to where it stands."""
        left = Counter(event.story.spec.key for event in events if event.story)
        for event in events:
            event.do(event.at)
            story = event.story
            if story is None:
                continue
            left[story.spec.key] -= 1
            if not left[story.spec.key]:
                batch, done = story.refresh(), sum(not n for n in left.values())
                rows = len(story.people)
                state = batch.get_state_display()
                self.tell(f"3/4  批次 {done}/{len(left)}：{batch.number} {batch.body.name}，{rows} 人，{state}")

    def open(self) -> None:
        """Let the people in and close the books of the loading."""
        checkpoints.publish_checkpoint(at=START, actor=system("demo"))
        known = [user.pk for user in self.cast.ways_in()]
        User.objects.filter(pk__in=known).update(is_active=True)
