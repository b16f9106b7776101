"""Who waits, in lines of equals: the same target, class and need, with an appointment or without, sorted by place. Only
the first of a line can be next, so finding them costs the same however many wait.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from device.hall.discipline import Head

if TYPE_CHECKING:
    from device.hall.queue import Card

Target = str | int  # a service, or the one window that may call
Kind = tuple[str, str, bool]  # class, need, whether at a time of their own
Entry = tuple[float, float, float, str]  # slot, place, ticket
Allows = Callable[[str, str], bool]  # service, need -> whether this window may call it


def _anybody(_service: str, _need: str) -> bool:
    return True


@dataclass(slots=True)
class Lanes:
    """Cards in and out; a card must leave as it came in, so take it out before it changes."""

    lanes: dict[Target, dict[Kind, list[Entry]]] = field(default_factory=dict)

    def put(self, card: Card) -> None:
        """This card waits."""
        insort(self.lanes.setdefault(_target(card), {}).setdefault(_kind(card), []), _entry(card))

    def take(self, card: Card) -> None:
        """It does not any more, or is about to change."""
        target, kind = _target(card), _kind(card)
        line = self.lanes[target][kind]
        del line[bisect_left(line, _entry(card))]
        if not line:
            del self.lanes[target][kind]

    def heads(self, services: Iterable[str], window: int, allows: Allows = _anybody) -> list[Head]:
        """The first of each line this window may call from."""
        return [
            Head(ticket, (at, order), kind[0], slot)
            for kind, line in self._lines(services, window, allows)
            for slot, at, order, ticket in line[:1]
        ]

    def first(self, service: str, count: int, allows: Allows = _anybody) -> list[list[Head]]:
        """The first few of each line for this service, whichever window will call them."""
        return [
            [Head(ticket, (at, order), klass, slot) for slot, at, order, ticket in line[:count]]
            for (klass, need, _), line in self.lanes.get(service, {}).items()
            if allows(service, need)
        ]

    def count(self, service: str, window: int = 0) -> int:
        """How many wait for this service, or for this one window."""
        return sum(map(len, self.lanes.get(window or service, {}).values()))

    def tickets(self, services: Iterable[str], window: int) -> list[str]:
        """Everybody who waits for one of these, by place."""
        entries = [entry for _, line in self._lines(services, window, _anybody) for entry in line]
        return [ticket for _, _, _, ticket in sorted(entries, key=lambda entry: entry[1:])]

    def everybody(self, service: str = "") -> Iterator[Head]:
        """All who wait, or those who wait for this service; in no order."""
        targets = [self.lanes.get(service, {})] if service else self.lanes.values()
        for kinds in targets:
            for kind, line in kinds.items():
                for slot, at, order, ticket in line:
                    yield Head(ticket, (at, order), kind[0], slot)

    def _lines(self, services: Iterable[str], window: int, allows: Allows) -> Iterator[tuple[Kind, list[Entry]]]:
        for target in services:
            for kind, line in self.lanes.get(target, {}).items():
                if allows(target, kind[1]):
                    yield kind, line
        if window:
            yield from self.lanes.get(window, {}).items()


def _target(card: Card) -> Target:
    return card.only or card.service


def _kind(card: Card) -> Kind:
    return card.klass, card.need, card.slot > 0


def _entry(card: Card) -> Entry:
    return (card.slot, *card.place, card.ticket)
