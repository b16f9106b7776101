"""One thread on a pty: members that come and go, noise, a dead address, a port that is pulled out and put back."""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path

import pytest

from drivers.bus import Buses, Member
from drivers.bus_line import LineSettings
from drivers.bus_turns import Speech
from drivers.events import ButtonPressed, KeyPressed, PartFailed, PartMended
from drivers.frame_template import Frame, Template
from drivers.frames import CALL, FRAMES, PRESS
from drivers.protocols import PartMissing
from tests.drivers.serialpanel.line import Ear, Wire

PAD = Template.parse(FRAMES["desk-pad"].template)


def press(address: int, code: int) -> bytes:
    return PAD.encode(address, PRESS, data=bytes([code]))


def member(ear: Ear, address: int, *, asks: bytes = b"", part: str = "buttons") -> Member:
    def heard(frame: Frame) -> list[bytes]:
        ear.post(ButtonPressed(frame.data[-1]))
        return []

    routine = (Speech(asks, asks=True),) if asks else ()
    return Member.speaking(PAD, part, ear.post, address, heard, routine, 0.02)


@pytest.fixture
def buses() -> Buses:
    return Buses()


def test_each_member_hears_its_own_address_only(wire: Wire, buses: Buses) -> None:
    three, four = Ear(), Ear()
    desks = [buses.join(LineSettings(wire.port), member(ear, at)) for ear, at in ((three, 3), (four, 4))]
    wire.say(press(5, 1) + press(4, 2) + press(3, 3))
    assert three.next() == ButtonPressed(3)
    assert four.next() == ButtonPressed(2)
    assert three.silent()
    assert four.silent()
    for desk in desks:
        desk.leave()


def test_a_press_that_comes_byte_by_byte_is_one_press(wire: Wire, buses: Buses, ear: Ear) -> None:
    desk = buses.join(LineSettings(wire.port), member(ear, 3))
    for byte in press(3, 4):
        wire.say(bytes([byte]))
    assert ear.next() == ButtonPressed(4)
    desk.leave()


def test_a_press_behind_garbage_that_looks_like_a_beginning_is_heard(wire: Wire, buses: Buses, ear: Ear) -> None:
    desk = buses.join(LineSettings(wire.port), member(ear, 3))
    wire.say(bytes.fromhex("00 FF FF 68 7F 7F 68 12") + press(3, 5))
    assert ear.next() == ButtonPressed(5)
    desk.leave()


def test_one_line_is_one_thread_and_one_open_port_until_the_last_member_leaves(wire: Wire, buses: Buses) -> None:
    before = set(threading.enumerate())
    first = buses.join(LineSettings(wire.port), member(Ear(), 3))
    second = buses.join(LineSettings(wire.port), member(Ear(), 4))
    assert [thread.name for thread in set(threading.enumerate()) - before] == [f"bus {wire.port}"]
    first.leave()
    first.leave()
    assert set(threading.enumerate()) - before
    second.leave()
    assert set(threading.enumerate()) == before
    again = buses.join(LineSettings(wire.port), member(Ear(), 3))
    again.leave()


def test_who_left_is_not_heard_any_more_while_the_others_are(wire: Wire, buses: Buses) -> None:
    three, four = Ear(), Ear()
    left = buses.join(LineSettings(wire.port), member(three, 3))
    stays = buses.join(LineSettings(wire.port), member(four, 4))
    left.leave()
    wire.say(press(3, 1) + press(4, 2))
    assert four.next() == ButtonPressed(2)
    assert three.silent()
    stays.leave()


def test_our_own_voice_is_nobodys_press(wire: Wire, buses: Buses, ear: Ear) -> None:
    """Some RS-485 adapters hear what they say; a pad's frame said back to it must not be a press again, for ever."""
    desk = buses.join(LineSettings(wire.port), member(ear, 3))
    desk.wish([Speech(press(3, 1))])
    wire.say(wire.heard(len(press(3, 1))))
    wire.say(press(3, 2))
    assert ear.next() == ButtonPressed(2)
    desk.leave()


def test_a_dead_address_is_named_blocks_nobody_and_is_mended_by_itself(wire: Wire, buses: Buses) -> None:
    dead, alive = Ear(), Ear()
    desks = [buses.join(LineSettings(wire.port), member(dead, 3, asks=b"?3"))]
    desks.append(buses.join(LineSettings(wire.port), member(alive, 4, asks=b"?4")))
    for _ in range(40):
        if wire.heard(2) == b"?4":
            wire.say(press(4, 1))
            assert alive.next() == ButtonPressed(1)
        if not dead.silent():
            break
    detail = f"address 3 on {wire.port} is silent"
    assert dead.next() == PartFailed("buttons", "silent", detail, "technician")
    assert alive.silent()
    wire.say(press(3, 2))
    assert dead.next() == PartMended("buttons")
    assert dead.next() == ButtonPressed(2)
    for desk in desks:
        desk.leave()


def test_a_line_that_is_pulled_out_is_told_to_all_and_taken_again_by_its_name(wire: Wire, buses: Buses) -> None:
    three, four = Ear(), Ear()
    desks = [buses.join(LineSettings(wire.port), member(ear, at)) for ear, at in ((three, 3), (four, 4))]
    desks[0].wish([Speech(b"line")], again=600.0)
    assert wire.heard(4) == b"line"
    wire.unplug()
    for ear in (three, four):
        failed = ear.next()
        assert isinstance(failed, PartFailed)
        assert (failed.part, failed.code) == ("buttons", "unplugged")
    wire.plug()
    assert three.next() == PartMended("buttons")
    assert four.next() == PartMended("buttons")
    assert wire.heard(4) == b"line"  # what is true is said again
    wire.say(press(4, 5))
    assert four.next() == ButtonPressed(5)
    for desk in desks:
        desk.leave()


def test_half_a_frame_before_the_plug_was_pulled_is_not_the_beginning_of_one_after(
    wire: Wire, buses: Buses, ear: Ear
) -> None:
    desk = buses.join(LineSettings(wire.port), member(ear, 3))
    wire.say(press(3, 1)[:6])
    wire.unplug()
    assert isinstance(ear.next(), PartFailed)
    wire.plug()
    assert ear.next() == PartMended("buttons")
    wire.say(press(3, 1)[6:] + press(3, 2))
    assert ear.next() == ButtonPressed(2)
    desk.leave()


def test_members_may_come_and_go_and_the_bus_may_close_while_the_port_is_away(wire: Wire, buses: Buses) -> None:
    before = set(threading.enumerate())
    first, late = Ear(), Ear()
    desk = buses.join(LineSettings(wire.port), member(first, 3))
    wire.unplug()
    assert isinstance(first.next(), PartFailed)
    second = buses.join(LineSettings(wire.port), member(late, 4))
    desk.leave()
    second.leave()
    assert set(threading.enumerate()) == before


# --- what is missing, in words -------------------------------------------------------------------------------


def test_a_port_that_is_not_there_is_named_with_the_mend(tmp_path: Path, buses: Buses, ear: Ear) -> None:
    with pytest.raises(PartMissing) as missing:
        buses.join(LineSettings(str(tmp_path / "ttyUSB9")), member(ear, 3))
    assert missing.value.tried.startswith(f"{tmp_path}/ttyUSB9: No such file or directory; ")
    assert "dialout" in missing.value.mend


def test_a_port_another_program_holds_is_named_with_who_it_is(wire: Wire, buses: Buses, ear: Ear) -> None:
    other = os.open(wire.port, os.O_RDWR | os.O_NOCTTY)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with pytest.raises(PartMissing) as missing:
        buses.join(LineSettings(wire.port), member(ear, 3))
    os.close(other)
    assert missing.value.tried.startswith(f"{wire.port} is in use by ")
    assert f"(process {os.getpid()})" in missing.value.tried
    assert missing.value.mend == "End the other program, or correct `port` in its config"


def test_one_line_cannot_have_two_speeds(wire: Wire, buses: Buses, ear: Ear) -> None:
    desk = buses.join(LineSettings(wire.port), member(ear, 3))
    with pytest.raises(PartMissing, match=r"is open with 9600 baud, parity none, and wanted with 19200 baud"):
        buses.join(LineSettings(wire.port, 19200), member(ear, 4))
    desk.leave()


def test_a_pad_and_a_sign_with_frames_of_their_own_share_a_line(wire: Wire, buses: Buses, ear: Ear) -> None:
    sign = Template.parse(FRAMES["lihe"].template)

    def typed(_: Frame) -> list[bytes]:
        ear.post(KeyPressed("x"))
        return []

    desks = [
        buses.join(LineSettings(wire.port), member(ear, 3)),
        buses.join(LineSettings(wire.port), Member.speaking(sign, "strip", ear.post, 3, typed)),
    ]
    wire.say(sign.encode(3, data=b"A") + press(3, 1))
    assert {ear.next(), ear.next()} == {KeyPressed("x"), ButtonPressed(1)}
    wire.say(PAD.encode(3, 2, data=bytes([CALL])))
    assert ear.next() == ButtonPressed(CALL)
    for desk in desks:
        desk.leave()
