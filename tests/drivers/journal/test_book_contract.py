"""What every book promises (drivers.durable.Book), shown on each of them."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from drivers.durable import BookRow
from tests.drivers.journal.cards import BookCard, MemoryBookCard, SqliteBookCard, row


@pytest.fixture(params=[SqliteBookCard, MemoryBookCard], ids=["sqlite", "memory"])
def card(request: pytest.FixtureRequest, tmp_path: Path) -> BookCard:
    made: BookCard = request.param(tmp_path)
    return made


def test_a_new_book_has_nothing_in_it(card: BookCard) -> None:
    book = card.book()
    assert book.upto() == {}
    assert book.head("kiosk-1", "j-1") == (0, "")
    assert list(book.since("")) == []
    book.close()


@pytest.mark.req("R126")
def test_records_come_back_in_order_of_arrival_in_the_next_life(card: BookCard) -> None:
    arrived = [row(1), row(1, "window-3"), row(2), row(1, "kiosk-1", "j-2"), row(2, "window-3"), row(3)]
    book = card.book()
    book.enter(arrived[:2])
    book.enter(arrived[2:])
    book.close()
    book = card.book()
    assert list(book.since("2026-11-21")) == arrived
    assert book.upto() == {("kiosk-1", "j-1"): 3, ("window-3", "j-1"): 2, ("kiosk-1", "j-2"): 1}
    assert book.head("kiosk-1", "j-1") == (3, sha256(row(3).payload).hexdigest())
    book.close()


def test_a_record_delivered_again_is_entered_once(card: BookCard) -> None:
    book = card.book()
    book.enter([row(1), row(2)])
    book.enter([row(1), row(2), row(3), row(3)])
    book.enter([row(2)])
    assert list(book.since("")) == [row(1), row(2), row(3)]
    book.close()


@pytest.mark.parametrize(
    "late", [[row(3)], [row(2), row(4)], [row(2), row(2, "board-1")]], ids=["gap", "gap within", "late start"]
)
def test_a_gap_is_refused_and_nothing_of_the_group_is_entered(card: BookCard, late: list[BookRow]) -> None:
    book = card.book()
    book.enter([row(1)])
    with pytest.raises(ValueError, match="would leave a gap"):
        book.enter(late)
    assert list(book.since("")) == [row(1)]
    assert book.upto() == {("kiosk-1", "j-1"): 1}
    book.enter([row(2)])
    assert book.upto() == {("kiosk-1", "j-1"): 2}
    book.close()


def test_only_the_days_asked_for_come_back_however_late_a_record_arrived(card: BookCard) -> None:
    rows = [row(1, day="2026-11-19"), row(2, day="2026-11-20"), row(3, day="2026-11-21"), row(4, day="2026-11-20")]
    book = card.book()
    book.enter(rows)
    assert list(book.since("2026-11-20")) == rows[1:]
    assert list(book.since("2026-11-21")) == [rows[2]]
    assert list(book.since("2026-11-22")) == []
    book.close()


def test_the_last_day_before_another_is_known(card: BookCard) -> None:
    book = card.book()
    assert book.day_before("2026-11-21") == ""
    book.enter([row(1, day="2026-11-20"), row(2, day="2099-01-01"), row(3, day="2026-11-21"), row(4, day="2026-11-19")])
    assert book.day_before("2026-11-23") == "2026-11-21"
    assert book.day_before("2026-11-21") == "2026-11-20"
    assert book.day_before("2026-11-19") == ""
    book.close()


def test_of_earlier_days_what_lasts_comes_back_too_and_nothing_else(card: BookCard) -> None:
    days = ["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-19"]
    rows = [replace(row(seq, day=day), lasting=seq % 2 == 1) for seq, day in enumerate(days, 1)]
    book = card.book()
    book.enter(rows)
    assert [one.seq for one in book.since("2026-11-20", "2026-11-19")] == [3, 4, 5]
    assert [one.seq for one in book.since("2026-11-20", "2026-11-01")] == [1, 3, 4, 5]
    assert [one.seq for one in book.since("2026-11-20")] == [3, 4]
    assert [one.seq for one in book.since("2026-11-18", "2026-11-20")] == [1, 2, 3, 4, 5]  # after a month without power
    book.close()


def test_a_book_may_be_closed_twice_and_entering_nothing_is_nothing(card: BookCard) -> None:
    book = card.book()
    book.enter([])
    assert book.upto() == {}
    book.close()
    book.close()
