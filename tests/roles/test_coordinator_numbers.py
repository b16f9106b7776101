"""The coordinator gives numbers and reserves blocks: each once, and the same for the same question."""

from __future__ import annotations

import pytest

from device.contract.messages import (
    AnswerBlock,
    AnswerNumber,
    AskBlock,
    AskNumber,
    BlockReserved,
    NumberAllotted,
)
from device.effects import Publish, Remember
from device.roles.coordinator import Coordinator
from tests.roles.at_coordinator import Hall
from tests.roles.stage import (
    DAY,
    JOURNAL,
    MORNING,
    PLAN,
    STAFF,
    facts,
    uid,
)


def test_numbers_rise_and_a_repeated_request_gets_the_same_one() -> None:
    hall = Hall()
    first = hall.ask(AskNumber("social"), uid(1), "kiosk-1").body
    assert isinstance(first, AnswerNumber)
    assert first == AnswerNumber(uid(1), "given", "A001", DAY, 0, 0, first.book)
    assert facts(hall.stage.last) == [NumberAllotted(uid(1), "kiosk-1", "social", "20261123-A001")]
    again = hall.ask(AskNumber("social"), uid(1), "kiosk-1").body
    assert again == first
    assert not facts(hall.stage.last)
    second = hall.ask(AskNumber("social"), uid(2), "kiosk-2").body
    assert isinstance(second, AnswerNumber)
    assert second.number == "A002"


def test_a_number_is_committed_before_it_is_answered() -> None:
    hall = Hall()
    hall.ask(AskNumber("social"), uid(1), "kiosk-1")
    kinds = [type(e) for e in hall.stage.last]
    assert kinds.index(Remember) < kinds.index(Publish)


def test_numbers_go_on_after_a_restart_and_are_never_given_twice() -> None:
    hall = Hall()
    for n in (1, 2, 3):
        hall.ask(AskNumber("tax"), uid(n), "kiosk-1")
    again = Hall()
    again.stage.role = Coordinator("coordinator", PLAN, STAFF)
    again.stage.began(hall.book)
    answer = again.ask(AskNumber("tax"), uid(4), "kiosk-1").body
    assert isinstance(answer, AnswerNumber)
    assert answer.number == "B004"
    repeated = again.ask(AskNumber("tax"), uid(2), "kiosk-1").body
    assert isinstance(repeated, AnswerNumber)
    assert repeated.number == "B002"


def test_a_used_up_series_a_closed_hall_and_an_unknown_service_are_told_apart() -> None:
    hall = Hall()
    coordinator = hall.stage.role
    assert isinstance(coordinator, Coordinator)
    coordinator.hall.numbers.note_online(DAY, "A", PLAN.rules.online_last)
    outcomes = [hall.ask(AskNumber(s), uid(n), "kiosk-1").body for n, s in ((1, "social"), (2, "nonsense"))]
    hall.stage.wall = MORNING.replace(hour=12, minute=30)
    outcomes.append(hall.ask(AskNumber("tax"), uid(3), "kiosk-1").body)
    assert [o.outcome for o in outcomes if isinstance(o, AnswerNumber)] == ["full", "unknown", "closed"]


def test_blocks_of_two_kiosks_and_of_a_new_card_never_meet() -> None:
    hall = Hall()
    given = []
    asking = (("kiosk-1", uid(91)), ("kiosk-2", uid(92)), ("kiosk-1", uid(93)), ("kiosk-2", uid(91)))
    for n, (kiosk, journal) in enumerate(asking):  # the last shares its Pi with the first
        answer = hall.ask(AskBlock(journal), uid(n), kiosk).body
        assert isinstance(answer, AnswerBlock)
        given.append({(b.series, b.day, x) for b in answer.blocks for x in range(b.first, b.last + 1)})
    assert all(given)
    assert len(set().union(*given)) == sum(map(len, given))
    assert min(x for block in given for _, _, x in block) > PLAN.rules.online_last


def test_asking_for_blocks_again_grants_none_twice_also_after_a_restart() -> None:
    hall = Hall()
    first = hall.ask(AskBlock(JOURNAL), uid(1), "kiosk-1").body
    assert any(isinstance(r, BlockReserved) for r in facts(hall.stage.last))
    again = Hall()
    again.stage.role = Coordinator("coordinator", PLAN, STAFF)
    again.stage.began(hall.book)
    second = again.ask(AskBlock(JOURNAL), uid(2), "kiosk-1").body
    assert isinstance(first, AnswerBlock)
    assert isinstance(second, AnswerBlock)
    assert second.blocks == first.blocks
    assert not facts(again.stage.last)


def test_a_device_that_is_no_kiosk_gets_no_block() -> None:
    answer = Hall().ask(AskBlock(JOURNAL), uid(1), "window-3").body
    assert isinstance(answer, AnswerBlock)
    assert answer.blocks == ()


def test_a_clock_set_back_before_a_restart_brings_no_earlier_day_again() -> None:
    hall = Hall()
    hall.ask(AskNumber("social"), uid(1), "kiosk-1")
    again = Hall()
    again.stage.wall = MORNING.replace(day=20)
    again.stage.role = Coordinator("coordinator", PLAN, STAFF)
    again.stage.began(hall.book)
    answer = again.ask(AskNumber("social"), uid(2), "kiosk-1").body
    assert isinstance(answer, AnswerNumber)
    assert (answer.number, answer.day) == ("A002", DAY)


@pytest.mark.req("R076")
def test_a_new_business_day_begins_with_an_empty_hall_and_number_one_without_a_restart() -> None:
    hall = Hall()
    hall.issue("A001")
    hall.ask(AskNumber("social"), uid(1), "kiosk-1")
    hall.stage.wait(86400)
    answer = hall.ask(AskNumber("social"), uid(2), "kiosk-1").body
    assert isinstance(answer, AnswerNumber)
    assert (answer.number, answer.day) == ("A001", "2026-11-24")
    hall.stage.wall = MORNING  # set back: the day stays
    answer = hall.ask(AskNumber("social"), uid(3), "kiosk-1").body
    assert isinstance(answer, AnswerNumber)
    assert (answer.number, answer.day) == ("A002", "2026-11-24")
