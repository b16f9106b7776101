"""Evaluators and call pads on a line: presses become levels, keys become the window's keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.bus import Buses
from drivers.buttons_serial import SerialButtons
from drivers.events import ButtonPressed, KeyPressed, PartFailed, PartMended
from drivers.frame_checks import modbus16
from drivers.frame_template import Template
from drivers.frames import BEGIN, CALL, CONFIRM, DIGITS, FRAMES, PAUSE, PRESS, RECALL, TAKEN
from drivers.keypad_callpad import KEYS, NAMES, CallPad, pressed
from drivers.lamps_serial import SerialLamps
from drivers.protocols import PartMissing
from tests.drivers.serialpanel.line import Ear, Wire, place

PAD = Template.parse(FRAMES["desk-pad"].template)
FIVE = (5, 4, 3, 2, 1)


def keyed(address: int, *data: int) -> bytes:
    return PAD.encode(address, DIGITS, data=bytes(data))


@pytest.fixture
def evaluator(wire: Wire, ear: Ear) -> Iterator[SerialButtons]:
    made = SerialButtons(ear.post, place("buttons"), port=wire.port, address=3, levels=FIVE)
    yield made
    made.close()


# --- evaluators ----------------------------------------------------------------------------------------------


@pytest.mark.req("R256")
@pytest.mark.usefixtures("evaluator")
@pytest.mark.parametrize(("code", "level"), [*enumerate(FIVE)])
def test_each_key_is_its_level_and_is_told_that_it_was_taken(wire: Wire, ear: Ear, code: int, level: int) -> None:
    wire.say(PAD.encode(3, PRESS, data=bytes([code])))
    assert ear.next() == ButtonPressed(level)
    taken = PAD.encode(3, TAKEN, data=bytes([code]))
    assert wire.heard(len(taken)) == taken


@pytest.mark.usefixtures("evaluator")
def test_a_key_there_is_not_and_a_frame_that_is_no_press_rate_nothing(wire: Wire, ear: Ear) -> None:
    wire.say(PAD.encode(3, PRESS, data=b"\x05") + keyed(3, 0x02) + PAD.encode(3, PRESS, data=b""))
    wire.say(PAD.encode(4, PRESS, data=b"\x00") + PAD.encode(3, PRESS, data=b"\x04"))
    assert ear.next() == ButtonPressed(1)
    assert ear.silent()


def test_an_evaluator_of_a_halls_own_is_asked_answered_and_known_to_be_dead(wire: Wire, ear: Ear) -> None:
    made = SerialButtons(
        ear.post, place("buttons"), port=wire.port, address=7, levels=FIVE, first_code=0x31, frame="custom",
        template="A5 addr func data:1 modbus16(0..here)", answer="A5 addr 06 modbus16(0..here)", ask="A5 addr 05",
    )  # fmt: skip
    assert wire.heard(3) == bytes.fromhex("A5 07 05")
    said = bytes.fromhex("A5 07 01 33")
    wire.say(said + modbus16(said).to_bytes(2, "little"))
    assert ear.next() == ButtonPressed(3)
    answer = bytes.fromhex("A5 07 06")
    assert wire.heard(5) == answer + modbus16(answer).to_bytes(2, "little")
    failed = ear.next()
    assert isinstance(failed, PartFailed)
    assert (failed.code, failed.detail) == ("silent", f"address 7 on {wire.port} is silent")
    wire.say(said + modbus16(said).to_bytes(2, "little"))
    assert ear.next() == PartMended("buttons")
    made.close()


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"frame": "custom", "template": "A5 data"}, "`template`: where `data` ends cannot be known"),
        ({"frame": "custom"}, "`template`: an empty frame says nothing"),
        ({"template": "A5"}, "`template` belongs to frame"),
        ({"ask": "A5 zz"}, "`ask`: 'zz' is no byte"),
    ],
)
def test_a_template_that_cannot_be_followed_ends_the_start_with_the_reason(
    wire: Wire, ear: Ear, options: dict[str, Any], fault: str
) -> None:
    with pytest.raises(PartMissing, match=fault):
        SerialButtons(ear.post, place("buttons"), port=wire.port, address=3, levels=FIVE, **options)


def test_the_light_of_an_evaluator_is_told_to_begin_asking_once(wire: Wire, ear: Ear) -> None:
    lamps = SerialLamps(ear.post, place("lamps"), port=wire.port, address=3)
    lamps.light(frozenset())
    lamps.light(frozenset(FIVE))
    lamps.light(frozenset({5}))
    begin = PAD.encode(3, TAKEN, data=bytes([BEGIN]))
    assert wire.heard(len(begin)) == begin
    lamps.light(frozenset())
    lamps.light(frozenset(FIVE))
    assert wire.heard(len(begin)) == begin
    assert wire.quiet()
    with pytest.raises(ValueError, match="levels are 1 to 5"):
        lamps.light(frozenset({6}))
    lamps.close()
    lamps.close()


def test_a_light_of_a_halls_own_is_told_on_and_off(wire: Wire, ear: Ear) -> None:
    lamps = SerialLamps(
        ear.post, place("lamps"), port=wire.port, address=3, frame="custom", on="A5 addr 01", off="A5 addr 00"
    )
    lamps.light(frozenset(FIVE))
    assert wire.heard(3) == bytes.fromhex("A5 03 01")
    lamps.light(frozenset())
    assert wire.heard(3) == bytes.fromhex("A5 03 00")
    lamps.close()


# --- call pads -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        ([CALL], ["n"]),
        ([RECALL], ["r"]),
        ([0, 1, 2, CALL], ["h", "0", "1", "2", "enter"]),
        ([4, 7, 1, 1, CONFIRM], ["4", "7", "1", "1", "enter"]),
        ([CONFIRM], ["enter"]),
        ([6, CONFIRM], ["m"]),
        ([3, CONFIRM], ["j"]),
        ([0, CONFIRM], []),
        ([1, CONFIRM], ["1", "enter"]),
        ([PAUSE], ["p", "u"]),
        ([0x44, CALL], []),
    ],
)
def test_a_pads_keys_are_the_windows(data: list[int], keys: list[str]) -> None:
    assert pressed(bytes(data)) == keys


@given(st.binary(max_size=20), st.sampled_from(sorted(NAMES)))
def test_nothing_a_pad_says_is_a_key_no_keyboard_has(digits: bytes, key: int) -> None:
    known = {key for keys in KEYS.values() for key in keys.split()} | set("h0123456789") | {"enter"}
    assert set(pressed(digits + bytes([key]))) <= known


def test_a_pads_frame_is_said_back_to_it_and_its_keys_are_posted(wire: Wire, ear: Ear) -> None:
    pad = CallPad(ear.post, place("keypad"), port=wire.port, address=3, keys={"evaluate": "f"})
    wire.say(keyed(3, 1, 2, CALL))
    assert [ear.next() for _ in range(4)] == [KeyPressed(key) for key in ("h", "1", "2", "enter")]
    assert wire.heard(len(keyed(3, 1, 2, CALL))) == keyed(3, 1, 2, CALL)
    wire.say(keyed(3, 0x0B))
    assert ear.next() == KeyPressed("f")
    pad.close()
    pad.close()
    assert ear.silent()


def test_a_whole_desk_shares_one_line(wire: Wire) -> None:
    buses, pad_ear, panel_ear = Buses(), Ear(), Ear()
    pad = CallPad(pad_ear.post, place("keypad", buses, "window-3"), port=wire.port, address=3)
    panel = SerialButtons(panel_ear.post, place("buttons", buses), port=wire.port, address=3, levels=FIVE)
    lamps = SerialLamps(panel_ear.post, place("lamps", buses), port=wire.port, address=3)
    lamps.light(frozenset(FIVE))
    begin = PAD.encode(3, TAKEN, data=bytes([BEGIN]))
    assert wire.heard(len(begin)) == begin
    wire.say(PAD.encode(3, PRESS, data=b"\x01") + keyed(3, CALL))
    assert panel_ear.next() == ButtonPressed(4)
    assert pad_ear.next() == KeyPressed("n")
    assert pad_ear.silent()
    assert panel_ear.silent()
    for part in (pad, panel, lamps):
        part.close()
