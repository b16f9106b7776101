"""What a device says of itself: ready, faulty with what since when and who mends it, or offline (its will says that).

Faults come from parts that failed and from the printer's own word; each is a pair of records, fault.began and
fault.ended, and stands in the retained state as long as it lasts. What was broken when the power went is remembered:
a part that starts well afterwards has its fault ended, not forgotten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from device.contract.messages import DeviceState, FaultBegan, FaultEnded, FaultNote, Record
from device.moment import instant
from drivers.events import Mender, PartFailed, PartMended, PrinterReport

RoleName = Literal["kiosk", "board", "window", "evaluator", "coordinator"]
KEPT: Final = "shell.faults"  # the key below which the journal keeps open faults; not the role's
NEARLY_FULL: Final = 0.8
FULL: Final = 0.95  # from here on roles promise nothing; the rest is for faults that begin and end meanwhile
_NAME: Final = re.compile("[a-z][a-z0-9-]{0,31}")  # as on the wire
# On record and told like a fault, but nobody is sent elsewhere (R155): what a screen shows or a voice says with less
# than meant, too.
WORKS_ON: Final = frozenset(
    {"undervoltage", "font-missing", "glyph-missing", "photo-missing", "logo-missing", "text-cut", "keys-small",
     "phrase-missing", "clip-damaged", "language-silent"}
)  # fmt: skip
_STAFF_MENDS: Final = frozenset({"paper-out", "paper-low", "cover-open"})


@dataclass(slots=True)
class Presence:
    """One device's health. Every method returns the records to remember; `changed` then asks for a new state.

    wall: now, in hall time.
    """

    role: RoleName
    version: str
    boot: str
    config: str
    theme: str = ""
    faults: dict[str, FaultNote] = field(default_factory=dict)  # by part; what else it has, by part and code
    soon: dict[str, FaultNote] = field(default_factory=dict)  # by part: what will be one, and what it works in spite of
    changed: bool = True

    def begin(self, kept: Mapping[str, str]) -> list[Record]:
        """Parts that were broken in the last life and have started now work again."""
        before: dict[str, str] = json.loads(kept.get(KEPT, "{}"))
        return [FaultEnded(part.partition(" ")[0], code) for part, code in before.items()]

    def notice(self, event: object, wall: datetime) -> list[Record]:
        """What this event of a part means for the device's health."""
        match event:
            case PartFailed(part, code, _, mender):
                return self._began(part, code, wall, mender)
            case PrinterReport(ready=False, code=code, also=also):
                return self._all_of("printer", (code, *also), wall)
            case PartMended(part):
                return self._ended(part)
            case PrinterReport(ready=True):
                return self._ended("printer")
            case _:
                return []

    def book_behind(self, behind: bool, wall: datetime) -> list[Record]:
        """The coordinator's book lacks what this device no longer has."""
        return self._began("book", "book-behind", wall, "technician") if behind else self._ended("book")

    def paper_ends(self, low: bool, wall: datetime) -> None:
        """Little paper is left: nothing is broken, nobody waits, and somebody should fetch a new roll."""
        if low == ("paper" in self.soon):
            return
        self.changed = True
        if low:
            self.soon["paper"] = FaultNote("paper", "paper-low", instant(wall), "staff", "soon")
        else:
            del self.soon["paper"]

    def journal_fills(self, part: float, wall: datetime) -> list[Record]:
        """How much of the journal is taken by records without a receipt, 0 to 1; a full one ends the device's work."""
        if part >= FULL:
            return self._began("journal", "full", wall, "technician")
        if part >= NEARLY_FULL:
            return self._began("journal", "nearly-full", wall, "technician")
        return self._ended("journal") if part < NEARLY_FULL - 0.1 else []  # so that it does not flicker at the edge

    def state(self) -> DeviceState:
        """As it is published, retained."""
        status: Literal["ready", "fault"] = "fault" if self.faults else "ready"
        notes = (*self.faults.values(), *self.soon.values())
        return DeviceState(self.role, self.version, self.boot, status, notes, self.config, self.theme)

    def farewell(self) -> DeviceState:
        """What is said on leaving, and by the broker as the will."""
        return DeviceState(self.role, self.version, self.boot, "offline", (), self.config, self.theme)

    def kept(self) -> str | None:
        """What the journal keeps of it, JSON text; None if all is well."""
        noted = self.faults | {part: note for part, note in self.soon.items() if note.code in WORKS_ON}
        return json.dumps({part: note.code for part, note in noted.items()}) if noted else None

    def _all_of(self, part: str, codes: Sequence[str], wall: datetime) -> list[Record]:
        """Several things at once; each began when it was first said and ends when it is not said any more."""
        before = {note.code: note for key, note in self.faults.items() if key.partition(" ")[0] == part}
        if tuple(before) == tuple(codes):
            return []
        self.faults = {key: note for key, note in self.faults.items() if key.partition(" ")[0] != part}
        for code in codes:
            mender: Mender = "staff" if code in _STAFF_MENDS else "technician"
            key = f"{part} {code}" if part in self.faults else part
            self.faults[key] = before.get(code) or FaultNote(part, code, instant(wall), mender)
        self.changed = True
        ended = [FaultEnded(part, code) for code in before if code not in codes]
        return [*ended, *(FaultBegan(part, code) for code in codes if code not in before)]

    def _began(self, part: str, said: str, wall: datetime, mender: Mender) -> list[Record]:
        code = said if _NAME.fullmatch(said) else "unknown"  # a driver's odd word must not end the device
        before = self.faults.get(part) or self.soon.get(part)
        if before and before.code == code:
            return []
        ended = self._ended(part)
        if code in WORKS_ON:
            self.soon[part] = FaultNote(part, code, instant(wall), mender, "soon")
        else:
            self.faults[part] = FaultNote(part, code, instant(wall), mender)
        self.changed = True
        return [*ended, FaultBegan(part, code)]

    def _ended(self, part: str) -> list[Record]:
        if not (self.faults or self.soon):
            return []
        over = [key for key in self.faults if key.partition(" ")[0] == part]
        ended = [self.faults.pop(key).code for key in over]
        if part in self.soon and self.soon[part].code in WORKS_ON:
            ended.append(self.soon.pop(part).code)
        self.changed = self.changed or bool(ended)
        return [FaultEnded(part, code) for code in ended]
