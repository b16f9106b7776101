"""Every scanner driver there is, each with a hand that holds a code before it, and what it said."""

from __future__ import annotations

import os
import tty
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from drivers.events import PartFailed, Scanned
from drivers.keypad_keys import PLAIN, SHIFTED
from drivers.protocols import Place, Scanner
from drivers.scanner_evdev import EvdevScanner
from drivers.scanner_serial import SerialScanner
from drivers.scanner_simulated import SimulatedScanner
from tests.drivers import ear as ears
from tests.drivers.display.screens import FakeBench
from tests.drivers.keypad.ports import CODE, Pty, held, stroke

PLACE = Place("kiosk-1", "scanner")
KEYS = {character: code for code, character in PLAIN.items()}
UPPER = {character.upper().translate(SHIFTED): code for character, code in KEYS.items()}


class Ear(ears.Ear):
    """Hears what a scanner says, in order."""

    def codes(self, count: int) -> list[str]:
        """The texts of the next so many events, each of which must be a code."""
        events = [self.next() for _ in range(count)]
        assert all(isinstance(event, Scanned) for event in events), events
        return [event.text for event in events if isinstance(event, Scanned)]

    def fault(self) -> tuple[str, str]:
        event = self.next()
        assert isinstance(event, PartFailed), event
        assert event.part == "scanner"
        return event.code, event.mender


class Hand(Protocol):
    """Holds codes before the scanner, spoils what it reads, pulls its cable."""

    def scan(self, text: str) -> None: ...
    def garble(self) -> None: ...
    def unplug(self) -> None: ...
    def plug(self) -> None: ...


def typed(text: str) -> bytes:
    """The records of a wedge that types this."""
    return b"".join(stroke(KEYS[c]) if c in KEYS else held(CODE["shift"], stroke(UPPER[c])) for c in text)


class WedgeHand:
    """Records of keys through a pty with a name that stays."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.plug()

    def send(self, keys: bytes) -> None:
        self._pty.send(keys)

    def scan(self, text: str) -> None:
        self.send(typed(text) + stroke(CODE["enter"]))

    def garble(self) -> None:
        self.send(stroke(59, 14, CODE["enter"]))  # f1, backspace

    def unplug(self) -> None:
        self._pty.unplug()

    def plug(self) -> None:
        self._pty = Pty(self._path)


class SerialHand:
    """A serial line through a pty; `master` stays open so that bytes are not lost."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.plug()

    def scan(self, text: str) -> None:
        self.send(text.encode() + b"\r\n")

    def send(self, data: bytes) -> None:
        os.write(self._master, data)

    def garble(self) -> None:
        self.send(b"\xff\xfe\xff\r")

    def unplug(self) -> None:
        os.close(self._slave)
        os.close(self._master)

    def plug(self) -> None:
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        fresh = self._path.with_suffix(".new")
        fresh.symlink_to(os.ttyname(self._slave))
        fresh.rename(self._path)


@dataclass
class BenchHand:
    """The bench's."""

    bench: FakeBench
    spoiled: bool = False

    def do(self, **request: object) -> Mapping[str, object]:
        return self.bench.do("kiosk-1", "scanner", **request)

    def scan(self, text: str) -> None:
        self.do(do="scan", text=text)

    def garble(self) -> None:
        self.do(do="fault", name="garbage")
        self.scan("A012")
        self.do(do="mend")

    def unplug(self) -> None:
        self.do(do="fault", name="unplugged")

    def plug(self) -> None:
        self.do(do="mend")


@contextmanager
def evdev(ear: Ear, folder: Path) -> Iterator[tuple[Scanner, Hand]]:
    hand = WedgeHand(folder / "usb-Scanner-event-kbd")
    scanner = EvdevScanner(ear.post, PLACE, path=str(folder / "usb-Scanner-event-kbd"), grab=False)
    yield scanner, hand
    scanner.close()


@contextmanager
def serial(ear: Ear, folder: Path) -> Iterator[tuple[Scanner, Hand]]:
    hand = SerialHand(folder / "usb-Scanner-if00")
    scanner = SerialScanner(ear.post, PLACE, port=str(folder / "usb-Scanner-if00"))
    yield scanner, hand
    scanner.close()


@contextmanager
def simulated(ear: Ear, _: Path) -> Iterator[tuple[Scanner, Hand]]:
    bench = FakeBench()
    scanner = SimulatedScanner(ear.post, Place("kiosk-1", "scanner", bench))
    yield scanner, BenchHand(bench)
    scanner.close()


Rig = Callable[[Ear, Path], AbstractContextManager[tuple[Scanner, Hand]]]
RIGS: dict[str, Rig] = {"evdev": evdev, "serial": serial, "simulated": simulated}
