"""What people do in a hall: citizens who come, take, wait, are served and rate; staff who call and serve."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import partial

from device.table import Table
from screens.views import ConsolePage, EvaluatorAsk, KioskHome, KioskNoPaper, KioskTake


def take(hall: Table, service: str = "social", kiosk: str = "kiosk-1") -> str:
    """A citizen takes a ticket and goes; its number."""
    hall.tap(kiosk, f"service:{service}")
    hall.pass_time(2.0)
    page = hall.view(kiosk)
    assert isinstance(page, KioskTake), page
    hall.tap(kiosk, "done")
    return page.number


def serve(hall: Table, window: str = "window-3", staff: str = "1001") -> str:
    """A ticket taken, called and served; its rating is still awaited."""
    number = take(hall)
    hall.sign_in(window, staff)
    hall.tap(window, "next", "start")
    hall.pass_time(60)
    hall.tap(window, "finish")
    return number


@dataclass
class Citizens:
    """They come at random times, take a ticket if the kiosk gives one, and come back in a minute if it does not."""

    hall: Table
    dice: random.Random
    took: list[str] = field(default_factory=list)
    turned_away: int = 0

    def come(self, count: int, seconds: float, services: tuple[str, ...], kiosk: str = "kiosk-1") -> None:
        """So many of them within the next `seconds`."""
        for _ in range(count):
            service = self.dice.choice(services)
            self.hall.later(self.dice.uniform(0, seconds), partial(self._arrive, service, kiosk))

    def _arrive(self, service: str, kiosk: str) -> None:
        if not self.hall.runs(kiosk) or not isinstance(self.hall.view(kiosk), KioskHome):
            self.turned_away += 1
            self.hall.later(20.0, lambda: self._arrive(service, kiosk))
            return
        self.hall.parts(kiosk).screens["main"].touch(f"service:{service}")
        self.hall.later(2.5, lambda: self._look(service, kiosk))

    def _look(self, service: str, kiosk: str) -> None:
        page = self.hall.view(kiosk) if self.hall.runs(kiosk) else None
        if isinstance(page, KioskTake | KioskNoPaper):
            self.took.append(page.number)
            self.hall.parts(kiosk).screens["main"].touch("done")
        else:
            self.hall.later(20.0, lambda: self._arrive(service, kiosk))


@dataclass
class Clerk:
    """Sits at a window, looks at the controller every few seconds and does the next sensible thing."""

    hall: Table
    dice: random.Random
    window: str
    evaluator: str
    staff: str
    until: float  # monotonic: then the clerk signs out as soon as nobody is served
    busy_until: float = 0.0

    def begin(self) -> None:
        """Come to work now."""
        self._work()

    def _work(self) -> None:
        if self.hall.runs(self.window):
            page = self.hall.view(self.window)
            if isinstance(page, ConsolePage) and not self._act(page):
                return
        self.hall.later(self.dice.uniform(2.0, 5.0), self._work)

    def _act(self, page: ConsolePage) -> bool:
        """False: gone home."""
        now, keys = self.hall.clock.mono(), {key.id for key in page.keys if key.enabled}
        if page.state == "closed":
            if now >= self.until:
                return False
            self._sign_in()
        elif "checked" in keys:
            self._touch("checked")
        elif page.state == "calling" and now >= self.busy_until:
            self._touch("missed" if self.dice.random() < 0.1 else "start")
            self.busy_until = now + self.dice.uniform(60, 240)
        elif page.state == "serving" and now >= self.busy_until:
            self._touch("finish")
            if self.dice.random() < 0.8:
                self.hall.later(self.dice.uniform(2, 20), self._rate)
        elif page.state == "open" and now >= self.until and "signout" in keys:
            self._touch("signout")
        elif page.state == "open" and "next" in keys and page.live and page.waiting:
            self._touch("next")
            self.busy_until = now + self.dice.uniform(5, 30)
        return True

    def _sign_in(self) -> None:
        for key in (*self.staff, "enter", *self.hall.pins[self.staff], "enter"):
            self.hall.key(self.window, key)

    def _touch(self, key: str) -> None:
        self.hall.parts(self.window).screens["main"].touch(key)

    def _rate(self) -> None:
        if self.hall.runs(self.evaluator) and isinstance(self.hall.view(self.evaluator), EvaluatorAsk):
            self.hall.button(self.evaluator, self.dice.choice((5, 5, 5, 4, 3, 2, 1)))
