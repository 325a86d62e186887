"""Which rooms are used, and who sits in which: spread before seating, so that each room is easy."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate, product
from random import Random

from gongjiang.solvers.seating_model import Person, Pins, Reason, Room


def faults(people: Sequence[Person], rooms: Sequence[Room], pins: Pins) -> list[Reason]:
    """Everything in the input that stands in the way, but for the number of seats."""
    found = [
        Reason("duplicate_person", people=(key,))
        for key, count in sorted(Counter(each.key for each in people).items())
        if count > 1
    ]
    twice = sorted(key for key, count in Counter(room.key for room in rooms).items() if count > 1)
    found += [Reason("duplicate_room", room=key) for key in twice]
    by_key = {each.key: each for each in people}
    by_room = {room.key: room for room in rooms}
    taken: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for key, (room, row, column) in sorted(pins.items()):
        found += _pin_faults(key, by_key.get(key), by_room.get(room), (room, row, column))
        taken[room, row, column].append(key)
    found += [
        Reason("pins_share_seat", people=tuple(keys), room=place[0], seat=place[1:])
        for place, keys in sorted(taken.items())
        if len(keys) > 1
    ]
    return found


def _pin_faults(key: str, person: Person | None, room: Room | None, pin: tuple[str, int, int]) -> list[Reason]:
    seat = pin[1:]
    found = []
    if person is None:
        found.append(Reason("pin_unknown_person", people=(key,), room=pin[0], seat=seat))
    if room is None:
        found.append(Reason("pin_unknown_room", people=(key,), room=pin[0], seat=seat))
    elif seat not in room.seats():
        found.append(Reason("pin_no_such_seat", people=(key,), room=pin[0], seat=seat))
    elif person is not None and person.needs_access and not room.accessible:
        found.append(Reason("pin_not_accessible", people=(key,), room=pin[0], seat=seat))
    return found


def shortages(people: Sequence[Person], rooms: Sequence[Room], pins: Pins) -> list[Reason]:
    """Whether seats, or accessible seats, are short, and by how many."""
    found = []
    short = len(people) - sum(room.capacity for room in rooms)
    if short > 0:
        found.append(Reason("seats_short", short_by=short))
    accessible = {room.key for room in rooms if room.accessible}
    free = sum(room.capacity for room in rooms if room.accessible)
    free -= sum(pin[0] in accessible for pin in pins.values())
    needing = tuple(sorted(each.key for each in people if each.needs_access and each.key not in pins))
    if len(needing) > free:
        found.append(Reason("accessible_seats_short", short_by=len(needing) - free, people=needing))
    return found


def fewest_rooms(people: Sequence[Person], rooms: Sequence[Room], pins: Pins, keep: frozenset[str]) -> list[Room]:
    """The fewest rooms that seat everybody, `keep` among them; of equals, those with the fewest spare seats.

    Exact: for each number of accessible and of other rooms the largest are the best choice. Expects that the whole set
    of rooms is enough (see `shortages`).
    """
    kept = [room for room in rooms if room.key in keep]
    rest = sorted((room for room in rooms if room.key not in keep), key=lambda room: (-room.capacity, room.key))
    with_access = [room for room in rest if room.accessible]
    without = [room for room in rest if not room.accessible]
    sums_access, sums_without = _running(with_access), _running(without)
    accessible = {room.key for room in rooms if room.accessible}
    seats_needed = len(people) - sum(room.capacity for room in kept)
    access_needed = sum(each.needs_access and each.key not in pins for each in people)
    access_needed += sum(pin[0] in accessible for pin in pins.values())
    access_needed -= sum(room.capacity for room in kept if room.accessible)
    _, _, i, j = min(
        (i + j, sums_access[i] + sums_without[j], i, j)
        for i, j in product(range(len(sums_access)), range(len(sums_without)))
        if sums_access[i] + sums_without[j] >= seats_needed and sums_access[i] >= access_needed
    )
    return sorted(kept + with_access[:i] + without[:j], key=lambda room: room.key)


def _running(rooms: Sequence[Room]) -> list[int]:
    return [0, *accumulate(room.capacity for room in rooms)]


def deal(people: Sequence[Person], rooms: Sequence[Room], pins: Pins, rng: Random) -> dict[str, list[Person]]:
    """Deal everybody to a room: rooms equally full, each employer and each paper spread over all of them.

    Pinned people go where they are pinned, people who need access to accessible rooms. The largest employers are dealt
    first, since the small ones fit anywhere.
    """
    free = _quotas(people, rooms, pins)
    quota = {key: max(1, count) for key, count in free.items()}
    hands: dict[str, list[Person]] = {room.key: [] for room in rooms}
    for each in people:
        if each.key in pins:
            hands[pins[each.key][0]].append(each)
            free[pins[each.key][0]] -= 1
    open_rooms = [room.key for room in rooms]
    rng.shuffle(open_rooms)
    accessible = frozenset(room.key for room in rooms if room.accessible)
    dealer = _Dealer(hands, free, quota, open_rooms)
    loose = [each for each in people if each.key not in pins]
    for each in _order(loose, rng):
        dealer.give(each, accessible if each.needs_access else None)
    return hands


def _order(people: Sequence[Person], rng: Random) -> list[Person]:
    mixed = list(people)
    rng.shuffle(mixed)
    size = Counter(each.employer for each in people)
    size[""] = 0
    return sorted(mixed, key=lambda p: (not p.needs_access, -size[p.employer], p.employer, p.occupation, p.level))


def _quotas(people: Sequence[Person], rooms: Sequence[Room], pins: Pins) -> dict[str, int]:
    """People per room, pinned included: as equally full as pins and access allow."""
    quota = Counter(pin[0] for pin in pins.values())
    needing = sum(each.needs_access and each.key not in pins for each in people)
    loose = len(people) - len(pins) - needing
    for count, allowed in ((needing, [room for room in rooms if room.accessible]), (loose, list(rooms))):
        heap = [(quota[room.key] / room.capacity, i) for i, room in enumerate(allowed) if room.capacity]
        heapify(heap)
        for _ in range(count):
            share, i = heappop(heap)
            while share >= 1:
                share, i = heappop(heap)
            room = allowed[i]
            quota[room.key] += 1
            heappush(heap, (quota[room.key] / room.capacity, i))
    return {room.key: quota[room.key] for room in rooms}


class _Dealer:
    """Counts kept while dealing."""

    def __init__(
        self,
        hands: dict[str, list[Person]],
        free: dict[str, int],
        quota: Mapping[str, int],
        order: Sequence[str],
    ) -> None:
        self.hands, self.free, self.quota, self.order = hands, free, quota, order
        self.employers: dict[str, Counter[str]] = defaultdict(Counter)
        self.papers: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for room, dealt in hands.items():
            for each in dealt:
                self._count(each, room)

    def _count(self, person: Person, room: str) -> None:
        if person.employer:
            self.employers[person.employer][room] += 1
        self.papers[person.occupation, person.level][room] += 1

    def give(self, person: Person, allowed: frozenset[str] | None) -> None:
        """Deal to the room that has the smallest share of this employer, then of this paper."""
        employer = self.employers[person.employer]
        paper = self.papers[person.occupation, person.level]
        quota, free = self.quota, self.free
        room = min(
            (key for key in self.order if free[key] > 0 and (allowed is None or key in allowed)),
            key=lambda key: (employer[key] / quota[key], paper[key] / quota[key], -free[key]),
        )
        self.hands[room].append(person)
        free[room] -= 1
        self._count(person, room)
