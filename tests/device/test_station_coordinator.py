"""The shell around the coordinator: records in, once and in sequence; receipts out after the commit."""

from __future__ import annotations

import json

import pytest

from device.contract.codec import read, record_hash
from device.contract.messages import (
    AlarmAnswered,
    AlarmEnded,
    AlarmRaised,
    AskNumber,
    Block,
    BlockReserved,
    ConsentGiven,
    DeviceState,
    HallNotices,
    HelpAsked,
    ItemDelivered,
    ItemRegistered,
    PaperLow,
    Receipt,
    Record,
    RequestClosed,
    RequestRegistered,
)
from device.effects import Began, Effect, Enter, Event, Heard, Publish, Remember
from device.moment import Moment
from drivers.book_memory import MemoryBook
from drivers.durable import BookRow, JournalFailed
from drivers.events import KeyPressed
from drivers.journal_file import DiskFailed
from tests.helpers.tiny import OTHERS, TinyStation, nothing, said


def enters(event: Event, _: Moment) -> list[Effect]:
    match event:
        case Heard(envelope, HelpAsked() | PaperLow() as record):
            return [Enter(envelope, record)]
        case _:
            return []


def test_records_are_entered_as_they_came_and_receipted_after_the_commit_once_a_batch() -> None:
    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    coming = [said("kiosk-1", "kiosk-1/record", HelpAsked(), seq=n, journal=OTHERS, n=n) for n in (1, 2, 3)]
    table.happen("coordinator", *coming)
    assert [row.payload for row in book.rows] == [each.payload for each in coming]
    assert table.links["coordinator"].bodies() == [Receipt(OTHERS, 3)]
    assert table.links["coordinator"].topics() == ["kiosk-1/receipt"]


def test_a_repeated_record_is_receipted_and_not_told_again() -> None:
    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    record = said("kiosk-1", "kiosk-1/record", HelpAsked(), seq=1, journal=OTHERS)
    table.happen("coordinator", record)
    table.happen("coordinator", record)
    assert len(book.rows) == 1
    assert sum(isinstance(event, Heard) for event in table.roles["coordinator"].heard) == 1
    assert table.links["coordinator"].bodies() == [Receipt(OTHERS, 1)] * 2


def test_a_gap_is_answered_with_what_the_book_has() -> None:
    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    table.happen("coordinator", said("kiosk-1", "kiosk-1/record", HelpAsked(), seq=2, journal=OTHERS))
    assert book.rows == []
    assert table.links["coordinator"].bodies() == [Receipt(OTHERS, 0)]


def test_no_receipt_goes_out_when_the_book_did_not_take_it() -> None:
    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    book.broken = "disk full"
    with pytest.raises(JournalFailed):
        table.happen("coordinator", said("kiosk-1", "kiosk-1/record", HelpAsked(), seq=1, journal=OTHERS))
    assert table.links["coordinator"].sent == []


def test_the_coordinators_own_records_are_rows_of_the_book_and_chain_over_a_restart() -> None:
    def react(event: Event, moment: Moment) -> list[Effect]:
        return [Remember(PaperLow(), moment.id(0))] if isinstance(event, KeyPressed) else []

    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", react)}, book=book)
    table.happen("coordinator", KeyPressed("a"))
    again = TinyStation({"coordinator": ("coordinator", react)}, journal=table.journal.reopened(), book=book)
    again.happen("coordinator", KeyPressed("a"))
    first, second = (read(row.payload)[0] for row in book.rows)
    assert (first.seq, second.seq, second.prev) == (1, 2, record_hash(book.rows[0].payload))
    assert table.journal.unsent("coordinator") == []


def test_a_restarted_coordinator_is_told_the_book_in_order_of_arrival() -> None:
    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    table.happen("coordinator", said("kiosk-1", "kiosk-1/record", HelpAsked(), seq=1, journal=OTHERS, n=1))
    table.happen("coordinator", said("kiosk-1", "kiosk-1/record", PaperLow(), seq=2, journal=OTHERS, n=2))
    again = TinyStation({"coordinator": ("coordinator", enters)}, book=book)
    (began,) = again.roles["coordinator"].heard
    assert isinstance(began, Began)
    assert [record for _, record in began.book] == [HelpAsked(), PaperLow()]


def test_what_is_entered_or_decided_is_marked_if_it_lasts() -> None:
    block = BlockReserved("kiosk-1", OTHERS, Block("A", "2026-11-21", 600, 699))

    def decides(event: Event, moment: Moment) -> list[Effect]:
        return [*enters(event, moment), Remember(block, moment.id())] if isinstance(event, Heard) else []

    book = MemoryBook()
    table = TinyStation({"coordinator": ("coordinator", decides)}, book=book)
    table.happen("coordinator", said("kiosk-1", "kiosk-1/record", HelpAsked(), seq=1, journal=OTHERS, n=1))
    assert [(row.device, row.lasting) for row in book.rows] == [("kiosk-1", False), ("coordinator", True)]


def replayed_of(*rows: tuple[str, Record]) -> list[Record]:
    """What a start this morning is told of a book with records of these days."""
    book = MemoryBook()
    for seq, (day, record) in enumerate(rows, 1):
        sealed = said("coordinator", "coordinator/record", record, seq=seq, journal=OTHERS, n=seq)
        book.enter([BookRow("coordinator", OTHERS, seq, f"id-{seq}", day, sealed.payload)])
    (began,) = TinyStation({"coordinator": ("coordinator", nothing)}, book=book).roles["coordinator"].heard
    assert isinstance(began, Began)
    return [record for _, record in began.book]


def test_of_days_long_past_only_reserved_blocks_are_told() -> None:
    block = BlockReserved("kiosk-1", OTHERS, Block("A", "2026-11-21", 600, 699))
    rows: list[tuple[str, Record]] = [
        ("2026-10-01", block),
        ("2026-11-16", HelpAsked()),
        ("2026-11-16", block),
        ("2026-11-20", PaperLow()),
    ]
    assert replayed_of(*rows) == [block, PaperLow()]


def test_after_days_without_power_the_last_day_on_which_anything_happened_is_told_whole() -> None:
    rows: list[tuple[str, Record]] = [
        ("2026-11-12", HelpAsked()),
        ("2026-11-13", PaperLow()),
        ("2026-11-13", HelpAsked()),
        ("2026-11-21", PaperLow()),  # in the first life of this morning
    ]
    assert replayed_of(*rows) == [PaperLow(), HelpAsked(), PaperLow()]


@pytest.mark.parametrize(
    "record",
    [
        ItemRegistered("20261112-A001", "social", 3, "1001", "2301-2026-118204"),
        ItemDelivered(3, "1001", "2301-2026-118204"),
        RequestRegistered("731905", "social", "home-visit"),
        ConsentGiven("731905", "call-back", "2026-12-12", "kiosk-1"),
        RequestClosed("731905"),
        AlarmRaised("repair", "technician", 3),
        AlarmAnswered(OTHERS, 3, "1001", "called-back"),
        AlarmEnded(OTHERS),
    ],
    ids=lambda record: record.type,
)
def test_what_is_open_until_somebody_ends_it_outlasts_a_restart_days_later(record: Record) -> None:
    assert replayed_of(("2026-11-12", record), ("2026-11-20", PaperLow())) == [record, PaperLow()]


def test_a_device_that_writes_its_json_with_spaces_is_remembered_as_long() -> None:
    book = MemoryBook()
    written = json.dumps(json.loads(SOUND), indent=1).encode()
    for seq, (day, payload) in enumerate([("2026-11-12", written), ("2026-11-20", SOUND)], 1):
        book.enter([BookRow("window-3", OTHERS, seq, f"id-{seq}", day, payload)])
    (began,) = TinyStation({"coordinator": ("coordinator", nothing)}, book=book).roles["coordinator"].heard
    assert isinstance(began, Began)
    assert [each for _, each in began.book] == [ITEM, ITEM]


def replayed(event: Event, _: Moment) -> list[Effect]:
    """As the hall's state does: what it is told of is taken at its word."""
    for each in event.book if isinstance(event, Began) else ():
        if isinstance(each[1], ItemRegistered):
            int(each[1].ticket[10:])
    return []


def book_of(payload: bytes) -> MemoryBook:
    book = MemoryBook()
    book.enter([BookRow("window-3", OTHERS, 1, "id-1", "2026-11-21", payload)])
    return book


ITEM = ItemRegistered("20261121-A012", "social", 3, "1001", "2301-2026-118204")
SOUND = said("window-3", "window-3/record", ITEM, seq=1, journal=OTHERS).payload


@pytest.mark.req("R142")
@pytest.mark.parametrize(
    "payload",
    [SOUND[:-9], SOUND.replace(b"A012", b"A0q2"), SOUND.replace(b"item.", b"itfm."), SOUND.replace(b'"1001"', b"1001")],
    ids=["cut", "sign", "kind", "type"],
)
def test_a_damaged_record_stops_a_start_with_words_for_whoever_mends_it(payload: bytes) -> None:
    assert payload != SOUND
    with pytest.raises(DiskFailed, match=r"^book\.db: record 1 of window-3 .*rescue \(technician\)$") as ill:
        TinyStation({"coordinator": ("coordinator", replayed)}, book=book_of(payload))
    assert ill.value.code == "damaged"
    assert "2301" not in str(ill.value)


def test_a_mistake_of_the_programme_is_not_said_to_be_the_books() -> None:
    def mistaken(event: Event, _: Moment) -> list[Effect]:
        raise ValueError(*(record for _, record in event.book) if isinstance(event, Began) else ())

    with pytest.raises(ValueError, match="20261121-A012"):
        TinyStation({"coordinator": ("coordinator", mistaken)}, book=book_of(SOUND))


def test_questions_reach_the_coordinator_and_answers_the_askers_place() -> None:
    def react(event: Event, moment: Moment) -> list[Effect]:
        return [Publish(HallNotices(1), moment.id(1))] if isinstance(event, Heard) else []

    table = TinyStation({"coordinator": ("coordinator", react)}, book=MemoryBook())
    table.happen("coordinator", said("kiosk-1", "kiosk-1/ask", AskNumber("social")))
    assert table.links["coordinator"].topics() == ["hall/notices"]


def test_nobody_hears_their_own_echo() -> None:
    table = TinyStation({"coordinator": ("coordinator", nothing)}, book=MemoryBook())
    state = DeviceState("coordinator", "1", "", "ready")
    table.happen("coordinator", said("coordinator", "coordinator/state", state))
    assert not any(isinstance(event, Heard) for event in table.roles["coordinator"].heard)
