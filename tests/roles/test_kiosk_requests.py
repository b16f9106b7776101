"""Requests registered at a kiosk under a code: a home visit, what no window serves, and a number to call back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.contract.messages import AnswerContact, AnswerNumber, AskContact, RequestRegistered
from device.effects import Publish, Tapped
from device.hall.parameters import Rules
from drivers.events import LinkDown
from screens.views import KioskHelp, KioskHome, KioskKeypad, KioskRegistered, KioskRequest, KioskSorry
from tests.roles.at_kiosk import kiosk, touch
from tests.roles.desk_hall import DESK, everything
from tests.roles.stage import facts, only, said


@pytest.mark.req("R066")
def test_a_home_visit_is_registered_under_a_code_and_names_nobody() -> None:
    stage = kiosk(DESK)
    touch(stage, "help", "request")
    assert stage.page(KioskRequest).kinds == ("home-visit", "unserved")
    touch(stage, "kind:home-visit")
    assert [service.id for service in stage.page(KioskRequest).services] == ["social"]  # what is done at home
    touch(stage, "item:social")
    effects = stage.send(Tapped("consent:no"))
    (record,) = facts(effects)
    assert isinstance(record, RequestRegistered)
    assert (record.kind, record.service, record.guide) == ("home-visit", "social", "")
    assert not said(effects, AskContact)
    page = stage.page(KioskRegistered)
    assert (page.code, page.phone, page.until) == (record.code, "12345", "")


@pytest.mark.req("R160")
def test_what_no_window_can_serve_is_registered_from_the_page_that_says_so() -> None:
    stage = kiosk(DESK)
    request = only(stage.send(Tapped("service:tax")), Publish).id
    stage.hear(AnswerNumber(request, "full"))
    assert isinstance(stage.view(), KioskSorry)
    assert isinstance(touch(stage, "help"), KioskHelp)
    touch(stage, "request", "kind:unserved", "item:tax")
    assert isinstance(facts(stage.send(Tapped("consent:no")))[0], RequestRegistered)


@pytest.mark.req("R245", "R279")
def test_a_phone_number_is_asked_for_after_consent_alone_and_stays_nowhere_on_the_kiosk() -> None:
    stage = kiosk(DESK)
    page = touch(stage, "help", "request", "kind:unserved", "item:tax")
    assert isinstance(page, KioskRequest)
    assert (page.stage, page.days) == ("consent", 30)  # purpose and time are said before
    page = touch(stage, "consent:yes", *(f"type:{digit}" for digit in "13812345678"))
    assert isinstance(page, KioskKeypad)
    assert page.shown == "•••••••5678"
    effects = stage.send(Tapped("enter"))
    (registered,) = facts(effects)
    (ask,) = said(effects, AskContact)
    assert isinstance(registered, RequestRegistered)
    assert (ask.code, ask.contact) == (registered.code, "13812345678")
    stage.hear(AnswerContact(only(effects, Publish).id, "kept", "2026-12-23"))
    page = stage.page(KioskRegistered)
    assert (page.until, page.lost) == ("2026-12-23", False)
    assert "13812345678" not in everything(stage)
    assert "13812345678" not in repr(stage.role)


def test_without_the_line_a_request_is_registered_and_no_number_asked_for() -> None:
    stage = kiosk(DESK)
    stage.send(LinkDown("gone"))
    touch(stage, "help", "request", "kind:unserved")
    assert [type(r) for r in facts(stage.send(Tapped("item:tax")))] == [RequestRegistered]
    assert isinstance(stage.view(), KioskRegistered)


def test_a_number_nobody_kept_is_said_to_be_lost_and_the_request_stands() -> None:
    stage = kiosk(DESK)
    touch(stage, "help", "request", "kind:unserved", "item:tax", "consent:yes", *(f"type:{d}" for d in "5550123"))
    assert isinstance(facts(stage.send(Tapped("enter")))[0], RequestRegistered)
    stage.wait(3)
    page = stage.page(KioskRegistered)
    assert page.lost


def test_a_hall_that_keeps_no_numbers_asks_for_none() -> None:
    stage = kiosk(replace(DESK, rules=Rules(contact_days=0)))
    touch(stage, "help", "request", "kind:unserved", "item:tax")
    assert isinstance(stage.view(), KioskRegistered)


def test_too_short_a_number_is_asked_for_again_and_leaving_forgets_it() -> None:
    stage = kiosk(DESK)
    page = touch(stage, "help", "request", "kind:unserved", "item:tax", "consent:yes", "type:1", "enter")
    assert isinstance(page, KioskKeypad)
    assert (page.wrong, page.shown) == (True, "")
    touch(stage, "type:7", "done")
    assert isinstance(stage.view(), KioskHome)
    assert not facts(stage.last)
