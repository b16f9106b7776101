"""What every journal promises (drivers.durable.Journal), shown on each of them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from drivers.durable import Fact, JournalFailed
from tests.drivers.journal.cards import JournalCard, MemoryJournalCard, SqliteJournalCard, fact, facts


@pytest.fixture(params=[SqliteJournalCard, MemoryJournalCard], ids=["sqlite", "memory"])
def card(request: pytest.FixtureRequest, tmp_path: Path) -> JournalCard:
    made: JournalCard = request.param(tmp_path)
    return made


def test_a_new_journal_is_empty_and_begins_at_seq_zero(card: JournalCard) -> None:
    journal = card.journal()
    assert journal.head("kiosk-1") == (0, "")
    assert journal.unsent("kiosk-1") == []
    assert journal.kept("kiosk-1") == {}
    journal.close()


@pytest.mark.req("R126", "R287")
def test_what_was_committed_is_there_in_the_next_life(card: JournalCard) -> None:
    journal = card.journal()
    journal.commit(facts(1, 3), {("kiosk-1", "mode"): '"open"'})
    journal.close()
    journal = card.journal()
    assert journal.unsent("kiosk-1") == facts(1, 3)
    assert journal.kept("kiosk-1") == {"mode": '"open"'}
    assert journal.head("kiosk-1") == (3, sha256(facts(1, 3)[2].payload).hexdigest())
    journal.close()


def test_the_journal_keeps_its_identity(card: JournalCard) -> None:
    journal = card.journal()
    identity = journal.id
    journal.close()
    journal = card.journal()
    assert journal.id == identity
    journal.close()


def test_two_new_journals_have_different_identities(card: JournalCard, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    first, second = card.journal(), type(card)(other).journal()  # type: ignore[call-arg]  # each kind is made from a folder
    assert first.id != second.id
    first.close()
    second.close()


def test_devices_on_one_card_count_for_themselves(card: JournalCard) -> None:
    journal = card.journal()
    journal.commit([fact(1, "window-3"), fact(1, "evaluator-3"), fact(2, "window-3")], {})
    assert journal.head("window-3")[0] == 2
    assert journal.head("evaluator-3")[0] == 1
    assert [found.seq for found in journal.unsent("window-3")] == [1, 2]
    journal.close()


def test_unsent_gives_the_oldest_first_and_no_more_than_asked(card: JournalCard) -> None:
    journal = card.journal()
    journal.commit(facts(1, 9), {})
    assert [found.seq for found in journal.unsent("kiosk-1", 4)] == [1, 2, 3, 4]
    journal.close()


def test_a_receipt_lets_go_of_what_it_covers_and_of_nothing_else(card: JournalCard) -> None:
    journal = card.journal()
    journal.commit([*facts(1, 5), fact(1, "board-1")], {})
    assert journal.receipt("kiosk-1", 3) == 2
    assert journal.unsent("kiosk-1") == facts(4, 5)
    assert journal.unsent("board-1") == [fact(1, "board-1")]
    journal.close()


def test_a_receipt_outlives_an_orderly_end(card: JournalCard) -> None:
    journal = card.journal()
    journal.commit(facts(1, 5), {})
    journal.receipt("kiosk-1", 3)
    journal.close()
    journal = card.journal()
    assert journal.unsent("kiosk-1") == facts(4, 5)
    journal.close()


def test_late_repeated_and_too_high_receipts_do_no_harm(card: JournalCard) -> None:
    journal = card.journal()
    journal.commit(facts(1, 5), {})
    assert journal.receipt("kiosk-1", 3) == 2
    assert journal.receipt("kiosk-1", 3) == 2
    assert journal.receipt("kiosk-1", 1) == 2
    assert journal.receipt("kiosk-1", 99) == 0
    assert journal.receipt("nobody", 99) == 0
    journal.commit([fact(6)], {})
    assert journal.unsent("kiosk-1") == [fact(6)]
    journal.close()


def test_seq_goes_on_when_everything_is_receipted_and_the_process_restarts(card: JournalCard) -> None:
    journal = card.journal()
    journal.commit(facts(1, 2), {})
    journal.receipt("kiosk-1", 2)
    journal.close()
    journal = card.journal()
    assert journal.head("kiosk-1") == (2, sha256(fact(2).payload).hexdigest())
    with pytest.raises(ValueError, match="does not follow 2"):
        journal.commit([fact(1)], {})
    journal.commit([fact(3)], {})
    assert journal.unsent("kiosk-1") == [fact(3)]
    journal.close()


@pytest.mark.parametrize(
    "wrong", [facts(2, 2), facts(1, 1) + facts(3, 3), facts(1, 1) * 2], ids=["late", "gap", "twice"]
)
def test_a_seq_out_of_step_is_refused_and_nothing_of_the_call_remains(card: JournalCard, wrong: list[Fact]) -> None:
    journal = card.journal()
    with pytest.raises(ValueError, match="does not follow"):
        journal.commit(wrong, {("kiosk-1", "mode"): "1"})
    assert journal.head("kiosk-1") == (0, "")
    assert journal.unsent("kiosk-1") == []
    assert journal.kept("kiosk-1") == {}
    journal.close()


def test_kept_values_are_replaced_and_forgotten(card: JournalCard) -> None:
    journal = card.journal()
    journal.commit([], {("kiosk-1", "a"): "1", ("kiosk-1", "b"): "2", ("board-1", "a"): "3"})
    journal.commit([], {("kiosk-1", "a"): "4", ("kiosk-1", "b"): None, ("kiosk-1", "never"): None})
    assert journal.kept("kiosk-1") == {"a": "4"}
    assert journal.kept("board-1") == {"a": "3"}
    journal.close()


def test_a_full_journal_refuses_and_overwrites_nothing(card: JournalCard) -> None:
    journal = card.journal(capacity=5)
    journal.commit(facts(1, 5), {})
    with pytest.raises(JournalFailed, match="full"):
        journal.commit([fact(6)], {("kiosk-1", "a"): "1"})
    assert journal.unsent("kiosk-1") == facts(1, 5)
    assert journal.kept("kiosk-1") == {}
    journal.commit([], {("kiosk-1", "a"): "2"})  # a role's own memory takes no place in the queue
    journal.receipt("kiosk-1", 1)
    journal.commit([fact(6)], {})
    assert journal.unsent("kiosk-1") == facts(2, 6)
    journal.close()


def test_a_closed_journal_takes_nothing_and_may_be_closed_again(card: JournalCard) -> None:
    journal = card.journal()
    journal.close()
    journal.close()
    with pytest.raises(JournalFailed):
        journal.commit([fact(1)], {})


def test_a_payload_comes_back_byte_for_byte(card: JournalCard) -> None:
    journal = card.journal()
    journal.commit([fact(1, text='{"name":"王𠮷","zero":"\0"}')], {("kiosk-1", "温馨提示"): '"雪\u0000"'})
    journal.close()
    journal = card.journal()
    assert journal.unsent("kiosk-1")[0].payload == '{"name":"王𠮷","zero":"\0"}'.encode()
    assert journal.kept("kiosk-1") == {"温馨提示": '"雪\u0000"'}
    journal.close()
