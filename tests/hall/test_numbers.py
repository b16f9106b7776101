"""Numbers are unique and rising, whatever kiosks, cards and days do (N3)."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from device.contract.messages import Block
from device.hall.calendar import days_from
from device.hall.numbers import LAST, USED_MOST, Numbers, Reserve, printed

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
                granted = numbers.next_block((name, name), day, "A")
                if granted:
                    numbers.note_block((name, name), granted)
                journals[name].blocks = numbers.blocks((name, name), day)
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
    today = Block("A", DAYS[1], 600, 601)
    reserve = Reserve((Block("A", DAYS[0], 600, 601), today))
    reserve.take(DAYS[1], "A")
    reserve.grant((today,), DAYS[1])
    assert reserve.take(DAYS[0], "A") is None
    assert reserve.take(DAYS[1], "A") == 601


def test_a_coordinator_ahead_of_the_day_takes_nothing_away_and_no_number_comes_twice() -> None:
    today, tomorrow = Block("A", DAYS[0], 600, 602), Block("A", DAYS[1], 600, 602)
    reserve = Reserve()
    reserve.grant((today, tomorrow), DAYS[0])
    assert reserve.take(DAYS[0], "A") == 600
    reserve.grant((tomorrow,), DAYS[0])
    assert reserve.take(DAYS[0], "A") == 601
    reserve.grant((tomorrow,), DAYS[1])  # both clocks were wrong
    reserve.grant((today, tomorrow), DAYS[0])
    assert reserve.take(DAYS[0], "A") == 602


def test_numbers_of_one_day_come_from_one_book() -> None:
    reserve = Reserve()
    assert reserve.believes("old", DAYS[0])
    reserve.grant((Block("A", DAYS[0], 600, 602), Block("A", DAYS[1], 600, 602)), DAYS[0])
    assert not reserve.believes("new", DAYS[0])
    assert reserve.take(DAYS[0], "A") == 600  # one's own go on
    assert reserve.believes("new", DAYS[1])
    assert reserve.take(DAYS[1], "A") is None  # the new book may have granted them to somebody else
    assert not reserve.believes("old", DAYS[1])


def test_of_long_ago_only_so_much_is_remembered() -> None:
    reserve = Reserve(used={f"{day} A": 600 for day in days_from(DAYS[0], USED_MOST + 50)})
    reserve.grant((Block("A", DAYS[1], 600, 602),), DAYS[1])
    assert len(reserve.used) == USED_MOST
    assert f"{DAYS[0]} A" not in reserve.used


def test_a_number_somebody_may_hold_was_given_or_is_in_a_block() -> None:
    numbers = Numbers(599, 100)
    numbers.note_online(DAYS[0], "A", 12)
    numbers.note_block(("kiosk-1", "journal"), Block("A", DAYS[0], 600, 699))
    assert [n for n in (0, 1, 12, 13, 599, 600, 699, 700) if numbers.out(DAYS[0], "A", n)] == [1, 12, 600, 699]
    assert not numbers.out(DAYS[0], "B", 1)


def test_a_number_is_printed_as_one_letter_and_three_digits() -> None:
    assert printed("A", 12) == "A012"
