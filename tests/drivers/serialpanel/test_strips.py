"""Strip signs and digit displays: what is said on the line is what citizens should read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import strip_modbus
from drivers.bus import Buses
from drivers.events import PartFailed, PartMended
from drivers.frame_checks import modbus16
from drivers.frame_splitter import Splitter
from drivers.frame_template import Template
from drivers.frames import DIGITS, FRAMES
from drivers.protocols import PartMissing, Place
from drivers.strip_modbus import ModbusAnswers, ModbusStrip
from drivers.strip_serial import SerialStrip, StripFrame
from drivers.strip_simulated import SimulatedStrip
from tests.drivers.serialpanel.line import Ear, Hand, Wire, place

SIGNS: list[StripFrame] = ["lihe", "lihe-main", "imm9012", "imm9013", "imm9013-main"]


def answer(body: str) -> bytes:
    raw = bytes.fromhex(body)
    return raw + modbus16(raw).to_bytes(2, "little")


# --- strip signs ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("frame", SIGNS)
def test_a_sign_is_told_its_line_in_its_own_frame(wire: Wire, ear: Ear, frame: StripFrame) -> None:
    template = Template.parse(FRAMES[frame].template)
    sign = SerialStrip(ear.post, place("strip"), port=wire.port, address=7, frame=frame)
    sign.show("请A012到本窗口", "A012")
    text = "请A012到本窗口".encode("gb2312")
    if frame == "imm9012":
        text = b"".join(character.encode("gb2312") + b"\0" for character in "请A012到本窗口")
    raw = template.encode(7, DIGITS, 1, text)
    assert wire.heard(len(raw)) == raw
    sign.close()
    sign.close()
    assert ear.silent()


def test_a_sign_that_wants_the_length_first_is_told_so_before_every_line(wire: Wire, ear: Ear) -> None:
    sign = SerialStrip(ear.post, place("strip"), port=wire.port, address=7, frame="imm90061")
    sign.show("A1", "A1")
    assert wire.heard(8) == bytes.fromhex("AA 55 04 07 F8 51 02 00")
    assert wire.heard(21) == bytes(21)
    assert wire.heard(10) == bytes.fromhex("AA 55 07 07 F8 21 00 41 31 00")
    sign.close()


def test_the_count_in_a_frame_goes_round_after_255(wire: Wire, ear: Ear) -> None:
    sign = SerialStrip(ear.post, place("strip"), port=wire.port, address=7, frame="imm9013", columns=4)
    template = Template.parse(FRAMES["imm9013"].template)
    heard: list[int] = []
    for n in range(1, 258):
        sign.show("A", "A")  # of many at once few are said, but all are counted
        while n in (1, 255, 256, 257) and heard[-1:] != [n % 256]:
            [frame] = Splitter(template).feed(wire.heard(13))
            heard.append(frame.seq)
    sign.close()


def test_the_digits_on_a_call_pad_are_the_tickets(wire: Wire, ear: Ear) -> None:
    sign = SerialStrip(ear.post, place("strip"), port=wire.port, address=7, frame="desk-pad")
    sign.show("请A012到本窗口", "A012")
    raw = Template.parse(FRAMES["desk-pad"].template).encode(7, DIGITS, data=bytes.fromhex("0A 0A 0A 00 01 02"))
    assert wire.heard(len(raw)) == raw
    sign.close()


def test_a_sign_of_a_halls_own_is_a_template_in_its_config(wire: Wire, ear: Ear) -> None:
    made = SerialStrip(
        ear.post, place("strip"), port=wire.port, address=7, frame="custom", template="02 addr data 03 xor8(addr..here)"
    )
    made.show("A1", "A1")
    assert wire.heard(6) == bytes.fromhex("02 07 41 31 03 74")
    made.close()


# --- Modbus --------------------------------------------------------------------------------------------------


@pytest.fixture
def display(wire: Wire, ear: Ear) -> Iterator[ModbusStrip]:
    made = ModbusStrip(ear.post, place("strip"), port=wire.port, address=1)
    yield made
    made.close()


def test_frames_are_those_of_the_modbus_book() -> None:
    # Modbus over serial line 1.02; the CRC by another hand (drivers.frame_template)
    assert strip_modbus.write(1, strip_modbus.NUMBER, 12) == answer("01 06 00 00 00 0C")
    assert strip_modbus.write(1, strip_modbus.POINT, 2) == answer("01 06 00 04 00 02")
    assert strip_modbus.ascii_text(1, "A012", 4) == answer("01 10 00 70 00 02 04 41 30 31 32")
    assert strip_modbus.write_many(1, 0x80, b"\x3f\x06\x5b") == answer("01 10 00 80 00 02 04 3F 06 5B 00")


def test_the_digits_of_a_number_are_shown_after_where_the_point_stands(wire: Wire, display: ModbusStrip) -> None:
    display.show("请A012到本窗口", "A012")
    point, number = answer("01 06 00 04 00 00"), answer("01 06 00 00 00 0C")
    assert wire.heard(8) == point
    wire.say(point)
    assert wire.heard(8) == number
    wire.say(number)
    display.show("3号窗口暂停服务", "")
    assert wire.heard(8) == point


def test_a_display_for_characters_is_told_them(wire: Wire, ear: Ear) -> None:
    made = ModbusStrip(ear.post, place("strip"), port=wire.port, address=9, show="ascii", columns=6)
    made.show("", "A012")
    assert wire.heard(15) == answer("09 10 00 70 00 03 06 20 20 41 30 31 32")
    made.close()


def test_a_display_that_does_not_answer_is_asked_three_times_and_then_named(
    wire: Wire, display: ModbusStrip, ear: Ear
) -> None:
    display.show("", "A012")
    point = answer("01 06 00 04 00 00")
    assert wire.heard(24) == point * 3
    assert ear.next() == PartFailed("strip", "silent", f"address 1 on {wire.port} is silent", "technician")
    assert wire.heard(8) == point
    wire.say(point)
    assert ear.next() == PartMended("strip")
    assert wire.heard(8) == answer("01 06 00 00 00 0C")


def test_a_display_that_refuses_is_a_fault_of_its_own_until_it_does_not(
    wire: Wire, display: ModbusStrip, ear: Ear
) -> None:
    display.show("", "A012")
    wire.heard(8)
    wire.say(answer("01 86 02"))
    assert ear.next() == PartFailed("strip", "refuses", "address 1 refuses function 6: exception 2", "technician")
    wire.heard(8)
    wire.say(answer("01 06 00 00 00 0C"))
    assert ear.next() == PartMended("strip")


def test_a_dead_display_leaves_the_others_on_its_line_alone(wire: Wire) -> None:
    buses, dead, alive = Buses(), Ear(), Ear()
    first = ModbusStrip(dead.post, place("strip", buses, "window-1"), port=wire.port, address=1)
    second = ModbusStrip(alive.post, place("strip", buses, "window-2"), port=wire.port, address=2)
    first.show("", "A001")
    second.show("", "A002")
    said: list[bytes] = []
    while answer("02 06 00 00 00 02") not in said:
        said.append(wire.heard(8))
        if said[-1][0] == 2:
            wire.say(said[-1])
    assert len(said) <= 6
    first.close()
    second.close()
    assert alive.silent()


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_no_bytes_raise_in_the_ear_for_answers_and_it_keeps_less_than_one(pieces: list[bytes]) -> None:
    ear = Splitter(ModbusAnswers())
    for piece in pieces:
        ear.feed(piece)
        assert ear.waiting < strip_modbus.ANSWER_BYTES
    ear.flush()
    assert not ear.waiting


@given(noise=st.binary(max_size=30).map(lambda noise: noise.replace(b"\x06", b"").replace(b"\x10", b"")))
def test_an_answer_is_found_in_noise_whole_or_byte_by_byte(noise: bytes) -> None:
    good, refusal = answer("01 06 00 00 00 0C"), answer("01 90 04")
    noise = noise.replace(b"\x86", b"").replace(b"\x90", b"")
    ear = Splitter(ModbusAnswers())
    assert good in [frame.raw for frame in ear.feed(noise + good + b"\0" * 8)]
    bits = [frame.raw for byte in noise + refusal for frame in ear.feed(bytes([byte]))]
    assert refusal in bits + [frame.raw for frame in ear.flush()]


# --- without hardware ----------------------------------------------------------------------------------------


def test_a_simulated_sign_shows_what_a_real_one_could(ear: Ear, tmp_path: Path) -> None:
    hand = Hand()
    sign = SimulatedStrip(ear.post, Place("window-3", "strip", hand, tmp_path), columns=8)
    sign.show("请A012到本窗口", "A012")
    assert hand.do("window-3", "strip", "look") == {"text": "请A012到", "number": "A012"}
    sign.show("请A012到本窗口", "A012")
    sign.show("暂停服务", "")
    lines = (tmp_path / "strips" / "window-3.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["请A012到", "暂停服务"]
    sign.close()


@pytest.mark.parametrize("fault", ["silent", "unplugged"])
def test_a_simulated_signs_faults_have_names_and_it_shows_the_truth_when_mended(ear: Ear, fault: str) -> None:
    hand = Hand()
    sign = SimulatedStrip(ear.post, Place("window-3", "strip", hand))
    sign.show("A001", "A001")
    hand.do("window-3", "strip", "fault", name=fault)
    assert ear.next() == PartFailed("strip", fault, "on the bench", "technician")
    sign.show("A002", "A002")
    assert hand.do("window-3", "strip", "look")["text"] == "A001"
    hand.do("window-3", "strip", "mend")
    assert ear.next() == PartMended("strip")
    assert hand.do("window-3", "strip", "look")["text"] == "A002"
    with pytest.raises(ValueError, match="no fault 'melted'"):
        hand.do("window-3", "strip", "fault", name="melted")
    with pytest.raises(ValueError, match="a strip can"):
        hand.do("window-3", "strip", "paint")


def test_a_recordings_folder_that_cannot_be_had_refuses_to_start(ear: Ear, tmp_path: Path) -> None:
    (tmp_path / "strips").write_text("a file in the folder's place")
    with pytest.raises(PartMissing, match="cannot record at"):
        SimulatedStrip(ear.post, Place("window-3", "strip", recordings=tmp_path))
