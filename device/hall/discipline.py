"""Whom to call next, as pure functions of who waits: the hall's policy is data, so policies can be compared.

1. A ticket of a class of rank 1 (an emergency) comes before everybody (R081).
2. An appointment whose time has come comes next: from `early` before its slot; before that it is not called (R181).
3. Whoever has waited `ageing` or longer comes before every priority ticket issued later, so nobody starves (R032).
4. Else the policy decides between the oldest of each class:
   fcfs         who was issued first
   strict       the better rank first (R080, R081)
   weighted     each class gets its share of the window's calls, ordinary tickets have one share
   alternating  a priority ticket and an ordinary one in turn
5. Within a class, who was issued first (R023).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from device.contract.messages import Words

Policy = Literal["fcfs", "strict", "weighted", "alternating"]
Place = tuple[float, float]  # seconds since the epoch at issue, order of arrival
APPOINTMENT: Final = "appointment"
VOUCHER: Final = "voucher"  # who was kept waiting by a power cut (R285)
FIRST, ORDINARY = 1, 100  # ranks
RECENT_MOST: Final = 40  # calls of a window that a policy may look back on


@dataclass(frozen=True, slots=True)
class Klass:
    """A priority class; only these exist (R130). rank: 1 before 2. share: calls in a round, ordinary tickets have 1.

    asked: whether one can say at a kiosk that one has it; else only the hall gives it.
    """

    id: str
    name: Words
    rank: int
    share: int = 2
    proof: Words | None = None
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Discipline:
    """The hall's rules of order; times in seconds. reserve: numbers of a series kept for priority (R080)."""

    policy: Policy = "strict"
    ageing: float = 1800.0
    early: float = 600.0
    late: float = 3600.0
    reserve: int = 0
    slot: float = 1800.0
    slot_places: int = 2
    book_days: int = 7
    classes: Mapping[str, Klass] = field(default_factory=dict)

    def asked(self) -> Mapping[str, Klass]:
        """The classes that a citizen can say they have."""
        return {name: klass for name, klass in self.classes.items() if klass.asked}

    def rank(self, klass: str) -> int:
        """1 is first; a class nobody defined is an ordinary ticket (R130)."""
        return self.classes[klass].rank if klass in self.classes else ORDINARY


@dataclass(frozen=True, slots=True)
class Head:
    """The first of one line. slot: the time of its appointment, seconds since the epoch; 0.0 without one."""

    ticket: str
    place: Place
    klass: str = ""
    slot: float = 0.0


def choose(heads: Sequence[Head], rules: Discipline, recent: Sequence[str], now: float) -> Head | None:
    """Who is next of the first of each line. recent: the classes this window called last, the newest at the end."""
    urgent = [head for head in heads if rules.rank(head.klass) == FIRST]
    if urgent:
        return min(urgent, key=lambda head: head.place)
    due = [head for head in heads if head.slot and head.slot - rules.early <= now]
    if due:
        return min(due, key=lambda head: (head.slot, head.place))
    here = [head for head in heads if not head.slot]
    if not here or rules.policy == "fcfs":
        return min(here, key=lambda head: head.place, default=None)
    aged = [head.place for head in here if now - head.place[0] >= rules.ageing]
    if aged:
        oldest = min(aged)
        here = [head for head in here if head.place <= oldest]
    if rules.policy != "strict":
        group = _turn(here, rules, recent)
        here = [head for head in here if _group(head.klass, rules) == group]
    return min(here, key=lambda head: (rules.rank(head.klass), head.place))


def in_turn(waiting: Iterable[Head], rules: Discipline, now: float) -> list[Head]:
    """Everybody in the order in which windows will call them, as far as it is known now: for forecasts.

    Appointments stand where they would if they were due. Which window takes its turn with whom is not known: weighted
    and alternating are told as if there were one.
    """
    seen: dict[str, int] = {}
    first: list[tuple[tuple[float, ...], Head]] = []
    for head in sorted(waiting, key=lambda head: head.place):
        rank, place = rules.rank(head.klass), head.place
        if rank == FIRST:
            key: tuple[float, ...] = (0, *place)
        elif head.slot:
            key = (1, head.slot, *place)
        elif rules.policy == "fcfs" or now - place[0] >= rules.ageing:
            key = (2, *place)
        elif rules.policy == "strict":
            key = (3, rank, *place)
        else:
            group = _group(head.klass, rules)
            seen[group] = seen.get(group, 0) + 1
            share = rules.classes[group].share if group in rules.classes else 1
            key = (3, seen[group] / share, rank, *place)
        first.append((key, head))
    return [head for _, head in sorted(first, key=lambda pair: pair[0])]


def _group(klass: str, rules: Discipline) -> str:
    if klass not in rules.classes:
        return ""
    return klass if rules.policy == "weighted" else "priority"


def _turn(heads: Iterable[Head], rules: Discipline, recent: Sequence[str]) -> str:
    """The group that is furthest behind its share in the last round of this window's calls."""
    groups = {_group(head.klass, rules): rules.rank(head.klass) for head in heads}
    shares = {group: rules.classes[group].share if group in rules.classes else 1 for group in groups}
    looked = max(sum(shares.values()) - 1, 0)
    last = [_group(klass, rules) for klass in recent[-looked:]] if looked else []
    return min(groups, key=lambda group: (last.count(group) - shares[group], groups[group], group))
