"""Schedules told by their seed: lived one after another and counted; one that broke a promise is told as a story."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tests.faults.halls import cheap
from tests.faults.kinds import Outcome, tell
from tests.helpers.table import Laid
from tests.scenarios.account import Account
from tests.scenarios.breaks import BREAKS, mend_all
from tests.scenarios.hands import Hands
from tests.scenarios.hurt import HurtHall

TELL_SECONDS = 20.0
EVERYTHING = tuple(sorted(BREAKS))
ARRIVE_SECONDS = 4.0  # the lines come up after one
GIVE_UP_SECONDS = 120.0
STORY = 60  # lines of a story that are shown


class Lost(AssertionError):
    """Something that was promised is nowhere."""


class Doubled(AssertionError):
    """Something is there twice."""


@dataclass
class Story:
    """One hall, the dice that decide what happens in it, and what happened."""

    seed: int
    laid: Laid
    start: datetime
    hall: HurtHall = field(init=False)
    dice: random.Random = field(init=False)
    hands: Hands = field(init=False)
    noted: Counter[str] = field(default_factory=Counter)  # what the suite wants to count besides

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.hall = HurtHall(self.laid, self.start, seed=self.seed)
        self.hands = Hands(self.hall, self.dice, Account(self.hall))
        self.tell = self.hands.tell

    def wreck(self, kinds: Sequence[str] = EVERYTHING) -> None:
        """One thing breaks, of these kinds."""
        self.tell(BREAKS[self.dice.choice(kinds)](self.hall, self.dice))

    def wait(self, *seconds: float) -> None:
        """One of these times at most passes."""
        self.hall.pass_time(self.dice.choice(seconds) * self.dice.random())

    def mend(self) -> None:
        """Everything is whole again, and time passes until everything has arrived, or could have."""
        self.tell("everything is mended")
        mend_all(self.hall, anew=True)
        self.hall.pass_time(ARRIVE_SECONDS)
        begun = self.hall.clock.mono()
        while self.hall.unsent() and self.hall.clock.mono() - begun < GIVE_UP_SECONDS:
            mend_all(self.hall, anew=False)
            self.hall.pass_time(ARRIVE_SECONDS)


Live = Callable[[Story], int]
"""Lives a schedule to its end and checks it; how much was tried. Raises Lost, Doubled, AssertionError or worse."""


@dataclass(frozen=True)
class Suite:
    """One promise's schedules. begin: the hall of a seed. every: so many schedules between two looks at the clock."""

    promise: str
    begin: Callable[[int], Story]
    live: Live

    def one(self, seed: int) -> int:
        """One schedule; whatever it raises carries its story and how to see it again."""
        with cheap():
            return self._one(self.begin(seed))

    def replay(self, seed: int) -> bool:
        """Live one schedule again and tell all of it; whether it held."""
        with cheap():
            story = self.begin(seed)
            try:
                self.live(story)
            except Exception as wrong:  # noqa: BLE001  told like everything else
                story.tell(f"{type(wrong).__name__}: {wrong}")
                held = False
            else:
                held = True
        for line in story.hands.told:
            tell(line)
        return held

    def many(
        self, first: int, count: int, why: str, *, enough: int | None = None, full: bool = False, stop: bool = False
    ) -> Outcome:
        """So many schedules, or as many as it takes to have tried `enough`; goes on after a failure.

        stop: at the first failure instead.

        why: what was tried, with {schedules}, {tried} and {noted[...]} to be filled in.
        """
        begun = said = time.monotonic()
        tried = lost = doubled = failed = schedules = 0
        noted: Counter[str] = Counter()
        worst: tuple[int, Exception] | None = None
        with cheap():
            while (schedules < count) if enough is None else (tried < enough):
                seed = first + schedules
                schedules += 1
                story = self.begin(seed)
                try:
                    tried += self._one(story)
                    noted += story.noted
                except Exception as wrong:  # noqa: BLE001  a role that raises has failed like one that loses
                    lost += isinstance(wrong, Lost)
                    doubled += isinstance(wrong, Doubled)
                    failed += not isinstance(wrong, Lost | Doubled)
                    if stop:
                        count = enough = 0
                    if worst is None:
                        worst = (seed, wrong)
                        tell(f"{self.promise}: seed {seed}: {type(wrong).__name__}: {wrong}")
                if time.monotonic() - said > TELL_SECONDS:
                    said = time.monotonic()
                    tell(f"{self.promise}: {schedules:,} schedules, {tried:,} tried, {said - begun:.0f} s")
        text = why.format(schedules=f"{schedules:,}", tried=f"{tried:,}", noted=noted)
        if worst:
            text += f" Seed {worst[0]} did not hold: {str(worst[1]).splitlines()[0] if str(worst[1]) else worst[1]!r}"
        again = f"python -m tests.faults {self.promise} --seed {worst[0] if worst else first}"
        return Outcome(tried, lost, doubled, failed, worst[0] if worst else first, again + " --full" * full, text)

    def _one(self, story: Story) -> int:
        try:
            return self.live(story)
        except Exception as wrong:
            again = f"python -m tests.faults {self.promise} --seed {story.seed} --replay"
            wrong.add_note("\n".join([*story.hands.told[-STORY:], again]))
            raise
