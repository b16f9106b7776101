"""Random days in which everything breaks, and after which the account is settled. Each is told by its seed.

`DAYS=500 SEED=1000 python -m pytest tests/scenarios/test_random_days.py` lives more of them.
"""

from __future__ import annotations

import os

import pytest

from tests.scenarios.days import EVERYTHING, a_day

FIRST, DAYS = int(os.environ.get("SEED", "0")), int(os.environ.get("DAYS", "4"))


@pytest.mark.timeout(30)
@pytest.mark.parametrize("seed", range(FIRST, FIRST + DAYS))
def test_after_any_day_what_people_saw_is_in_the_book_once(seed: int) -> None:
    a_day(seed)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("seed", range(FIRST, FIRST + DAYS))
def test_after_any_day_on_a_wire_that_loses_only_with_the_line_nobody_was_named_for_somebody_else_either(
    seed: int,
) -> None:
    a_day(seed, breaks=EVERYTHING - {"wire"})


@pytest.mark.timeout(30)
@pytest.mark.parametrize("breaks", sorted(EVERYTHING))
def test_after_a_day_in_which_one_kind_of_thing_breaks_again_and_again_too(breaks: str) -> None:
    a_day(FIRST, acts=80, breaks=frozenset({breaks}))


def test_a_seed_tells_the_same_day_twice() -> None:
    once, twice = (a_day(FIRST + 1, acts=40) for _ in range(2))
    assert once.told == twice.told
    first, second = ([(row.device, row.seq, row.id) for row in day.hall.book.rows] for day in (once, twice))
    assert first == second
