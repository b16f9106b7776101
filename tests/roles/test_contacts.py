"""The coordinator keeps a number to call back: with the consent, for its time, and deletes it on record."""

from __future__ import annotations

import json

import pytest

from device.contract.messages import AnswerContact, AskContact, ConsentGiven, RequestClosed, RequestRegistered
from device.effects import Keep, Ordered, Remember, Reply
from device.hall.orders import CloseRequest, ListRequests, Order
from device.roles.coordinator import Coordinator
from tests.roles.desk_hall import DESK
from tests.roles.front_desk import FrontDesk, with_staff
from tests.roles.stage import PIN, Stage, only, said, uid

OFFICE = with_staff(_1001={"duties": frozenset({"leader"})})


def order(desk: FrontDesk, what: Order) -> dict[str, object]:
    effects = desk.stage.send(Ordered(uid(77), what, "1001", PIN))
    desk.note(effects)
    reply = only(effects, Reply)
    told: dict[str, object] = json.loads(json.dumps(reply.said))
    return told


@pytest.mark.req("R245")
def test_the_consent_is_on_record_in_the_commit_that_keeps_the_number() -> None:
    desk = FrontDesk(DESK, OFFICE)
    desk.record(RequestRegistered("731905", "tax", "unserved"), "kiosk-1")
    effects = desk.stage.hear(AskContact("731905", "13812345678"), id=uid(5), device="kiosk-1")
    (consent,) = (e.record for e in effects if isinstance(e, Remember))
    assert consent == ConsentGiven("731905", "call-back", "2026-12-23", "kiosk-1")
    assert "13812345678" not in repr(consent)
    kept = only(effects, Keep)
    assert json.loads(str(kept.value)) == {"contact": "13812345678", "until": "2026-12-23"}
    assert said(effects, AnswerContact)[0].outcome == "kept"
    again = desk.stage.hear(AskContact("731905", "13812345678"), id=uid(5), device="kiosk-1")
    assert [e for e in again if isinstance(e, Remember | Keep)] == []
    assert said(again, AnswerContact)[0].outcome == "kept"


@pytest.mark.req("R279")
def test_a_number_is_deleted_when_its_time_is_over_or_its_request_settled_and_that_is_on_record() -> None:
    desk = FrontDesk(DESK, OFFICE)
    for code in ("731905", "731906"):
        desk.record(RequestRegistered(code, "tax", "unserved"), "kiosk-1")
        desk.note(desk.stage.hear(AskContact(code, "13812345678"), device="kiosk-1"))
    listed = order(desk, ListRequests())["requests"]
    assert isinstance(listed, list)
    assert [(one["code"], one["contact"]) for one in listed] == [("731905", "13812345678"), ("731906", "13812345678")]
    assert order(desk, CloseRequest("731905"))["ok"]
    assert "contact 731905" not in desk.stage.kept
    assert "contact 731906" in desk.stage.kept
    desk.stage.wall = desk.stage.wall.replace(month=12, day=24)
    assert RequestClosed("731906") in desk.wait(61)
    assert not [key for key in desk.stage.kept if key.startswith("contact")]
    assert order(desk, ListRequests())["requests"] == []


def test_a_coordinator_of_the_next_life_still_knows_whom_to_call_back() -> None:
    desk = FrontDesk(DESK, OFFICE)
    desk.record(RequestRegistered("731905", "tax", "unserved"), "kiosk-1")
    desk.note(desk.stage.hear(AskContact("731905", "13812345678"), device="kiosk-1"))
    kept = dict(desk.stage.kept)
    later = Stage(type(desk.role)("coordinator", DESK, OFFICE))
    later.kept = kept
    later.began(list(desk.book))
    assert isinstance(later.role, Coordinator)
    assert later.role.contacts == {"731905": ("13812345678", "2026-12-23")}


@pytest.mark.parametrize(("device", "code"), [("window-3", "731905"), ("kiosk-1", "731999")])
def test_only_a_kiosk_hands_a_number_in_and_once(device: str, code: str) -> None:
    desk = FrontDesk(DESK, OFFICE)
    desk.note(desk.stage.hear(AskContact("731999", "5550123"), device="kiosk-1"))
    effects = desk.stage.hear(AskContact(code, "5550199"), device=device)
    assert said(effects, AnswerContact)[0].outcome == "refused"
    assert not [e for e in effects if isinstance(e, Keep)]
