"""Damaged input of every kind (N6), in the size of every day; and that it can fail."""

from __future__ import annotations

import random

import pytest

from device.door import Door
from device.effects import Heard
from drivers.escpos_status import Ear
from drivers.events import Delivered
from drivers.scanner_text import ScannedText
from tests.faults import malformed
from tests.faults.halls import cheap
from tests.faults.mutate import damaged, spoilt
from tests.faults.parsers import PARSERS, Parser, messages, payloads


@pytest.mark.timeout(120)
def test_malformed_input_stops_nobody_and_changes_nothing() -> None:
    outcome = malformed.run(full=False, seed=None)
    assert outcome.kept, outcome.why
    assert outcome.tried >= malformed.QUICK


def test_the_shares_of_all_parsers_are_one() -> None:
    assert sum(parser.share for parser in PARSERS) == pytest.approx(1.0)


@pytest.mark.parametrize("parser", PARSERS, ids=[parser.name for parser in PARSERS])
def test_a_seed_makes_the_same_damage_twice_and_another_seed_another(parser: Parser) -> None:
    once, again, other = (
        [parser.make(dice) for _ in range(20)] for dice in (random.Random(1), random.Random(1), random.Random(2))
    )
    assert once == again != other


def test_damage_is_mostly_damage_and_sometimes_sound() -> None:
    dice = random.Random(3)
    assert sum(damaged(dice, payloads()) not in payloads() for _ in range(200)) > 150
    assert sum(spoilt(dice, messages()) not in payloads() for _ in range(200)) > 150


def test_a_printer_that_is_believed_to_say_anything_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def hear(self: Ear, data: bytes) -> None:
        self.status += data * 2

    monkeypatch.setattr(Ear, "hear", hear)
    with pytest.raises(AssertionError, match="more answers than bytes"):
        malformed.try_parsers(2000, random.Random(1))


def test_a_scanner_that_passes_on_what_it_cannot_read_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScannedText, "_code", lambda _self, text, _now: text)
    with pytest.raises(AssertionError, match="an unreadable code"):
        malformed.try_parsers(20_000, random.Random(1))


def test_a_door_that_lets_damage_change_something_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = Door.open
    with cheap(), malformed.quiet():
        hall = malformed.Halls(1)
        press = [("hallside/1/longjiang/nothing", b"{}")]
        hall.refuse(press)

        def lets_in(self: Door, delivered: Delivered, now: float) -> Heard | None:
            for seat in hall.hall.lives["board-1"].station.seats.values():
                seat.presence.version = "9"
            return sound(self, delivered, now)

        monkeypatch.setattr(Door, "open", lets_in)
        with pytest.raises(AssertionError, match="changed by malformed messages"):
            hall.refuse(press)
