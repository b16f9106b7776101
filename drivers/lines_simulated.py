"""The lines of a panel without hardware: another program can have one of them, and their chip can be gone,
or the panel be silent.

Who has a line is the machine's business and not this process's: it is kept beside the bench, and the next start finds
it, until somebody mends it. A line that is ours stays ours, as with the kernel: `busy` shows only when lines are taken,
at the start and when the chip is back.
"""

from __future__ import annotations

from typing import Final

from drivers.events import PartFailed, PartMended
from drivers.faults import known_fault
from drivers.lines import BUSY, LineBusy
from drivers.panel import LEVELS
from drivers.protocols import Place, Post, Workbench

AWAY: Final = ("unplugged", "silent")  # its chip, or the panel at the end of a serial line
FAULTS: Final = (BUSY, *AWAY)
DETAIL: Final = "simulated"
LINE: Final = LEVELS[0]  # here a level's line has its number
USER: Final = "bench"


class SimulatedLines:
    """Five lines, taken on making it. LineBusy if another program has one. lost: they went with their chip."""

    def __init__(self, post: Post, place: Place) -> None:
        self._post, self._part = post, place.part
        self.lost = False
        lasting = place.bench.lasting if isinstance(place.bench, Workbench) else None
        self._note = lasting / f"{place.device}.{place.part}" if lasting else None
        self._faults = {BUSY} if self._note and self._note.exists() else set[str]()
        self._take()

    @property
    def away(self) -> str:
        """Why nothing comes from there or goes there, "" if all does."""
        return next((name for name in AWAY if name in self._faults), "")

    def lose(self) -> None:
        """A chip that goes takes its lines along; it is said once."""
        if self.away and not self.lost:
            self.lost = True
            self._post(PartFailed(self._part, self.away, DETAIL))

    def again(self) -> bool:
        """Take the lines if the chip is back; True if it is and they were free."""
        if self.away or not self.lost:
            return False
        try:
            self._take()
        except LineBusy as busy:
            self._post(PartFailed(self._part, BUSY, busy.tried))
            return False
        self.lost = False
        self._post(PartMended(self._part))
        return True

    def _take(self) -> None:
        if BUSY in self._faults:
            raise LineBusy(self._part, {LINE: USER})

    def fault(self, name: object) -> None:
        """One of FAULTS begins; ValueError for another."""
        self._faults.add(known_fault(self._part, name, FAULTS))
        self._keep()

    def mend(self, name: str = "") -> None:
        """One of FAULTS, or all, are over; ValueError for another."""
        self._faults -= {known_fault(self._part, name, FAULTS)} if name else set(FAULTS)
        self._keep()

    def _keep(self) -> None:
        if self._note is None:
            return
        if BUSY in self._faults:
            self._note.parent.mkdir(mode=0o700, exist_ok=True)
            self._note.touch()
        else:
            self._note.unlink(missing_ok=True)
