"""Thousands of small halls in which everything breaks (N3, N4, N9), in daily sizes; and that they can fail."""

from __future__ import annotations

import pytest

from device.effects import Effect, Event
from device.hall.numbers import Reserve
from device.moment import Moment
from device.roles.evaluator import Evaluator
from device.roles.evaluator_pages import page_of
from tests.faults import numbers, outages, right_person
from tests.faults.__main__ import main
from tests.faults.kinds import Outcome
from tests.scenarios.hurt import FusedJournal


@pytest.mark.timeout(180)
def test_numbers_are_unique_and_rising_whatever_clocks_cards_and_links_do() -> None:
    held(numbers.SUITE.many(0, numbers.QUICK, "", stop=True), numbers.QUICK)


@pytest.mark.timeout(180)
def test_every_record_reaches_the_book_exactly_once() -> None:
    held(outages.SUITE.many(0, outages.QUICK, "", stop=True), outages.QUICK)


@pytest.mark.timeout(180)
@pytest.mark.req("R125")
def test_a_rating_goes_to_the_person_who_was_shown_at_the_press() -> None:
    held(right_person.SUITE.many(0, 0, "", enough=right_person.QUICK, stop=True), right_person.QUICK)


def test_a_number_given_twice_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgets(self: Reserve, day: str, series: str) -> int | None:
        return next((b.first for b in self.blocks if (b.day, b.series) == (day, series)), None)

    monkeypatch.setattr(Reserve, "take", forgets)
    found = numbers.SUITE.many(0, 30, "", stop=True)
    assert found.doubled
    assert not found.kept
    assert f"--seed {found.seed}" in found.command


def test_a_record_deleted_too_early_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = FusedJournal.receipt
    monkeypatch.setattr(FusedJournal, "receipt", lambda journal, device, upto: receipt(journal, device, upto + 1))
    assert not outages.SUITE.many(0, 10, "", stop=True).kept


def test_a_rating_for_the_next_person_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    handle = Evaluator.handle

    def sees_everything(self: Evaluator, event: Event, moment: Moment) -> list[Effect]:
        self.seen = page_of(self, moment)
        return handle(self, event, moment)

    monkeypatch.setattr(Evaluator, "handle", sees_everything)
    assert right_person.SUITE.many(0, 40, "", stop=True).failed


def test_a_seed_tells_the_same_schedule_twice(capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for _ in range(2):
        assert main(["N4", "--seed", "7", "--replay"]) == 0
        told.append(capsys.readouterr().err)
    assert told[0] == told[1]
    assert len(told[0].splitlines()) > 5


def test_only_what_is_tried_by_schedules_can_be_replayed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["N3", "--replay"])
    assert "takes one of N3, N4, N9 and a --seed" in capsys.readouterr().err


def held(outcome: Outcome, least: int) -> None:
    assert outcome.kept, outcome.why
    assert outcome.tried >= least


def test_an_outcome_that_lost_something_does_not_hold() -> None:
    with pytest.raises(AssertionError, match="one is gone"):
        held(Outcome(100, 1, 0, 0, 0, "", "one is gone"), 1)
