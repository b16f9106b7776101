"""A mistake of ours on a driver's thread: told without the value it was made with, and the part works again."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from drivers.bus import Buses, Member
from drivers.bus_line import LineSettings
from drivers.events import ButtonPressed, PartFailed, PartMended, Scanned
from drivers.frame_template import Frame, Template
from drivers.frames import FRAMES, PRESS
from drivers.lamps_thread import LampThread
from drivers.line_thread import LineThread
from drivers.protocols import Place
from tests.drivers.panel.rigs import Ear
from tests.drivers.serialpanel.line import Wire

SECRET = "430102199003074512"  # as on an ID card  # noqa: S105


@pytest.fixture(autouse=True)
def _at_once(mocker: MockerFixture) -> None:
    for driver in ("line_thread", "bus", "lamps_thread"):
        mocker.patch(f"drivers.{driver}.PAUSE_SECONDS", 0.0)


class Pipe:
    """A line that is written to by hand."""

    def __init__(self) -> None:
        self._read, self.write = os.pipe()

    def fileno(self) -> int:
        return self._read

    def read(self) -> bytes:
        return os.read(self._read, 100)

    def close(self) -> None:
        os.close(self._read)
        os.close(self.write)


class Chokes:
    """An ear that cannot bear the secret."""

    patience = None

    def __init__(self, post: Callable[[Scanned], object]) -> None:
        self._post = post

    def hear(self, data: bytes) -> None:
        if data.decode() == SECRET:
            raise KeyError(SECRET)
        self._post(Scanned(data.decode()))

    def silence(self) -> None:
        raise NotImplementedError("it has all the patience there is")


def test_what_a_scanner_said_that_nobody_foresaw_is_told_without_it_and_the_scanner_taken_anew() -> None:
    ear, pipes = Ear(), list[Pipe]()

    def opened() -> Pipe:
        pipes.append(Pipe())
        return pipes[-1]

    thread = LineThread(ear.post, Place("kiosk-1", "scanner"), "/dev/scanner", opened, lambda: Chokes(ear.post))
    os.write(pipes[0].write, SECRET.encode())
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.part, failed.code, failed.mender) == ("scanner", "driver-fault", "technician")
    assert failed.detail.startswith("/dev/scanner: KeyError at test_mistake.py:")
    assert SECRET not in failed.detail
    assert ear.next() == PartMended("scanner")
    os.write(pipes[1].write, b"A012")
    assert ear.next() == Scanned("A012")
    thread.close()


def test_a_frame_that_nobody_foresaw_stops_no_member_of_the_line(tmp_path: Path) -> None:
    wire, buses, three, four = Wire(tmp_path), Buses(), Ear(), Ear()
    pad = Template.parse(FRAMES["desk-pad"].template)

    def heard(ear: Ear) -> Callable[[Frame], list[bytes]]:
        def take(frame: Frame) -> list[bytes]:
            if frame.data[-1] == 5:
                raise LookupError(SECRET)
            ear.post(ButtonPressed(frame.data[-1]))
            return []

        return take

    for ear, address in ((three, 3), (four, 4)):
        buses.join(LineSettings(wire.port), Member.speaking(pad, "buttons", ear.post, address, heard(ear)))
    wire.say(pad.encode(3, PRESS, data=b"\x01"))
    assert three.next() == ButtonPressed(1)
    wire.say(pad.encode(3, PRESS, data=b"\x05"))
    for ear in (three, four):
        failed = ear.next()
        assert isinstance(failed, PartFailed)
        assert failed.code == "driver-fault"
        assert SECRET not in failed.detail
        assert ear.next() == PartMended("buttons")
    wire.say(pad.encode(4, PRESS, data=b"\x02"))
    assert four.next() == ButtonPressed(2)


class Lamps:
    """Lamps that a mistake of ours puts out once."""

    def __init__(self) -> None:
        self.lit: list[frozenset[int]] = []
        self.mistaken = False

    def show(self, levels: frozenset[int]) -> None:
        if levels == {3} and not self.mistaken:
            self.mistaken = True
            raise ZeroDivisionError(SECRET)
        self.lit.append(levels)

    def close(self) -> None:
        self.lit.append(frozenset())


def test_lamps_are_lit_again_after_a_mistake() -> None:
    ear, lamps = Ear(), Lamps()
    thread = LampThread(ear.post, Place("evaluator-3", "lamps"), lambda: lamps)
    thread.light(frozenset({3}))
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert failed.detail.startswith("ZeroDivisionError at ")
    assert ear.next() == PartMended("lamps")
    assert lamps.lit[-1] == {3}
    thread.close()
