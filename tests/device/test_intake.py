"""The coordinator's door for records."""

from __future__ import annotations

import pytest

from device.contract.messages import Envelope, Receipt
from device.intake import Intake

JOURNAL = "01940000-0000-7000-8000-000000000000"
OTHER = "01940000-0000-7000-8000-000000000001"


def sealed(seq: int, journal: str = JOURNAL, device: str = "kiosk-1") -> Envelope:
    return Envelope(
        f"01940000-0000-7000-8000-{seq:012x}", "2026-11-21T09:00:00+08:00", "synced", device, 1, seq, journal
    )


def test_records_in_sequence_are_let_in_and_one_receipt_covers_them_all() -> None:
    intake = Intake({})
    for seq in (1, 2, 3):
        assert intake.admit(sealed(seq), b"%d" % seq)
    assert [intake.payload(sealed(seq)) for seq in (1, 2, 3)] == [b"1", b"2", b"3"]
    assert list(intake.receipts()) == [("kiosk-1", Receipt(JOURNAL, 3))]
    assert list(intake.receipts()) == []


def test_a_record_that_is_there_already_is_receipted_again_and_not_let_in() -> None:
    intake = Intake({("kiosk-1", JOURNAL): 7})
    assert not intake.admit(sealed(7), b"7")
    assert list(intake.receipts()) == [("kiosk-1", Receipt(JOURNAL, 7))]


def test_a_question_waits_for_what_happened_before_it_and_says_what_is_missing() -> None:
    intake = Intake({("window-3", JOURNAL): 7})
    assert intake.reached("window-3", JOURNAL, 7)
    assert intake.reached("window-3", "", 0)  # from somebody who says nothing of it
    assert list(intake.receipts()) == []
    assert not intake.reached("window-3", JOURNAL, 8)
    assert list(intake.receipts()) == [("window-3", Receipt(JOURNAL, 7))]
    assert intake.admit(sealed(8, device="window-3"), b"8")
    assert intake.reached("window-3", JOURNAL, 8)
    assert not intake.reached("window-3", OTHER, 1)


def test_a_question_from_before_what_the_window_did_since_is_not_answered() -> None:
    intake = Intake({("window-3", JOURNAL): 7})
    assert not intake.reached("window-3", JOURNAL, 6)
    assert list(intake.receipts()) == []


def test_a_record_beyond_a_gap_is_answered_with_what_the_book_has() -> None:
    intake = Intake({("kiosk-1", JOURNAL): 7})
    assert not intake.admit(sealed(9), b"9")
    assert list(intake.receipts()) == [("kiosk-1", Receipt(JOURNAL, 7))]
    assert intake.admit(sealed(8), b"8")


def test_a_new_card_in_a_device_is_a_journal_of_its_own() -> None:
    intake = Intake({("kiosk-1", JOURNAL): 7})
    assert intake.admit(sealed(1, OTHER), b"1")
    assert not intake.admit(sealed(9, OTHER), b"9")
    intake.payload(sealed(1, OTHER))
    assert list(intake.receipts()) == [("kiosk-1", Receipt(OTHER, 1))]


def test_devices_that_share_a_journal_are_counted_apart() -> None:
    intake = Intake({})
    assert intake.admit(sealed(1, device="window-3"), b"w")
    assert intake.admit(sealed(1, device="evaluator-3"), b"e")
    assert intake.payload(sealed(1, device="window-3")) == b"w"


def test_a_record_the_role_did_not_enter_is_a_loud_mistake() -> None:
    intake = Intake({})
    intake.admit(sealed(1), b"1")
    with pytest.raises(RuntimeError, match="kiosk-1 1"):
        list(intake.receipts())


def test_a_record_that_was_not_admitted_cannot_be_entered() -> None:
    with pytest.raises(KeyError):
        Intake({}).payload(sealed(1))
