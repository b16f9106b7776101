"""A roll of paper, counted: what was printed of it, when it nears its end, when it was changed. Pure; the shell's.

Rules:
1. Counted is what was handed to the printer, also what failed: a warning too early is better than one too late.
2. It nears its end when the printer feels it, or when a tenth of a roll is left by the count. That is on record once a
   roll, and stands in the device's state until the roll is changed.
3. A new roll is in when there is paper after there was none, or plenty after there was little and the cover was open.
   While the cover is open nothing is believed: many printers feel no paper then. Or when a person says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from device.contract.messages import PaperChanged, PaperLow, Record
from drivers.events import PrinterReport

LEFT: Final = 0.1  # of a roll; then somebody should fetch a new one
KEPT: Final = "shell.roll"  # the journal's key; not the role's
_KNOW_NOTHING: Final = frozenset({"unplugged", "silent", "driver-fault", "starting"})


@dataclass(slots=True)
class Roll:
    """metres: on a new roll. length: millimetres of a job's paper. `due` are records for the next commit."""

    metres: float
    length: Callable[[bytes], float]
    printed_mm: float = 0.0
    out: bool = False  # the printer feels no paper
    felt: bool = False  # the printer feels that little is left
    opened: bool = False  # the cover, since paper was last felt
    told: bool = False  # paper.low is on record for this roll
    due: list[Record] = field(default_factory=list)

    @property
    def low(self) -> bool:
        """Somebody should fetch a new roll."""
        return self.felt or self.printed_mm >= self.metres * 1000 * (1 - LEFT)

    def begin(self, kept: str | None) -> None:
        """What the journal kept of it from earlier lives."""
        if kept:
            memory = json.loads(kept)
            self.printed_mm = memory["mm"]
            self.out, self.felt, self.opened, self.told = (
                memory[key] for key in ("out", "felt", "opened", "told")
            )  # fmt: skip

    def kept(self) -> str:
        """For the journal, JSON text."""
        memory = {"mm": round(self.printed_mm), "out": self.out, "felt": self.felt}
        return json.dumps(memory | {"opened": self.opened, "told": self.told})

    def print(self, job: bytes) -> None:
        """This goes to the printer."""
        self.printed_mm += self.length(job)
        self._tell()

    def notice(self, report: PrinterReport) -> None:
        """What the printer says of its paper."""
        if report.conditions & _KNOW_NOTHING:
            return
        if "cover-open" in report.conditions:
            self.opened = True
            return
        if "paper-out" in report.conditions:
            self.out = True
            return
        if self.out or (self.opened and self.felt and not report.low):
            self.changed("sensor")
        self.out = self.opened = False
        self.felt = report.low
        self._tell()

    def changed(self, by: Literal["sensor", "person"]) -> None:
        """A new roll is in."""
        self.due.append(PaperChanged(by, round(self.printed_mm / 1000)))
        self.printed_mm, self.out, self.felt, self.told = 0.0, False, False, False

    def _tell(self) -> None:
        if self.low and not self.told:
            self.told = True
            self.due.append(PaperLow(by="sensor" if self.felt else "count"))
