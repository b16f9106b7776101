"""From bouncing contacts to presses that count. Pure: time comes in with the edges, in seconds of a rising clock.

`Debouncer`: edges -> settled contacts, by the kernel's own rule for GPIO lines: every edge starts the quiet time again;
what has been quiet for `settle` seconds is believed. A spark shorter than that is nothing.
`Panel`: five contacts under one hand -> what the evaluator may count. A rating decides pay, so:

1. A button that goes down alone is a press, at once when it has settled.
2. Two that go down within one debounce window are no press: nobody knows which was meant. `ButtonsUnclear` says so,
   and the evaluator asks again.
3. A button that goes down while another is held is ignored: the first is what the finger aimed at, the second a sleeve.
   Counting neither would lose an honest rating, counting both would let one hand rate twice.
4. What no finger does is a fault of the part and rates nothing, and it holds no other button off: `stuck` (down since
   the start, or longer than `stuck_seconds`), `loose` (never comes to rest), `short` (the same two always together).
   The fault's code names the levels, `stuck-5-1`; it ends by itself when the contacts behave again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from drivers.events import ButtonPressed, ButtonsUnclear, HardwareEvent, PartFailed, PartMended

# Ganssle, A Guide to Debouncing (2004): of 18 kinds of switch bouncing lasted 1.6 ms on average, 6.2 ms at most but
# for one (157 ms, which we take for the longest that is no defect). A finger's shortest press lasts about 50 ms.
DEBOUNCE_MS: Final = 20
STUCK_SECONDS: Final = 10.0
RIVAL_SECONDS: Final = 0.16  # a contact that moves for longer is noise, and no press waits for it
LOOSE_SECONDS: Final = 1.0
SHORT_TIMES: Final = 3  # so often the same buttons together, none of them alone between: that is a wire, not a hand

_SAYS: Final = {
    "short": "always go down together: their wires touch",
    "stuck": "down since the start or for too long",
    "loose": "never comes to rest: its wire is loose",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A contact has settled: closed (down) or open, believed since `at`."""

    level: int
    closed: bool
    at: float


@dataclass(slots=True)
class _Motion:
    closed: bool
    last: float
    since: float


class Debouncer:
    """Several contacts, each with its own quiet time. Edges must come in the order of their time."""

    def __init__(self, settle: float, closed: Iterable[int] = ()) -> None:
        self._settle = settle
        self._settled = dict.fromkeys(closed, True)
        self._moving: dict[int, _Motion] = {}

    def edge(self, level: int, closed: bool, at: float) -> list[Change]:
        """The contact moved and now is as told. Returns what settled before `at`."""
        changes = self.settle(at)
        motion = self._moving.setdefault(level, _Motion(closed, at, at))
        motion.closed, motion.last = closed, at
        return changes

    def amend(self, level: int, closed: bool, at: float) -> None:
        """The contact was looked at and is as told. If that is not what its last edge said, an edge was lost."""
        motion = self._moving.get(level)
        if closed != (motion.closed if motion else self.down(level)):
            since = motion.since if motion else at
            self._moving[level] = _Motion(closed, at, since)

    def moving(self) -> set[int]:
        """The contacts that are not settled."""
        return set(self._moving)

    def unrest(self, now: float) -> dict[int, float]:
        """The contacts that are not settled, and for how many seconds they have not been."""
        return {level: now - motion.since for level, motion in self._moving.items()}

    def down(self, level: int) -> bool:
        """As it last settled."""
        return self._settled.get(level, False)

    def due(self) -> float | None:
        """When `settle` has something to do next, if no further edge comes."""
        return min((motion.last + self._settle for motion in self._moving.values()), default=None)

    def settle(self, now: float) -> list[Change]:
        """What has been quiet long enough by `now` and is not as it was, in the order in which it settled."""
        quiet = [(motion.last + self._settle, level) for level, motion in self._moving.items()]
        changes = []
        for at, level in sorted((at, level) for at, level in quiet if at <= now):
            closed = self._moving.pop(level).closed
            if closed != self.down(level):
                self._settled[level] = closed
                changes.append(Change(level, closed, at))
        return changes


class Panel:
    """The module's rules for five buttons. closed: those that are down at the start, `at`. Edges in the order of time.

    settle: the debounce window in seconds. Nothing waits longer than it, but for a rival that is still bouncing.
    """

    def __init__(
        self, part: str, closed: Iterable[int], at: float, settle: float, stuck_seconds: float = STUCK_SECONDS
    ) -> None:
        closed = list(closed)
        self._part, self._stuck_seconds = part, stuck_seconds
        self._contacts = Debouncer(settle, closed)
        self._down = dict.fromkeys(closed, at)
        self._wrong: dict[str, set[int]] = {"short": set(), "stuck": set(closed), "loose": set()}
        self._told = ""
        self._start = at
        self._aimed: list[int] = []  # went down in one window; what they mean is known when no rival moves any more
        self._unclear: tuple[frozenset[int], int] = (frozenset(), 0)  # the last that went together, and how often

    def edge(self, level: int, closed: bool, at: float) -> list[HardwareEvent]:
        """This contact moved and now is as told; returns what the role is to hear."""
        told = self._settle(at)
        self._contacts.edge(level, closed, at)
        return told + self._judge(at)

    def tick(self, now: float) -> list[HardwareEvent]:
        """What time alone decides by `now`."""
        return self._settle(now) + self._judge(now)

    def amend(self, level: int, closed: bool, at: float) -> None:
        """The contact was looked at just now; to be done before a `tick`, since a port may lose or misread an edge."""
        self._contacts.amend(level, closed, at)

    def retell(self) -> list[HardwareEvent]:
        """The fault once more, if there is one: another of the same part hid it, and has ended."""
        self._told = ""
        return self._faults()

    def moving(self) -> set[int]:
        """The contacts that are not settled."""
        return self._contacts.moving()

    @property
    def resting(self) -> bool:
        """Whether all buttons are up and no contact moves."""
        return not self._down and not self._contacts.moving()

    @property
    def fault(self) -> str:
        """The code of the fault that was told and has not ended, "" without one."""
        return self._told

    def due(self) -> float | None:
        """When `tick` has something to do next, if nothing moves."""
        if self._told != self._code():
            return self._start
        held = [at + self._stuck_seconds for level, at in self._down.items() if level not in self._wrong["stuck"]]
        settling = self._contacts.due()
        return min([*held, *([] if settling is None else [settling])], default=None)

    def _settle(self, now: float) -> list[HardwareEvent]:
        told: list[HardwareEvent] = []
        while (due := self._contacts.due()) is not None and due <= now:
            for change in self._contacts.settle(due):
                self._change(change)
            told += self._judge(due)
        return told

    def _change(self, change: Change) -> None:
        if not change.closed:
            self._down.pop(change.level, None)
            self._wrong["stuck"].discard(change.level)
            return
        held = self._down.keys() - self._wrong["stuck"]
        if held <= set(self._aimed):  # nobody is held, or only what came in this very window
            self._aimed.append(change.level)
        self._down[change.level] = change.at

    def _judge(self, now: float) -> list[HardwareEvent]:
        unrest = self._contacts.unrest(now)
        self._wrong["loose"] = {level for level, seconds in unrest.items() if seconds >= LOOSE_SECONDS}
        self._wrong["stuck"] |= {level for level, at in self._down.items() if at + self._stuck_seconds <= now}
        rivals = {level for level, seconds in unrest.items() if seconds < RIVAL_SECONDS} - self._down.keys()
        told: list[HardwareEvent] = []
        if self._aimed and not rivals:
            told.append(self._meant())
            self._aimed.clear()
        return told + self._faults()

    def _meant(self) -> HardwareEvent:
        if len(self._aimed) == 1:
            [level] = self._aimed
            if level in self._unclear[0]:  # it can go down alone after all
                self._unclear = frozenset(), 0
                self._wrong["short"].clear()
            return ButtonPressed(level)
        together = frozenset(self._aimed)
        before, times = self._unclear
        self._unclear = together, times + 1 if together == before else 1
        if self._unclear[1] >= SHORT_TIMES:
            self._wrong["short"] = set(together)
        return ButtonsUnclear(tuple(sorted(together, reverse=True)))

    def _faults(self) -> list[HardwareEvent]:
        code = self._code()
        if code == self._told:
            return []
        self._told = code
        if not code:
            return [PartMended(self._part)]
        says = [f"level {_list(levels)}: {_SAYS[kind]}" for kind, levels in self._wrong.items() if levels]
        return [PartFailed(self._part, code, "; ".join(says))]

    def _code(self) -> str:
        kind = next((kind for kind, levels in self._wrong.items() if levels), "")
        return "-".join([kind, *map(str, sorted(self._wrong[kind], reverse=True))]) if kind else ""


def _list(levels: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(levels, reverse=True)))
