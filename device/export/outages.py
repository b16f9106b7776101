"""When a window could not be worked at: its own faults, and power cuts. That time counts against nobody (R082)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from device.contract.messages import Envelope, FaultBegan, FaultEnded, PowerBack, Record
from device.hall.load import net_seconds
from device.presence import WORKS_ON

Stretch = tuple[datetime, datetime]


@dataclass(slots=True)
class Outages:
    """A fold over faults and power cuts. One that nobody ended took no known time, and takes none off."""

    going: dict[tuple[str, str, str], datetime] = field(default_factory=dict)  # device, part, code -> began
    faults: dict[str, list[Stretch]] = field(default_factory=dict)
    cuts: list[Stretch] = field(default_factory=list)

    def add(self, envelope: Envelope, record: Record) -> None:
        """Take one record in; what a device works on with, such as a missing photo, is no outage."""
        at = datetime.fromisoformat(envelope.at)
        match record:
            case FaultBegan(part, code) if code not in WORKS_ON:
                self.going.setdefault((envelope.device, part, code), at)
            case FaultEnded(part, code) if (began := self.going.pop((envelope.device, part, code), None)) is not None:
                self.faults.setdefault(envelope.device, []).append((began, at))
            case PowerBack(lost=lost):
                self.cuts.append((datetime.fromisoformat(lost), at))
            case _:
                pass

    def net(self, device: str, began: str, ended: str) -> float:
        """Seconds between two instants at this device, without its outages; never negative."""
        start, end = datetime.fromisoformat(began), datetime.fromisoformat(ended)
        return max(0.0, net_seconds(start, end, self._of(device)))

    def _of(self, device: str) -> Iterator[Stretch]:
        yield from self.faults.get(device, ())
        yield from self.cuts
