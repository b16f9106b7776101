"""A power cut as the coordinator sees it: many devices gone at once, or many that began anew with it (R283). Rules:

1. So many devices gone within so many seconds, while the hall is open or somebody waits, is a power cut. In the evening
   staff switch everything off, and that is none.
2. It is over when half of them are back. If hardly any of them began a new life, it was the network.
3. A coordinator that lost its power too cannot see that: it knows of each device in which life it was, and when many
   come in a new one just after it began anew itself, the power was gone.
4. What is not known of is not guessed at: a coordinator that starts again alone finds everybody in the life it knows.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Final

from device.contract.messages import DeviceState, PowerBack, PowerLost, Record
from device.hall.parameters import Power

POWER: Final = "power"  # the alarm's kind
AFTER_START: Final = 300.0  # s; so long after its own start the coordinator counts who came in a new life with it
MOST_NAMED: Final = 200


@dataclass(slots=True)
class PowerWatch:
    """boots: device -> the life in which it was last heard; kept over restarts. lost: the cut that is not over."""

    rules: Power
    boots: dict[str, str] = field(default_factory=dict)
    gone: dict[str, tuple[float, str]] = field(default_factory=dict)  # device -> when, monotonic and by the clock
    anew: set[str] = field(default_factory=set)  # devices in a new life since the cut, or since our own start
    lost: PowerLost | None = None
    cut: PowerLost | None = None  # the last one, over or not
    most: int = 0  # gone at once in the cut that is not over
    began: float = 0.0
    before: str = ""  # when anything was last heard of before our own start, if the hall was open then

    def apply(self, record: Record) -> None:
        """A fold over its own records: whether a cut is not over."""
        match record:
            case PowerLost():
                self.lost = self.cut = record
            case PowerBack():
                self.lost = None
            case _:
                pass

    def begin(self, kept: str, before: str, mono: float) -> None:
        """This life begins. kept: lives as of `to_json`; before: RFC 3339, "" if the hall was closed then."""
        self.boots = json.loads(kept) if kept else {}
        self.began, self.before = mono, before

    def hear(self, device: str, state: DeviceState, mono: float, at: str, *, retained: bool) -> bool:
        """A device speaks, or the broker for it; whether it is in a life not known before."""
        if state.status == "offline":
            self.gone.setdefault(device, (-math.inf if retained else mono, at))
            return False
        if retained:
            return False
        self.gone.pop(device, None)
        before = self.boots.get(device, "")
        if not state.boot or before == state.boot:
            return False
        self.boots[device] = state.boot
        if before and (self.lost or mono - self.began <= AFTER_START):
            self.anew.add(device)
        return True

    def follows(self, mono: float, *, busy: bool) -> list[PowerLost | PowerBack]:
        """What is to be decided now. busy: the hall is open, or somebody waits or is served."""
        if self.lost:
            return self._back(self.lost)
        if busy and len(fresh := self._just_gone(mono)) >= self.rules.devices:
            self.anew.clear()
            return [PowerLost(min(self.gone[device][1] for device in fresh), tuple(fresh[:MOST_NAMED]), "seen")]
        if self.before and len(self.anew) >= self.rules.devices and mono - self.began <= AFTER_START:
            lost = PowerLost(self.before, tuple(sorted(self.anew)[:MOST_NAMED]), "restarted")
            back = PowerBack(self.before, len(self.anew), "power")
            self.anew.clear()
            self.before = ""  # told once
            return [lost, back]
        return []

    def _just_gone(self, mono: float) -> list[str]:
        return sorted(device for device, (since, _) in self.gone.items() if mono - since <= self.rules.seconds)

    def _back(self, lost: PowerLost) -> list[PowerLost | PowerBack]:
        still = sum(at >= lost.since or device in lost.devices for device, (_, at) in self.gone.items())
        self.most = max(self.most, still, len(lost.devices))
        if still * 2 > self.most:
            return []
        back, restarted = self.most - still, len(self.anew)
        self.most = 0
        self.anew.clear()
        return [PowerBack(lost.since, restarted, "power" if restarted * 2 >= back else "network")]

    def to_json(self) -> str:
        return json.dumps(self.boots)
