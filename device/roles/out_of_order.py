"""Stands in for a role that must promise nothing now: its screens say what people should do instead (R037, R150)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from device.effects import Began, Effect, Event, Remind, Reminded, Show
from device.moment import Moment
from device.roles.common import clockface
from screens.views import OutOfOrder

CLOCK: Final = "clock"
CLOCK_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class OutOfOrderRole:
    """screens: those the device has, by the names `Show` uses. code: for the person who comes to mend it. second: the
    language beside Chinese."""

    device: str
    code: str
    screens: tuple[str, ...]
    second: str = "en"

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        """Shows the page, and the time on it; whatever else happens is nobody's promise."""
        match event:
            case Began() | Reminded("clock"):
                page = OutOfOrder(self.device, self.code, clockface(moment), self.second)
                return [*(Show(page, screen) for screen in self.screens), Remind(CLOCK_SECONDS, CLOCK)]
            case _:
                return []
