"""What befalls a simulated hall: power, lines, the broker, parts, the clock, people who change places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Final

from config.scenario import Event
from device.contract.channels import COORDINATOR
from device.table import Table

ALL: Final = "all"
STAGGER_SECONDS: Final = 2.0  # stations do not all come back in one instant (R282)


@dataclass
class Happenings:
    """hand_over: what to do when one person at a window makes place for another (window's device, staff)."""

    hall: Table
    stations: tuple[str, ...]
    devices: tuple[str, ...]
    hand_over: Callable[[str, str], None]
    log: list[str] = field(default_factory=list)

    def act(self, event: Event) -> None:
        """Let it happen now."""
        self.log.append(
            f"{self.hall.clock.now():%m-%d} {event.at} {event.do} {event.what or ''} {event.name or ''}".rstrip()
        )
        match event.do:
            case "power-off" | "power-on" | "new-card":
                self._power(event)
            case "line-down" | "line-up":
                for device in self._devices(event):
                    (self.hall.broker.cut if event.do == "line-down" else self.hall.broker.mend)(device)
            case "broker-off":
                self.hall.broker.down(forget=True)
            case "broker-on":
                self.hall.broker.up()
            case "fault" | "mend":
                self._printer(event)
            case "clock":
                self.hall.clock.set_wall(self.hall.clock.now() + timedelta(seconds=event.seconds or 0))
            case "hand-over":
                self.hand_over(self._devices(event)[0], event.to or "")

    def _power(self, event: Event) -> None:
        stations = self._stations(event)
        on, off = [s for s in stations if s in self.hall.lives], [s for s in stations if s not in self.hall.lives]
        match event.do:
            case "power-off":
                for station in on:
                    self.hall.cut_power(station)
            case "new-card":
                for station in off:
                    self.hall.new_card(station)
            case _:  # the coordinator first, then one after another
                for n, station in enumerate(sorted(off, key=lambda s: s != COORDINATOR)):
                    self.hall.later(n * STAGGER_SECONDS, partial(self._boot, station))

    def _boot(self, station: str) -> None:
        if station not in self.hall.lives:
            self.hall.boot(station)

    def _printer(self, event: Event) -> None:
        for device in self._devices(event):
            if self.hall.runs(device) and (printer := self.hall.parts(device).printer):
                printer.set_fault((event.name or "") if event.do == "fault" else "")

    def _stations(self, event: Event) -> tuple[str, ...]:
        """Stations by their own name, or by that of a device on them."""
        if event.what == ALL:
            return self.stations
        what = event.what or ""
        return (what,) if what in self.stations else (self.hall.home_of(what),)

    def _devices(self, event: Event) -> tuple[str, ...]:
        return self.devices if event.what == ALL else (event.what or "",)
