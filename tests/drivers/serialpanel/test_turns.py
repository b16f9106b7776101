"""Who speaks when on a line that many share, on time that tests make up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.bus_turns import ANSWER_SECONDS, BACK_OFF, REPLIES, TRIES, Fell, Rose, Speech, Turns

SPEED = 960.0  # bytes a second at 9600 baud


def said(turns: Turns, until: float, dead: frozenset[int] = frozenset()) -> list[tuple[int, bytes, float]]:
    """Everything said up to then: who, what, when. Who is asked answers after 10 ms, unless dead."""
    return [(who, speech.data, at) for who, speech, at in run(turns, until, dead)[0]]


def run(
    turns: Turns, until: float, dead: frozenset[int] = frozenset(), now: float = 0.0
) -> tuple[list[tuple[int, Speech, float]], list[Fell | Rose]]:
    heard: list[tuple[int, Speech, float]] = []
    told: list[Fell | Rose] = []
    while (due := turns.due()) is not None and due <= until:
        now = max(now, due)
        told += turns.tick(now)
        spoken = turns.next(now)
        if spoken is None:
            continue
        heard.append((*spoken, now))
        if spoken[1].asks and spoken[0] not in dead:
            now += len(spoken[1].data) / SPEED + 0.01
            told += turns.heard(spoken[0], now)
    return heard, told


def asked(turns: Turns, *members: int, every: float = 1.0) -> None:
    for member in members:
        turns.join(member, [Speech(bytes([member]), asks=True)], every)


def test_members_speak_in_turn_and_never_two_at_once() -> None:
    turns = Turns(SPEED)
    asked(turns, 1, 2, 3)
    heard = said(turns, 2.5)
    assert [who for who, _, _ in heard] == [1, 2, 3] * 3
    times = [at for _, _, at in heard]
    assert all(later - earlier >= 1 / SPEED for earlier, later in pairwise(times))


def test_a_dead_address_is_told_once_after_three_tries_and_costs_the_others_next_to_nothing() -> None:
    turns = Turns(SPEED)
    asked(turns, 1, 2, 3)
    heard, told = run(turns, 60.0, dead=frozenset({2}))
    assert told == [Fell(2)]
    times = {who: [at for other, _, at in heard if other == who] for who in (1, 2, 3)}
    for who in (1, 3):  # each is still asked every second, at most one answer's time late
        gaps = [later - earlier for earlier, later in zip(times[who], times[who][1:], strict=False)]
        assert max(gaps) <= 1.0 + 2 * ANSWER_SECONDS
        assert len(times[who]) >= 55
    assert TRIES <= len(times[2]) <= TRIES + len(BACK_OFF) + 2


def test_while_it_is_silent_it_is_asked_ever_more_seldom() -> None:
    turns = Turns(SPEED)
    asked(turns, 7)
    heard, _ = run(turns, 300.0, dead=frozenset({7}))
    waits = [later[2] - earlier[2] for earlier, later in pairwise(heard)][TRIES - 1 :]
    assert waits[: len(BACK_OFF)] == pytest.approx(
        [wait + ANSWER_SECONDS + 1 / SPEED + 0.005 for wait in BACK_OFF], abs=1e-6
    )
    assert waits[-1] == pytest.approx(BACK_OFF[-1] + ANSWER_SECONDS + 1 / SPEED + 0.005)


def test_a_silent_member_is_mended_by_whatever_it_says() -> None:
    turns = Turns(SPEED)
    asked(turns, 7)
    _, told = run(turns, 100.0, dead=frozenset({7}))
    assert told == [Fell(7)]
    assert turns.heard(7, 101.0) == [Rose(7)]
    assert turns.heard(7, 101.1) == []
    heard, told = run(turns, 104.0, now=101.1)
    assert [who for who, _, _ in heard][:2] == [7, 7]
    assert told == []


def test_two_lost_answers_are_no_fault() -> None:
    turns = Turns(SPEED)
    asked(turns, 1)
    now = 0.0
    for _ in range(TRIES - 1):
        assert turns.next(now) is not None
        now = turns.due() or 0.0
        assert turns.tick(now) == []
    assert turns.next(now) is not None
    assert turns.heard(1, now + 0.01) == []


def test_only_the_newest_wish_is_said() -> None:
    turns = Turns(SPEED)
    turns.join(1)
    turns.wish(1, [Speech(b"old")])
    turns.wish(1, [Speech(b"new, first"), Speech(b"new, second")])
    assert [data for _, data, _ in said(turns, 1.0)] == [b"new, first", b"new, second"]
    assert turns.due() is None


def test_a_wish_that_comes_while_an_answer_is_awaited_is_said_next_and_not_taken_for_answered() -> None:
    turns = Turns(SPEED)
    turns.join(1)
    turns.wish(1, [Speech(b"old", asks=True)])
    assert turns.next(0.0) == (1, Speech(b"old", asks=True))
    turns.wish(1, [Speech(b"new", asks=True)])
    turns.heard(1, 0.02)
    assert [data for _, data, _ in said(turns, 1.0)] == [b"new"]


def test_a_sign_is_told_again_so_that_one_switched_on_later_shows_the_truth() -> None:
    turns = Turns(SPEED)
    turns.join(1)
    turns.wish(1, [Speech(b"line")], again=60.0, now=0.0)
    assert [round(at) for _, _, at in said(turns, 185.0)] == [0, 60, 120, 180]


def test_what_is_said_back_comes_before_all_turns_and_a_babbler_is_not_answered_without_end() -> None:
    turns = Turns(SPEED)
    turns.join(1)
    turns.wish(1, [Speech(b"line")])
    for n in range(100):
        turns.reply(2, bytes([n]))
    heard = said(turns, 10.0)
    assert [who for who, _, _ in heard] == [2] * REPLIES + [1]


def test_who_leaves_in_the_middle_of_its_turn_holds_nobody_up() -> None:
    turns = Turns(SPEED)
    asked(turns, 1, 2)
    assert turns.next(0.0) is not None
    turns.leave(1)
    assert turns.heard(1, 0.01) == []
    heard, told = run(turns, 2.0)
    assert {who for who, _, _ in heard} == {2}
    assert told == []


@settings(max_examples=30)
@given(st.integers(1, 6), st.sets(st.integers(1, 6)))
def test_whoever_is_dead_the_others_are_asked_and_only_the_dead_are_told(many: int, dead: set[int]) -> None:
    turns = Turns(SPEED)
    members = range(1, many + 1)
    asked(turns, *members)
    heard, told = run(turns, 20.0, dead=frozenset(dead))
    assert {turn.member for turn in told} == dead & set(members)
    assert len(told) == len(dead & set(members))
    for member in set(members) - dead:
        assert sum(who == member for who, _, _ in heard) >= 12
