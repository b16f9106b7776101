"""What waits, what is refused, and in which order; on a clock that the test holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from drivers.protocols import Utterance
from drivers.speaker_queue import SpeechQueue

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def utterance(id_: str, until: float | None = None) -> Utterance:
    return Utterance(id_, (), until=None if until is None else at(until))


def test_what_became_stale_while_waiting_is_passed_over() -> None:
    queue = SpeechQueue()
    old, new = utterance("old", until=5), utterance("new", until=60)
    assert queue.offer(old, at(0)) == queue.offer(new, at(0)) == []
    assert queue.take(at(5)) == (new, [(old, "stale")])
    assert queue.take(at(5)) == (None, [])


def test_stale_ones_make_room_for_a_new_one() -> None:
    queue = SpeechQueue(room=2)
    old, young, new = utterance("old", until=5), utterance("young"), utterance("new")
    queue.offer(old, at(0))
    queue.offer(young, at(0))
    assert queue.offer(new, at(6)) == [(old, "stale")]
    assert [queue.take(at(6))[0] for _ in range(2)] == [young, new]


def test_what_a_full_queue_refused_may_be_brought_again() -> None:
    queue = SpeechQueue(room=1)
    first, second = utterance("first"), utterance("second")
    queue.offer(first, at(0))
    assert queue.offer(second, at(0)) == [(second, "full")]
    queue.take(at(1))
    assert queue.offer(second, at(1)) == []


def test_a_full_queue_still_knows_a_repeated_one() -> None:
    queue = SpeechQueue(room=1)
    queue.offer(utterance("a"), at(0))
    assert queue.offer(utterance("a"), at(0)) == [(utterance("a"), "repeated")]


def test_ids_are_remembered_for_a_while_and_not_for_ever() -> None:
    queue = SpeechQueue(room=100, memory=3)
    for id_ in ("a", "b", "c", "d"):
        queue.offer(utterance(id_), at(0))
    assert queue.offer(utterance("b"), at(0)) == [(utterance("b"), "repeated")]
    assert queue.offer(utterance("a"), at(0)) == []


def test_emptying_gives_up_what_waits_in_its_order() -> None:
    queue = SpeechQueue()
    a, b = utterance("a"), utterance("b")
    queue.offer(a, at(0))
    queue.offer(b, at(0))
    assert queue.empty("closed") == [(a, "closed"), (b, "closed")]
    assert len(queue) == 0


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 9) | st.none(), st.booleans())))
def test_each_announcement_ends_once_and_the_said_ones_keep_their_order(
    day: list[tuple[str, int | None, bool]],
) -> None:
    queue = SpeechQueue(room=3, memory=4)
    said: list[Utterance] = []
    refused: list[Utterance] = []
    offered: list[Utterance] = []
    for second, (id_, until, turn) in enumerate(day):
        new = utterance(id_, None if until is None else second + until - 2)
        offered.append(new)
        refused += [dropped for dropped, _ in queue.offer(new, at(second))]
        assert len(queue) <= 3
        if turn:
            taken, dropped = queue.take(at(second))
            said += [taken] if taken else []
            refused += [stale for stale, _ in dropped]
    refused += [left for left, _ in queue.empty("closed")]
    assert sorted(map(id, said + refused)) == sorted(map(id, offered))
    places = [next(place for place, new in enumerate(offered) if new is one) for one in said]
    assert places == sorted(places)
