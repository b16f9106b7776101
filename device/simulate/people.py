"""Citizens and staff of a scenario: they look at their screens every few seconds and do the next sensible thing."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from math import log, sqrt
from typing import Final

from config.scenario import Arrivals, Clerk
from device.table import Table
from device.table_parts import keys_of
from screens.views import ConsolePage, EvaluatorAsk, KioskClosing, KioskHome, KioskNoPaper, KioskTake

LOOKS_SECONDS: Final = 20.0  # until somebody who found no kiosk free tries again
PATIENCE: Final = 30  # tries; then they go home
LOOKS: Final = (4.0, 9.0)  # seconds between two looks at the controller
TO_THE_NEXT_KEY: Final = 0.5
TO_THE_WINDOW: Final = (5.0, 30.0)


def instant(day: datetime, clock: str) -> datetime:
    """That time of this day."""
    return datetime.combine(day.date(), time.fromisoformat(clock), day.tzinfo)


@dataclass
class Citizens:
    """All who come. told: what became of them at the kiosks."""

    hall: Table
    dice: random.Random
    kiosks: tuple[str, ...]
    told: Counter[str] = field(default_factory=Counter)

    def come(self, day: datetime, arrivals: Arrivals) -> None:
        """Put everybody of these into the day, from now on."""
        now, begins, ends = self.hall.clock.now(), instant(day, arrivals.begins), instant(day, arrivals.ends)
        at = begins
        names, shares = list(arrivals.services), list(arrivals.services.values())
        while (at := at + timedelta(seconds=self.dice.expovariate(arrivals.per_hour / 3600))) < ends:
            service = self.dice.choices(names, shares)[0]
            self.hall.later((at - now).total_seconds(), partial(self._arrive, service, arrivals))
            self.told["came"] += 1

    def _arrive(self, service: str, wanted: Arrivals, tries: int = 0) -> None:
        kiosk = self._free(wanted.kiosk)
        if kiosk is None:
            if tries >= PATIENCE:
                self.told["gave up"] += 1
            else:
                self.hall.later(LOOKS_SECONDS, lambda: self._arrive(service, wanted, tries + 1))
            return
        claim = ("priority", f"class:{wanted.klass}", "done") if wanted.klass else ()
        for n, key in enumerate((f"lang:{wanted.lang}", *claim, f"service:{service}")):
            self.hall.later(n * TO_THE_NEXT_KEY, partial(self._touch, kiosk, key))
        last = (len(claim) + 1) * TO_THE_NEXT_KEY
        self.hall.later(last + 2.0, lambda: self._look(kiosk, service, wanted, tries))

    def _touch(self, kiosk: str, key: str) -> None:
        if self.hall.runs(kiosk) and key in keys_of(self.hall.view(kiosk)):
            self.hall.parts(kiosk).screens["main"].touch(key)

    def _free(self, kiosk: str | None) -> str | None:
        """A kiosk that works and nobody stands at."""
        for name in (kiosk,) if kiosk else self.kiosks:
            if self.hall.runs(name) and isinstance(self.hall.view(name), KioskHome):
                return name
        return None

    def _look(self, kiosk: str, service: str, wanted: Arrivals, tries: int) -> None:
        page = self.hall.view(kiosk) if self.hall.runs(kiosk) else None
        match page:
            case KioskTake() | KioskNoPaper():
                self.told["took a ticket" if isinstance(page, KioskTake) else "took a number without paper"] += 1
                self.hall.parts(kiosk).screens["main"].touch("done")
            case KioskClosing():
                self.hall.parts(kiosk).screens["main"].touch("choose:wait")
                self.hall.later(2.5, lambda: self._look(kiosk, service, wanted, tries))
            case _ if tries >= PATIENCE:
                self.told["gave up"] += 1
            case _:
                self.hall.later(LOOKS_SECONDS, lambda: self._arrive(service, wanted, tries + 1))


@dataclass
class Person:
    """One of the staff at one window. until: they go home when nobody is left to serve.

    successor: to whom they hand the window over as soon as nobody is at it.
    """

    hall: Table
    dice: random.Random
    device: str
    evaluator: str
    told: Clerk
    until: datetime
    successor: Person | None = None
    busy_until: float = 0.0
    here: bool = False  # signed in at this window

    def begin(self) -> None:
        """Come to work now."""
        self._work()

    def _work(self) -> None:
        if self.hall.runs(self.device):
            page = self.hall.view(self.device)
            if isinstance(page, ConsolePage) and not self._act(page):
                return
        # Nobody looks up from a citizen's papers before they are through with them.
        busy = self.busy_until - self.hall.clock.mono()
        self.hall.later(max(self.dice.uniform(*LOOKS), busy), self._work)

    def _act(self, page: ConsolePage) -> bool:
        """False: gone home."""
        mono, keys = self.hall.clock.mono(), {key.id for key in page.keys if key.enabled}
        over = self.hall.clock.now() >= self.until
        if page.state != "closed" and not self.here:
            return True  # somebody else is still there
        if page.state == "closed":
            if over:
                return False
            self.hall.key(self.device, "escape")
            self.sign_in()
        elif "checked" in keys:
            self._touch("checked")
        elif page.prompt:
            return self._answer(keys)
        elif page.state == "calling" and mono >= self.busy_until:
            gone = self.dice.random() < self.told.no_show
            self._touch("missed" if gone else "start")
            self.busy_until = mono + (0 if gone else self._stay())
        elif page.state == "serving" and mono >= self.busy_until:
            self._touch("finish")
            if self.dice.random() < self.told.rates:
                self.hall.later(self.dice.uniform(2, 20), self._rate)
        elif page.state in ("open", "overtime") and self.successor:
            self._touch("handover")
        elif page.state in ("open", "overtime") and page.waiting and page.live and "next" in keys:
            self._touch("next")
            self.busy_until = mono + self.dice.uniform(*TO_THE_WINDOW)
        elif page.state in ("open", "overtime") and over:
            self._touch("signout")
        return True

    def _stay(self) -> float:
        """Seconds of one service: lognormal, of the told mean and variation."""
        sigma = sqrt(log(1 + self.told.spread**2))
        return 60 * self.told.minutes * self.dice.lognormvariate(-(sigma**2) / 2, sigma)

    def sign_in(self) -> None:
        """Number and PIN at the window's keyboard."""
        for key in (*self.told.staff, "enter", *self.hall.pins[self.told.staff], "enter"):
            self.hall.key(self.device, key)
        self.here = True

    def _answer(self, keys: set[str]) -> bool:
        """The console asks something: the first reason there is, or who takes over. False: they took over."""
        if self.successor and "enter" in keys:
            self.successor.sign_in()
            self.successor.begin()
            return False
        self._touch(min((key for key in keys if key.startswith("reason:")), default="cancel"))
        return True

    def _touch(self, key: str) -> None:
        screen = self.hall.parts(self.device).screens["main"]
        if key in keys_of(screen.view):
            screen.touch(key)

    def _rate(self) -> None:
        if not self.evaluator or not self.hall.runs(self.evaluator):
            return
        screen = self.hall.parts(self.evaluator).screens.get("main")
        if screen is None or isinstance(screen.view, EvaluatorAsk):  # without a screen people press anyway
            (level,) = self.dice.choices((1, 2, 3, 4, 5), self.told.levels)
            self.hall.button(self.evaluator, level)
