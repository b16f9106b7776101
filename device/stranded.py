"""A station whose disk takes nothing: it promises nothing, says so on its screens and on the wire, and goes on looking.

Without a journal there are no roles, no paper and no records: whatever they did would be forgotten. The screens say
what people should do instead, the device's state says who mends what, and as soon as the disk takes a write the station
starts as always.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Final

from config.schema import Device
from config.schema import Station as Config
from device.contract.channels import channel_of, topic
from device.contract.codec import encode
from device.contract.messages import DeviceState, Envelope, FaultNote
from device.effects import Reminded
from device.line import line
from device.loop import Happening, Loop
from device.memory import try_again
from device.moment import Moment
from device.notify import notify, watchdog_seconds
from device.parts import Workshop, bench_of
from device.roles.common import beside_chinese
from device.seat import Screen
from device.uuid7 import Uuid7
from device.version import hallside_version
from drivers.clock import SystemClock
from drivers.durable import JournalFailed
from drivers.events import Closed, LinkUp, Stirred
from drivers.journal_file import DiskFailed
from drivers.protocols import Bench, Link
from screens.views import Clockface, OutOfOrder

STEPS: Final = (2.0, 5.0, 10.0, 30.0)  # seconds between looks at the disk; the last for ever
CLOCK_SECONDS: Final = 20.0  # the page shows the time
PART: Final = "journal"

log = logging.getLogger(__name__)


class Stranded:
    """Made when the journal could not be opened. `wait` until it can."""

    def __init__(self, config: Config, why: DiskFailed, bench: Bench | None, opened: ExitStack) -> None:
        self._config = config
        self._why = why
        self._uuid7 = Uuid7()
        self._clock = SystemClock(config.clock)
        self._loop = Loop(self._clock, self._handle)
        self._since = self._moment().at()
        self._boot = self._moment().id()
        self._looks = 0
        self._mended = False
        self._links: dict[str, Link] = {}
        self._screens: list[tuple[Device, Screen]] = []
        workshop = Workshop(bench, config.recordings, opened.callback, config.hall.hall.theme)
        for device in config.devices:
            post = self._loop.post_for(device.name)
            self._screens += [(device, screen) for screen in workshop.screens(device, post).values()]
            self._links[device.name] = link = line(config, device, post, self._clock, self._sealed(device, "offline"))
            opened.callback(link.close, self._sealed(device, "offline"))
        for n, (_, screen) in enumerate(self._screens):
            if screen.pump_seconds is not None:
                self._loop.remind("", f"pump {n}", screen.pump_seconds)
        self._show()

    def wait(self) -> bool:
        """True once the disk takes a write again, False if the station is told to stop meanwhile."""
        self._loop.remind("", "look", STEPS[0])
        if watchdog_seconds() is not None:
            self._handle([("", Reminded("watchdog"))])
        self._loop.run()
        return self._mended

    def stop(self) -> None:
        """From any thread or signal handler."""
        self._loop.stop()

    def _handle(self, batch: Sequence[Happening]) -> None:
        for name, event in batch:
            match event:
                case LinkUp():
                    self._say(name)
                case Stirred():
                    for _, screen in self._screens:
                        screen.pump()
                case Closed():
                    self._loop.stop()
                case Reminded(key):
                    self._chore(key)

    def _chore(self, key: str) -> None:
        match key.split():
            case ["look"]:
                self._look()
            case ["clock"]:
                self._show()
            case ["watchdog"]:
                notify("WATCHDOG=1")
                self._loop.remind("", "watchdog", watchdog_seconds() or CLOCK_SECONDS)
            case ["pump", n]:
                screen = self._screens[int(n)][1]
                screen.pump()
                self._loop.remind("", key, screen.pump_seconds or CLOCK_SECONDS)

    def _look(self) -> None:
        """Opened anew each time: what a broken handle says of a disk is worth nothing (fsync(2), EIO)."""
        try:
            try_again(self._config, self._why, self._moment().wall)
        except JournalFailed as failed:
            log.warning("the disk still takes nothing: %s", failed)
            self._looks += 1
            self._loop.remind("", "look", STEPS[min(self._looks, len(STEPS) - 1)])
        else:
            log.warning("the disk takes what is written again")
            self._mended = True
            self._loop.stop()

    def _show(self) -> None:
        moment = self._moment()
        face = Clockface(moment.wall.strftime("%Y-%m-%d %H:%M"), moment.clock == "synced")
        second = beside_chinese(self._config.hall.hall.languages)
        for device, screen in self._screens:
            screen.show(OutOfOrder(device.name, f"{PART}-{self._why.code}", face, second))
        self._loop.remind("", "clock", CLOCK_SECONDS)

    def _say(self, name: str) -> None:
        (device,) = [device for device in self._config.devices if device.name == name]
        where, payload = self._sealed(device, "fault")
        channel = channel_of(self._state(device, "fault"))
        self._links[name].publish(
            where, payload, qos=channel.qos, retain=channel.retained, expiry=channel.expiry
        )  # a lost one goes out again when the line comes back

    def _sealed(self, device: Device, status: str) -> tuple[str, bytes]:
        state, moment = self._state(device, status), self._moment()
        envelope = Envelope(moment.id(), moment.at(), moment.clock, device.name)
        return topic(self._config.hall.hall.id, device.name, state), encode(envelope, state)

    def _state(self, device: Device, status: str) -> DeviceState:
        notes = (FaultNote(PART, self._why.code, self._since, "technician"),) if status == "fault" else ()
        return DeviceState(
            device.role, hallside_version(), self._boot, "fault" if notes else "offline", notes, self._config.hash
        )

    def _moment(self) -> Moment:
        wall = self._clock.now()
        return Moment(wall, self._clock.mono(), self._clock.trust(), self._uuid7.seed(wall))


def wait_for_disk(config: Config, why: DiskFailed) -> bool:
    """Stand at a broken disk; True once it is mended, False if the station is told to stop. PartMissing as always."""
    with ExitStack() as opened:
        place = Stranded(config, why, bench_of(config, opened.callback), opened)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: place.stop())
        notify("READY=1")  # or systemd would end us for being late, and the page would go
        notify(f"STATUS=out of order: {why}")
        mended = place.wait()
        notify("STATUS=")
        return mended
