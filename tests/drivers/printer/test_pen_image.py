"""Pictures in a job: exact dots, no accidental commands, and never a command too long to be ended."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.press import paper_of
from drivers.escpos_bytes import EscposPen, harmless
from drivers.escpos_machine import Machine
from drivers.printer_profiles import PROFILES
from drivers.printer_thread import RESYNC
from screens.slips.samples import papers

NARROW = PROFILES["generic-58"]
REAL_TIME = re.compile(rb"\x10[\x04\x05\x14]")  # DLE EOT, DLE ENQ, DLE DC4


def job(width: int, rows: tuple[bytes, ...], align: str = "center") -> bytes:
    pen = EscposPen(NARROW)
    pen.image(width, rows, align)
    return pen.bytes()


def rasters(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(bytes a row, dots) of every GS v 0 of a job that has nothing but ESC a, ESC @, FS & besides."""
    rest = data.removeprefix(b"\x1b@\x1c&")
    while rest:
        if rest[:2] == b"\x1ba":
            rest = rest[3:]
            continue
        assert rest[:4] == b"\x1dv0\0"
        across, down = rest[4] + 256 * rest[5], rest[6] + 256 * rest[7]
        yield across, rest[8 : 8 + across * down]
        rest = rest[8 + across * down :]


def dots(data: bytes, across: int) -> list[bytes]:
    """The rows that come out on paper; a narrower picture is blank."""
    rows: list[bytes] = []
    for wide, picture in rasters(data):
        assert wide == across or not any(picture)
        rows += [picture[at : at + wide].ljust(across, b"\0") for at in range(0, len(picture), wide)]
    return rows


@given(st.lists(st.one_of(st.binary(min_size=6, max_size=6), st.just(bytes(6))), min_size=1, max_size=200))
def test_every_row_comes_out_as_it_is_but_for_a_dot_where_a_command_would_begin(rows: list[bytes]) -> None:
    sent = job(48, tuple(rows))
    printed = dots(sent, 6)
    assert len(printed) == len(rows)
    for row, wanted in zip(printed, rows, strict=True):
        added = int.from_bytes(row, "big") ^ int.from_bytes(wanted, "big")
        assert int.from_bytes(row, "big") & int.from_bytes(wanted, "big") == int.from_bytes(wanted, "big")
        assert added.bit_count() <= 3
    assert not REAL_TIME.search(sent)


@given(st.binary())
def test_dots_without_the_beginning_of_a_command_are_left_alone(data: bytes) -> None:
    assert (harmless(data) == data) == (not REAL_TIME.search(data))
    assert not REAL_TIME.search(harmless(data))


def test_a_clear_buffer_command_hidden_in_a_picture_clears_nothing() -> None:
    clear = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
    machine = Machine()
    machine.receive(job(80, (clear,) * 3) + b"\x1dVB\0")
    assert machine.cuts == 1
    assert not machine.answers


def test_a_machine_takes_a_picture_for_one_command_and_reads_on_after_it() -> None:
    machine = Machine()
    pen = EscposPen(NARROW)
    pen.image(16, (b"\x1dV", b"\n\x1b"), "left")  # dots that look like a cut
    pen.line("社会保险", 1, "left", bold=False)
    pen.cut()
    machine.receive(pen.bytes())
    (paper,) = machine.papers
    assert machine.cuts == 1
    assert "社会保险".encode("gb18030") in paper


def test_blank_rows_cost_a_byte_each() -> None:
    assert len(job(384, (bytes(48),) * 100)) < 130


@pytest.mark.parametrize(("width", "row"), [(385, bytes(49)), (384, bytes(47)), (8, b"")])
def test_a_picture_the_paper_cannot_hold_is_refused(width: int, row: bytes) -> None:
    with pytest.raises(ValueError, match="do not fit 384 dots"):
        job(width, (row,))


@pytest.mark.parametrize("model", ["generic-80", "generic-80-raster"])
@pytest.mark.parametrize("name", papers())
def test_whatever_command_a_job_breaks_off_in_is_ended_before_the_next_one(name: str, model: str) -> None:
    whole = paper_of(model)(papers()[name])
    for command in re.finditer(rb"\x1dv0\0(..)(..)|\x1d\(k(..)", whole, re.DOTALL):
        across, down, length = (int.from_bytes(size or b"", "little") for size in command.groups())
        assert max(across * down, length) <= len(RESYNC)


def test_a_printer_without_characters_is_never_put_into_kanji_mode() -> None:
    whole = paper_of("generic-80-raster")(papers()["ticket-zh"])
    assert whole.startswith(b"\x1b@\x1b")
    assert b"\x1c&" in paper_of("generic-80")(papers()["ticket-zh"])
    with pytest.raises(ValueError, match="no QR codes"):
        EscposPen(PROFILES["generic-80-raster"]).qr("x", 22)


def test_text_for_a_gb2312_printer_has_no_character_of_gbk_alone() -> None:
    from drivers.escpos_text import lacks, legible

    assert lacks("龍江政务é￥", "gb2312") == "龍"
    assert legible("龍江", "gb2312") == "〓江"
    assert lacks("社会A012", "none") == "社会"
    assert legible("é ñ A", "none") == "e n A"
