"""A guide helps at a kiosk; a service's plain name; and what does not open while a number is got."""

from __future__ import annotations

from typing import Any

import pytest

from device.contract.messages import AnswerGuide, AnswerNumber, AskGuide, TicketIssued
from device.effects import Effect, Publish, Tapped
from drivers.events import Printed, Scanned
from screens.views import KioskBusy, KioskKeypad, KioskStill
from tests.roles.at_kiosk import WHOLE, home, kiosk, touch
from tests.roles.desk_hall import DESK, everything
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import DAY, PIN, PLAN, ZHANG, Stage, facts, only, said


def helped(stage: Stage, outcome: Any = "welcome") -> list[Effect]:
    """A guide says who they are; what the kiosk did about the answer."""
    touch(stage, "help", "assist", *(f"type:{d}" for d in "1001"), "enter", *(f"type:{d}" for d in "407193"))
    ask = only(stage.send(Tapped("enter")), Publish)
    assert isinstance(ask.body, AskGuide)
    assert (ask.body.staff, ask.body.pin) == ("1001", "407193")
    return stage.hear(AnswerGuide(ask.id, outcome, ZHANG if outcome == "welcome" else None))


@pytest.mark.req("R220")
def test_a_guide_takes_a_number_for_somebody_and_the_record_says_so_once() -> None:
    stage = kiosk(DESK)
    helped(stage)
    assert home(stage).assisted
    request = only(stage.send(Tapped("service:social")), Publish).id
    issued = next(
        r for r in facts(stage.hear(AnswerNumber(request, "given", "A012", DAY))) if isinstance(r, TicketIssued)
    )
    assert issued.guide == "1001"
    stage.send(Printed("20261123-A012"))
    stage.wait(PLAN.rules.take_seconds)
    assert not home(stage).assisted
    request = only(stage.send(Tapped("service:social")), Publish).id
    issued = next(
        r for r in facts(stage.hear(AnswerNumber(request, "given", "A013", DAY))) if isinstance(r, TicketIssued)
    )
    assert issued.guide == ""


@pytest.mark.req("R220")
def test_helping_ends_by_itself_when_nobody_touches() -> None:
    stage = kiosk(DESK)
    helped(stage)
    stage.wait(DESK.rules.idle_seconds)
    assert isinstance(stage.view(), KioskStill)
    stage.wait(DESK.rules.warn_seconds)
    assert not home(stage).assisted


def test_a_wrong_pin_helps_nobody_and_is_shown_and_kept_nowhere() -> None:
    stage = kiosk(DESK)
    helped(stage, "refused")
    page = stage.page(KioskKeypad)
    assert (page.what, page.wrong, page.shown) == ("staff", True, "")
    assert "407193" not in everything(stage)
    touch(stage, "done")
    assert not home(stage).assisted


def test_a_guides_card_stands_for_their_number() -> None:
    stage = kiosk(DESK)
    touch(stage, "help", "assist")
    stage.send(Scanned("CARD77"))
    page = stage.page(KioskKeypad)
    assert page.what == "pin"


@pytest.mark.parametrize(
    ("staff", "pin", "device", "outcome"),
    [("1001", PIN, "kiosk-1", "welcome"), ("1001", "0", "kiosk-1", "refused"), ("1001", PIN, "window-3", "refused"),
     ("77", PIN, "kiosk-1", "refused")],
)  # fmt: skip
def test_the_coordinator_knows_who_may_help(staff: str, pin: str, device: str, outcome: str) -> None:
    answer = said(FrontDesk(DESK).stage.hear(AskGuide(staff, pin), device=device), AnswerGuide)[0]
    assert answer.outcome == outcome
    assert (answer.person is not None) == (outcome == "welcome")


@pytest.mark.req("R146")
def test_a_kiosk_shows_the_plain_name_of_a_service_with_its_official_one_beside() -> None:
    (social, *_) = home(kiosk(DESK)).services
    assert (social.name.zh, social.official and social.official.zh) == ("养老、社保卡", "社会保险")
    (social, *_) = home(kiosk(WHOLE)).services
    assert (social.name.zh, social.official) == ("社会保险", None)


def test_while_a_number_is_got_nothing_of_the_desk_opens() -> None:
    stage = kiosk(DESK)
    stage.send(Tapped("service:social"))
    touch(stage, "request", "assist", "identity")
    assert isinstance(stage.view(), KioskBusy)
