"""How long a job's paper is: the count from its bytes against the feed of the machine that carries them out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.press import paper_of
from drivers.escpos_bytes import EscposPen
from drivers.escpos_length import KNIFE_MM, paper_mm
from drivers.escpos_machine import Machine
from drivers.printer_profiles import PROFILES
from screens.slips.samples import papers


def fed(job: bytes, dots_per_mm: float) -> float:
    machine = Machine()
    machine.receive(job)
    return machine.fed_dots / dots_per_mm + machine.cuts * KNIFE_MM


@pytest.mark.parametrize("model", PROFILES)
def test_every_template_on_every_model_is_counted_as_long_as_the_machine_feeds_it(model: str) -> None:
    write, dots_per_mm = paper_of(model), PROFILES[model].dots_per_mm
    for name, document in papers().items():
        job = write(document)
        assert paper_mm(job, dots_per_mm) == pytest.approx(fed(job, dots_per_mm)), name


def test_a_ticket_is_as_long_as_a_hand_with_a_ruler_would_say() -> None:
    job = paper_of("generic-80")(papers()["ticket-zh"])
    assert 80 < paper_mm(job, 8.0) < 180


def test_ten_lines_of_double_height_ten_of_normal_and_a_cut() -> None:
    pen = EscposPen(PROFILES["generic-80"])
    for _ in range(10):
        pen.line("A", 2, "left", bold=False)
        pen.line("A", 1, "left", bold=False)
    pen.cut()
    assert paper_mm(pen.bytes(), 8.0) == (10 * 48 + 10 * 30) / 8.0 + KNIFE_MM


@given(st.binary(max_size=200))
def test_any_bytes_have_some_length_and_no_error(job: bytes) -> None:
    assert paper_mm(job, 8.0) >= 0


@given(st.integers(0, 400))
def test_a_job_that_is_broken_off_is_no_longer_than_the_whole(length: int) -> None:
    job = paper_of("generic-80")(papers()["ticket-zh"])
    assert paper_mm(job[:length], 8.0) <= paper_mm(job, 8.0)
