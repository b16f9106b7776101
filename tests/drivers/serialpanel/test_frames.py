"""Every known frame byte by byte, whatever lies between; and templates that cannot be followed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.frame_checks import ccitt16, modbus16, sum8, xor8
from drivers.frame_splitter import Splitter
from drivers.frame_template import DATA_MOST, BadTemplate, Frame, Template
from drivers.frames import BEGIN, CALL, DIGITS, FRAMES, PRESS, SOURCE, TAKEN, gb2312, pad_digits, template_of

PAD = Template.parse(FRAMES["desk-pad"].template)
ALL = {name: Template.parse(row.template) for name, row in FRAMES.items()}


def bytes_of(text: str) -> bytes:
    return bytes.fromhex(text)


# --- checksums, against values of others ---------------------------------------------------------------------


def test_the_checksums_are_the_ones_of_the_books() -> None:
    assert ccitt16(b"123456789") == 0x31C3  # CRC-16/XMODEM
    assert modbus16(b"123456789") == 0x4B37  # CRC-16/MODBUS
    assert sum8(b"\xff\x02") == 0x01
    assert xor8(b"\x0f\xf0\x0f") == 0xF0


# --- each frame, reckoned by hand ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "fields", "wanted"),
    [
        # L = 2 + 1; sum of 03 02 0C
        ("desk-pad", {"addr": 3, "func": DIGITS, "data": bytes([CALL])}, "FF 68 03 03 68 03 02 0C 11 16"),
        ("desk-pad", {"addr": 3, "func": TAKEN, "data": bytes([BEGIN])}, "FF 68 03 03 68 03 01 0B 0F 16"),
        ("desk-pad", {"addr": 3, "func": PRESS, "data": b"\x00"}, "FF 68 03 03 68 03 11 00 14 16"),
        # sum of 01 00 99 00 63 41 FF = 0x23D
        ("lihe", {"addr": 7, "data": b"A"}, "AA 07 BB 51 54 3D 01 00 99 00 63 41 FF"),
        # sum of 08 02 99 00 63 41 FF = 0x246
        ("lihe-main", {"addr": 7, "data": b"A"}, "AA 07 BB 51 54 46 08 02 99 00 63 41 FF"),
        # A and its zero: 07 ^ A5 ^ 00 ^ 02 ^ 41 ^ 00
        ("imm9012", {"addr": 7, "data": b"A\0"}, "A0 90 07 A5 00 02 41 00 E1"),
        ("imm90061", {"addr": 7, "data": b"A"}, "AA 55 06 07 F8 21 00 41 00"),
    ],
)
def test_a_frame_is_these_bytes(frame: str, fields: dict[str, Any], wanted: str) -> None:
    assert ALL[frame].encode(**fields) == bytes_of(wanted)


def test_a_frame_with_a_crc_says_its_whole_length_and_ends_with_the_crc_of_all_before_it() -> None:
    raw = ALL["imm9013"].encode(addr=7, seq=9, data=b"A")
    head = bytes_of("07 FE 0D 09 86 3C 00 05 00 41 00")
    assert raw == head + ccitt16(head).to_bytes(2, "big")
    assert raw[2] == len(raw)


def test_the_sign_that_is_told_the_length_first_is_told_it_in_29_bytes() -> None:
    first = Template.parse(FRAMES["imm90061"].first).encode(addr=7, data=b"\x05")
    assert first[:8] == bytes_of("AA 55 04 07 F8 51 05 00")
    assert len(first) == 29


def test_every_row_says_where_it_is_from_and_that_nobody_tried_it() -> None:
    assert {row.source for row in FRAMES.values()} == {SOURCE} == {"from public code, not tried on hardware"}


def test_the_page_about_serial_parts_has_every_frame_as_it_is_said() -> None:
    page = (Path(__file__).parents[3] / "docs" / "serial.md").read_text("utf-8")
    for name, row in FRAMES.items():
        assert f"| `{name}` |" in page
        assert f"`{row.template}`" in page
    assert page.count(SOURCE) >= len(FRAMES)


# --- text on a sign ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "columns", "wanted"),
    [
        ("A1", 16, b"A1"),
        ("请A012", 16, "请A012".encode("gb2312")),
        ("请A012", 5, "请A01".encode("gb2312")),
        ("A请B", 2, b"A"),
        ("ༀ😀", 4, b"??"),
        ("a\nb\0", 4, b"ab"),
    ],
)
def test_a_line_is_cut_at_whole_characters_and_holds_only_what_a_sign_can_draw(
    text: str, columns: int, wanted: bytes
) -> None:
    assert gb2312(text, columns) == wanted


def test_a_spaced_line_has_a_zero_behind_every_character_not_behind_every_byte() -> None:
    assert gb2312("请A", 16, "spaced") == "请".encode("gb2312") + b"\0A\0"


@settings(max_examples=40)
@given(st.text(max_size=60), st.integers(2, 60))
def test_no_text_breaks_a_frame_or_raises(text: str, columns: int) -> None:
    data = gb2312(text, columns)
    assert not {0x00, 0xFF} & set(data)
    assert len(data) <= columns
    for name, template in ALL.items():
        said = template.encode(addr=1, data=gb2312(text, columns, FRAMES[name].text))
        [frame] = Splitter(template).feed(said)
        assert frame.raw == said


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        ("A012", "0A 0A 0A 00 01 02"),
        ("", "0A 0A 0A 0A 0A 0A"),
        ("B7", "0A 0A 0A 0A 0A 07"),
        ("A٣", "0A 0A 0A 0A 0A 0A"),
    ],
)
def test_a_pad_shows_the_last_three_digits_and_blanks(number: str, wanted: str) -> None:
    assert pad_digits(number) == bytes_of(wanted)


# --- frames in whatever comes --------------------------------------------------------------------------------

FIELDS = st.fixed_dictionaries(
    {"addr": st.integers(0, 255), "func": st.integers(0, 255), "seq": st.integers(0, 255)},
)
PAYLOAD = st.binary(max_size=30).map(lambda data: data.replace(b"\xff", b"\xfe"))  # FF ends some frames


def split(template: Template, pieces: list[bytes]) -> list[Frame]:
    splitter = Splitter(template)
    frames = [frame for piece in pieces for frame in splitter.feed(piece)]
    return frames + splitter.flush()


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=25)
@given(fields=FIELDS, data=PAYLOAD)
def test_what_was_said_is_what_is_heard(name: str, fields: dict[str, int], data: bytes) -> None:
    template = ALL[name]
    raw = template.encode(**fields, data=data)
    kinds = {part.kind for part in template.parts}
    wanted = Frame(raw, **{key: value if key in kinds else 0 for key, value in fields.items()}, data=data)
    assert split(template, [raw]) == [wanted]
    assert split(template, [bytes([byte]) for byte in raw]) == [wanted]


BEGINS = {name: 0xFE if name.startswith("imm9013") else template.parts[0].value for name, template in ALL.items()}


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=25)
@given(noise=st.binary(max_size=80), data=PAYLOAD, rest=st.binary(max_size=20))
def test_a_good_frame_is_found_behind_noise_and_before_noise(name: str, noise: bytes, data: bytes, rest: bytes) -> None:
    noise = noise.replace(bytes([BEGINS[name]]), b"")  # noise that looks like a beginning has a test of its own
    raw = ALL[name].encode(addr=3, data=data)
    assert split(ALL[name], [noise, raw[:4], raw[4:] + rest])[0].raw == raw


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=25)
@given(pieces=st.lists(st.binary(max_size=64), max_size=20))
def test_no_bytes_raise_and_what_is_kept_is_less_than_a_frame(name: str, pieces: list[bytes]) -> None:
    splitter = Splitter(ALL[name])
    for piece in pieces:
        for frame in splitter.feed(piece):
            assert ALL[name].match(frame.raw) == frame
        assert splitter.waiting < ALL[name].most
    splitter.flush()
    assert not splitter.waiting


@given(at=st.integers(0, 9), bit=st.integers(0, 7))
def test_a_press_with_one_wrong_bit_is_no_press_of_another_key(at: int, bit: int) -> None:
    raw = bytearray(PAD.encode(addr=3, func=PRESS, data=b"\x02"))
    raw[at] ^= 1 << bit
    assert split(PAD, [bytes(raw)]) == []


def test_what_looks_like_a_beginning_does_not_hold_back_a_press_for_longer_than_the_pause_after_it() -> None:
    press = PAD.encode(addr=3, func=PRESS, data=b"\x02")
    splitter = Splitter(PAD)
    assert splitter.feed(bytes_of("FF 68 40 40 68") + press) == []
    assert [frame.raw for frame in splitter.flush()] == [press]


# --- templates of a hall's own -------------------------------------------------------------------------------


def test_a_hall_can_write_down_a_device_nobody_knows() -> None:
    own = template_of("custom", "55 aa len2(0..end) addr func data:3 modbus16(0..here)")
    raw = own.encode(addr=9, func=4, data=b"abc")
    assert raw[:9] == bytes_of("55 AA 00 0B 09 04 61 62 63")
    assert raw[9:] == modbus16(raw[:9]).to_bytes(2, "little")
    assert split(own, [b"\x55" + raw])[0].data == b"abc"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "an empty frame"),
        ("FF GG", "'GG' is no byte, field, length or checksum"),
        ("FF addr addr", "'addr' stands there twice"),
        ("FF data", "where `data` ends cannot be known"),
        ("FF data sum8(0..here)", "where `data` ends cannot be known"),
        ("FF len(addr..data) data 16", "there is no 'addr' to begin at"),
        ("FF len(data..seq) data 16", "there is no 'seq' to end at"),
        ("FF crc32(0..here) 16", "'crc32' is no length and no checksum"),
        ("FF data:999", "is no byte"),
        ("FF data FE sum8(7..here)", "byte 7 is not before the payload"),
        ("FF " * 300, "at most 250 bytes"),
        ("addr seq func len(func..addr) 00", "ends before it begins"),
    ],
)
def test_a_template_nobody_can_follow_is_refused_in_words(text: str, fault: str) -> None:
    with pytest.raises(BadTemplate, match=fault):
        Template.parse(text)


@given(st.text(alphabet="FfAa0123 .:()lendatsumxor8cihbu16y", max_size=60))
def test_no_text_of_a_config_does_worse_than_be_refused(text: str) -> None:
    try:
        template = Template.parse(text)
    except BadTemplate:
        return
    size = next((part.size for part in template.parts if part.kind == "data" and part.size >= 0), 0)
    raw = template.encode(addr=1, func=2, seq=3, data=bytes(size))
    assert isinstance(template.match(raw), Frame)


def test_a_template_beside_a_known_frame_is_refused() -> None:
    with pytest.raises(BadTemplate, match='belongs to frame = "custom" alone'):
        template_of("desk-pad", "FF")


def test_what_does_not_fit_a_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="has 129 bytes"):
        PAD.encode(data=bytes(DATA_MOST + 1))
    with pytest.raises(OverflowError):
        PAD.encode(addr=256)
