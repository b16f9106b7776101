"""A window with its staff member at work, in a hall where the bench is the kiosk: what S3 and S4 have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.bench.marks import Marks
from tests.bench.rig import Rig
from tests.bench.wire import Wire

WINDOW: Final = "window-3"
KIOSK: Final = "kiosk-1"
SERVICE: Final = "social"


@dataclass(slots=True)
class Desk:
    """The staff's hands at window 3. Every step returns when the window shows that it is done."""

    hall: Rig
    marks: Marks
    wire: Wire
    records: int = 0  # that the window has made

    def sign_in(self) -> None:
        """The first of the hall's staff."""
        staff, pin = next(iter(self.hall.hall.pins.items()))
        self.marks.shown(WINDOW, "ConsolePage", key="type:1", waiting=0)  # so its line is up
        self.hall.hands(WINDOW, "screen", "type", keys=[*staff, "enter", *pin, "enter"])
        self.marks.shown(WINDOW, "ConsolePage", key="next")
        self._recorded(1)

    def arrive(self) -> str:
        """A citizen takes a number; it is returned when the window shows that somebody waits."""
        self.marks.forget(WINDOW)
        number = self.wire.ticket(KIOSK, SERVICE)
        self.marks.shown(WINDOW, "ConsolePage", waiting=1)
        return number

    def tap(self, key: str) -> None:
        """Touch this key of the console, which is there."""
        self.marks.forget(WINDOW)
        self.hall.hands(WINDOW, "screen", "tap", key=key)

    def called(self) -> None:
        """After `next`: the call stands at the window."""
        self.marks.shown(WINDOW, "ConsolePage", key="start")

    def serve(self) -> None:
        """Start and finish; the coordinator's book has both, and the invitation. Nobody waits, as the window shows:
        that is said a moment later, and one who came meanwhile would change nothing of what was said before.
        """
        self.tap("start")
        self.marks.shown(WINDOW, "ConsolePage", key="finish")
        self.tap("finish")
        self.marks.shown(WINDOW, "ConsolePage", key="next", waiting=0)
        self._recorded(3)

    def _recorded(self, count: int) -> None:
        self.records += count
        self.wire.receipted(WINDOW, self.records)
