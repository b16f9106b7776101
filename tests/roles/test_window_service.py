"""A service at the window: several items, time limits, proof of a priority."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.contract.messages import (
    AnswerCall,
    ItemRegistered,
    ItemServed,
    PriorityRefused,
    RatingInvited,
    TicketServed,
    TicketStarted,
    Words,
)
from device.effects import Publish
from device.hall.discipline import Discipline, Klass
from device.hall.plan import Plan
from device.roles.window_service import is_citizen
from drivers.events import Scanned
from tests.roles.console import TICKET, enabled, keys, page, staffed
from tests.roles.stage import PLAN, Stage, facts, only

BOTH = {**PLAN.windows, 3: replace(PLAN.windows[3], services=("social", "tax"))}
CLASSES = {
    "soldier": Klass("soldier", Words("军人"), 2, proof=Words("军人证件")),
    "pregnant": Klass("pregnant", Words("孕妇"), 2),
}


def limited(limit: int = 5, **sizes: int) -> Plan:
    service = replace(PLAN.services["social"], limit=limit, sizes=sizes)
    return replace(PLAN, services={**PLAN.services, "social": service}, windows=BOTH)


def called(plan: Plan, klass: str = "") -> Stage:
    stage = staffed(plan)
    request = only(keys(stage, "n"), Publish)
    stage.hear(AnswerCall(request.id, "called", TICKET, "social", "zh", klass))
    return stage


@pytest.mark.req("R024", "R025", "R235", "R212")
def test_a_visit_of_two_items_queues_once_and_is_rated_once_at_its_end() -> None:
    stage = called(replace(PLAN, windows=BOTH))
    keys(stage, "s")
    first = stage.wall.isoformat(timespec="milliseconds")
    stage.wait(60)
    assert facts(keys(stage, "i", "2")) == [ItemServed(TICKET, "social", 3, "1001", first, "tax")]
    second = stage.wall.isoformat(timespec="milliseconds")
    assert (page(stage).state, page(stage).number) == ("serving", "A012")
    stage.wait(60)
    served, invited = facts(keys(stage, "f"))
    assert served == TicketServed(TICKET, "tax", 3, "1001", second)
    assert isinstance(invited, RatingInvited)


@pytest.mark.req("R063", "R077")
def test_the_console_says_a_minute_before_the_limit_and_at_it() -> None:
    stage = called(limited(5))
    keys(stage, "s")
    stage.wait(239)
    assert page(stage).message == ""
    stage.wait(2)
    assert page(stage).message == "console.limit_soon"
    stage.wait(60)
    assert page(stage).message == "console.limit_over"


@pytest.mark.req("R079", "R240", "R137")
def test_what_took_longer_than_it_may_ends_with_a_reason_and_the_rest_without() -> None:
    stage = called(limited(5))
    keys(stage, "s")
    stage.wait(301)
    assert not facts(keys(stage, "f"))
    assert page(stage).prompt == "console.ask_over"
    served = facts(keys(stage, "2"))[0]
    assert isinstance(served, TicketServed)
    assert served.over == "complex"
    quick = called(limited(5))
    keys(quick, "s")
    served = facts(keys(quick, "f"))[0]
    assert isinstance(served, TicketServed)
    assert served.over == ""
    items = called(limited(5))
    keys(items, "s")
    items.wait(400)
    (item,) = facts(keys(items, "i", "2", "1"))
    assert isinstance(item, ItemServed)
    assert (item.over, item.next_service) == ("equipment", "tax")


@pytest.mark.req("R078")
def test_the_limit_follows_the_size_of_the_item() -> None:
    stage = called(limited(5, small=10, large=20))
    keys(stage, "s", "z", "1")
    stage.wait(400)
    assert page(stage).message == ""
    served = facts(keys(stage, "f"))[0]
    assert isinstance(served, TicketServed)
    assert (served.size, served.over) == ("small", "")


@pytest.mark.req("R130", "R032")
def test_of_a_priority_with_a_proof_the_staff_are_asked_to_see_it_and_that_is_recorded() -> None:
    plan = replace(PLAN, discipline=Discipline(classes=CLASSES))
    stage = called(plan, "soldier")
    assert (page(stage).message, dict(page(stage).blanks)["proof"]) == ("console.proof", "军人证件")
    assert facts(keys(stage, "s")) == [TicketStarted(TICKET, "social", 3, "1001", "soldier")]
    without = called(plan, "soldier")
    assert "noproof" in enabled(without)
    assert facts(keys(without, "k")) == [PriorityRefused(TICKET, "soldier", 3, "1001")]
    assert page(without).state == "open"
    seen = called(plan, "pregnant")
    assert "noproof" not in enabled(seen)
    assert facts(keys(seen, "s")) == [TicketStarted(TICKET, "social", 3, "1001")]


def registering() -> Stage:
    service = replace(PLAN.services["social"], registers=True)
    stage = called(replace(PLAN, services={**PLAN.services, "social": service}))
    keys(stage, "s")
    return stage


@pytest.mark.req("R133")
def test_what_was_handed_in_gets_the_case_number_that_staff_key_in_or_scan() -> None:
    stage = registering()
    assert facts(keys(stage, "g", *"2301-2026-118204", "enter")) == [
        ItemRegistered(TICKET, "social", 3, "1001", "2301-2026-118204")
    ]
    assert page(stage).state == "serving"
    keys(stage, "g")
    assert facts(stage.send(Scanned("jd20260001"))) == [ItemRegistered(TICKET, "social", 3, "1001", "JD20260001")]
    assert "register" not in enabled(called(PLAN))


def test_no_citizens_own_number_and_no_nonsense_becomes_a_case_number() -> None:
    stage = registering()
    for text in ("11010519491231002X", "12", "案件一", "A" * 33, "23 01"):
        keys(stage, "g")
        assert facts(stage.send(Scanned(text))) == []
        assert page(stage).message == "console.bad_case"
        keys(stage, "escape")
    assert is_citizen("11010519491231002X")
    assert not is_citizen("110105194912310021")  # its check character is wrong: a case may have it
