"""Records on their way: what goes out when, and what a receipt changes."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from device.outbox import SILENCE, Outbox
from drivers.durable import Fact


class Paper:
    """The journal's part of the story: facts of one device until their receipt."""

    def __init__(self, *seqs: int) -> None:
        self.facts = [Fact("kiosk-1", seq, f"id-{seq}", b"{}") for seq in seqs]

    def unsent(self, limit: int) -> Sequence[Fact]:
        return self.facts[:limit]

    def write(self, *seqs: int) -> list[Fact]:
        new = [Fact("kiosk-1", seq, f"id-{seq}", b"{}") for seq in seqs]
        self.facts += new
        return new

    def receipt(self, upto: int) -> None:
        self.facts = [fact for fact in self.facts if fact.seq > upto]


def seqs(facts: Sequence[Fact]) -> list[int]:
    return [fact.seq for fact in facts]


def test_a_record_goes_out_as_soon_as_it_is_durable_when_the_line_is_up() -> None:
    paper = Paper()
    outbox = Outbox(paper.unsent, head=0)
    assert outbox.line_up(0.0) == []
    assert seqs(outbox.committed(paper.write(1), 1.0)) == [1]


def test_with_the_line_down_records_wait_and_go_in_order_when_it_comes() -> None:
    paper = Paper()
    outbox = Outbox(paper.unsent, head=0)
    assert outbox.committed(paper.write(1, 2), 0.0) == []
    assert outbox.committed(paper.write(3), 1.0) == []
    assert seqs(outbox.line_up(2.0)) == [1, 2, 3]


def test_what_an_earlier_life_left_goes_out_first() -> None:
    paper = Paper(41, 42)
    outbox = Outbox(paper.unsent, head=42)
    assert outbox.unsent == 2
    assert seqs(outbox.line_up(0.0)) == [41, 42]


def test_a_journal_whose_records_were_all_receipted_goes_on_with_the_next() -> None:
    paper = Paper()
    outbox = Outbox(paper.unsent, head=42)
    outbox.line_up(0.0)
    assert seqs(outbox.committed(paper.write(43), 0.0)) == [43]


def test_only_so_many_are_in_flight_and_a_receipt_makes_room() -> None:
    paper = Paper(*range(1, 11))
    outbox = Outbox(paper.unsent, head=10, window=4)
    assert seqs(outbox.line_up(0.0)) == [1, 2, 3, 4]
    assert outbox.committed(paper.write(11), 0.1) == []
    paper.receipt(3)
    assert seqs(outbox.receipt(3, 0.2)) == [5, 6, 7]


def test_a_batch_larger_than_the_room_goes_out_in_parts() -> None:
    paper = Paper()
    outbox = Outbox(paper.unsent, head=0, window=4)
    outbox.line_up(0.0)
    assert seqs(outbox.committed(paper.write(*range(1, 8)), 0.1)) == [1, 2, 3, 4]
    paper.receipt(4)
    assert seqs(outbox.receipt(4, 0.2)) == [5, 6, 7]


def test_after_a_break_of_the_line_everything_without_a_receipt_goes_out_again() -> None:
    paper = Paper(1, 2, 3)
    outbox = Outbox(paper.unsent, head=3)
    outbox.line_up(0.0)
    paper.receipt(1)
    outbox.receipt(1, 0.1)
    outbox.line_down()
    assert outbox.deadline() is None
    assert seqs(outbox.line_up(9.0)) == [2, 3]


def test_a_receipt_without_news_sends_again_from_what_is_missing_but_not_in_a_storm() -> None:
    paper = Paper(1, 2, 3)
    outbox = Outbox(paper.unsent, head=3)
    outbox.line_up(0.0)
    paper.receipt(1)
    outbox.receipt(1, 0.1)
    assert seqs(outbox.receipt(1, 2.0)) == [2, 3]
    assert outbox.receipt(1, 2.5) == []
    assert seqs(outbox.receipt(1, 3.1)) == [2, 3]


def test_silence_is_answered_with_the_oldest_alone_until_somebody_speaks() -> None:
    paper = Paper(1, 2, 3)
    outbox = Outbox(paper.unsent, head=3)
    outbox.line_up(0.0)
    assert outbox.deadline() == SILENCE
    assert outbox.silent(SILENCE - 0.1) == []
    assert seqs(outbox.silent(SILENCE)) == [1]
    assert seqs(outbox.silent(2 * SILENCE)) == [1]
    paper.receipt(1)
    assert seqs(outbox.receipt(1, 2 * SILENCE + 0.1)) == [2, 3]


def test_when_all_is_receipted_there_is_no_silence_to_wait_for() -> None:
    paper = Paper(1)
    outbox = Outbox(paper.unsent, head=1)
    outbox.line_up(0.0)
    paper.receipt(1)
    outbox.receipt(1, 0.1)
    assert outbox.deadline() is None
    assert outbox.unsent == 0


def test_the_first_record_after_a_quiet_hour_gets_its_five_seconds() -> None:
    paper = Paper()
    outbox = Outbox(paper.unsent, head=0)
    outbox.line_up(0.0)
    outbox.committed(paper.write(1), 3600.0)
    assert outbox.deadline() == 3600.0 + SILENCE


def test_a_receipt_for_records_never_made_is_not_known() -> None:
    paper = Paper(1)
    outbox = Outbox(paper.unsent, head=1)
    assert (outbox.knows(1), outbox.knows(2)) == (True, False)
    outbox.line_up(0.0)
    outbox.committed(paper.write(2), 0.0)
    assert outbox.knows(2)


def test_a_book_that_lost_what_it_had_is_noticed_and_receipts_that_are_late_or_doubled_are_not() -> None:
    paper = Paper()
    outbox = Outbox(paper.unsent, head=5)
    outbox.line_up(0.0)
    outbox.committed(paper.write(6), 0.0)
    told = []
    for now in (0.0, 0.1, 0.2, 4.9, SILENCE):
        outbox.receipt(0, now)
        told.append(outbox.behind)
    assert told == [False, False, False, False, True]
    outbox.receipt(6, 6.0)
    assert not outbox.behind


@pytest.mark.parametrize("seed", range(40))
def test_every_record_arrives_in_order_over_a_line_that_loses_and_breaks(seed: int) -> None:
    dice, paper, now, book = random.Random(seed), Paper(), 0.0, 0
    outbox = Outbox(paper.unsent, head=0, window=5)
    flying: list[Fact] = []
    made, up = 0, False
    for turn in range(4000):
        now += 0.1
        calm = turn > 2000
        what = dice.random()
        if what < 0.2 and made < 60:
            made += 1
            flying += outbox.committed(paper.write(made), now)
        elif (what < 0.25 and not calm) or not up:
            up = not up
            if up:
                flying += outbox.line_up(now)
            else:
                outbox.line_down()
                flying.clear()
        elif flying and up:
            fact = flying.pop(0)
            if calm or dice.random() < 0.8:
                book = fact.seq if fact.seq == book + 1 else book
                if calm or dice.random() < 0.8:
                    paper.receipt(book)
                    flying += outbox.receipt(book, now)
        flying += outbox.silent(now)
    assert (book, outbox.unsent, paper.facts) == (made, 0, [])
