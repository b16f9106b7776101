"""Numbers are unique and rising, whatever kiosks, cards and days do (N3)."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from device.contract.messages import Block
from device.hall.numbers import LAST, Numbers, Reserve, printed

DAYS = ("2026-11-23", "2026-11-24")
STEPS = st.lists(
    st.tuples(st.sampled_from(["online", "grant", "take"]), st.integers(0, 3), st.sampled_from(DAYS)), max_size=300
)


@settings(max_examples=150, deadline=None)
@given(STEPS, st.integers(1, 40), st.integers(1, 400))
def test_no_two_issuers_ever_give_the_same_number_and_each_only_rises(
    steps: list[tuple[str, int, str]], block: int, online_last: int
) -> None:
    numbers = Numbers(online_last, block)
    journals = {f"journal-{n}": Reserve() for n in range(4)}
    given_by: dict[tuple[str, str], list[int]] = defaultdict(list)
    for what, n, day in steps:
        name = f"journal-{n}"
        match what:
            case "online":
                number = numbers.next_online(day, "A")
                if number is not None:
                    numbers.note_online(day, "A", number)
                    given_by["coordinator", day].append(number)
            case "grant":
                granted = numbers.next_block(name, day, "A")
                if granted:
                    numbers.note_block(name, granted)
                journals[name].blocks = numbers.blocks(name, day)
            case _:
                taken = journals[name].take(day, "A")
                if taken is not None:
                    given_by[name, day].append(taken)
    for day in DAYS:
        everything = [n for (_, d), ns in given_by.items() if d == day for n in ns]
        assert len(everything) == len(set(everything))
        assert all(1 <= n <= LAST for n in everything)
    for ns in given_by.values():
        assert ns == sorted(ns)


def test_a_reserve_that_is_used_up_gives_nothing() -> None:
    reserve = Reserve((Block("A", DAYS[0], 998, 999),))
    assert [reserve.take(DAYS[0], "A") for _ in range(3)] == [998, 999, None]


def test_days_that_are_over_are_forgotten_and_others_are_not() -> None:
    reserve = Reserve((Block("A", DAYS[0], 600, 601), Block("A", DAYS[1], 600, 601)))
    reserve.take(DAYS[1], "A")
    reserve.drop_before(DAYS[1])
    assert reserve.take(DAYS[0], "A") is None
    assert reserve.take(DAYS[1], "A") == 601


def test_a_number_is_printed_as_one_letter_and_three_digits() -> None:
    assert printed("A", 12) == "A012"
