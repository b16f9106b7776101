"""N5 in its everyday size, and that it finds what is planted."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from device.press import paper_of
from tests.drivers.printer import rigs
from tests.faults.paper_defects import DEFECTS
from tests.faults.paper_faults import FAULTS, every_byte, one, run
from tests.faults.paper_tries import Printing, Tally


@pytest.mark.req("R190")
@pytest.mark.timeout(90)
def test_a_fault_at_any_byte_of_a_ticket_never_gives_a_second_number_a_stale_ticket_or_a_false_word() -> None:
    outcome = run(full=False, seed=None)
    assert outcome.kept, outcome.why
    assert outcome.tried > 400 * len(FAULTS)


@pytest.mark.parametrize("defect", DEFECTS)
def test_each_planted_defect_is_found(defect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rigs, "PATIENCE", 0.3)  # some defects end in waiting for what never comes
    tally = Tally()
    with patch.object(*DEFECTS[defect]):
        every_byte({0: True, 1: False}, paper_of("generic-80"), tally, step=91)
    assert tally.lost or tally.doubled or tally.failed


@pytest.mark.parametrize("fault", FAULTS)
def test_a_power_cut_and_a_second_fault_in_the_reprint_change_nothing_of_that(fault: str) -> None:
    tally, printing = Tally(), Printing(forgets=True)
    write = paper_of("generic-58")
    try:
        for after in (1, 150, 300):
            one(printing, write, fault, after, tally, lang="en", second=("cover-open", after))
            one(printing, write, fault, after, tally, lang="en", power=True)
    finally:
        printing.close()
    assert tally.tried == 6
    assert (tally.lost, tally.doubled, tally.failed) == ([], [], [])
