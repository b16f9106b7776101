"""Who takes a number: by card, typed number, a city's code or nobody; a hash goes with the question, nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.contract.messages import AnswerNumber, AskNumber, NumberAllotted, TicketIssued
from device.effects import Publish, Tapped
from device.roles.kiosk_identity import holder_of, is_card
from drivers.events import Scanned
from screens.views import KioskKeypad, KioskPlace
from tests.roles.at_kiosk import home, kiosk, touch
from tests.roles.desk_hall import CARD, DESK, KEY, everything
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import DAY, facts, only, said


@pytest.mark.req("R266")
@pytest.mark.parametrize("how", ["card", "typed", "city"])
def test_a_number_can_be_taken_with_a_card_a_typed_number_or_a_citys_code_and_none_of_it_stays(how: str) -> None:
    stage = kiosk(DESK)
    text = "CITY:abc:77" if how == "city" else CARD
    if how == "typed":
        page = touch(stage, "lookup", "identity", *(f"type:{sign}" for sign in CARD))
        assert isinstance(page, KioskKeypad)
        assert page.shown == "•" * 17 + CARD[-1]
        touch(stage, "enter")
    else:
        stage.send(Scanned(text))
    assert home(stage).holder
    asked = said(stage.send(Tapped("service:social")), AskNumber)[0]
    assert asked.holder == holder_of(text, DESK) != ""
    assert text not in repr(stage.effects)
    stage.hear(AnswerNumber(only(stage.last, Publish).id, "given", "A012", DAY))
    assert asked.holder not in everything(stage)  # it went with the question alone
    assert asked.holder not in repr(stage.role)


@pytest.mark.req("R266")
def test_a_number_is_taken_anonymously_as_ever() -> None:
    stage = kiosk(DESK)
    assert said(stage.send(Tapped("service:social")), AskNumber)[0].holder == ""


def test_whoever_waits_already_is_shown_their_number_and_gets_no_second_one() -> None:
    stage = kiosk(DESK)
    stage.send(Scanned(CARD))
    request = only(stage.send(Tapped("service:social")), Publish).id
    effects = stage.hear(AnswerNumber(request, "already", "A007", DAY, 2, 16))
    assert not facts(effects)
    page = stage.page(KioskPlace)
    assert (page.what, page.number, page.ahead) == ("waiting", "A007", 2)


def test_the_coordinator_gives_one_holder_one_number_a_service_until_it_is_served() -> None:
    desk = FrontDesk(DESK)
    holder = holder_of(CARD, DESK)

    def take(service: str = "social") -> AnswerNumber:
        answer = desk.ask(AskNumber(service, holder=holder), "kiosk-1")
        assert isinstance(answer, AnswerNumber)
        if answer.outcome == "given":
            allotted = [r for _, r in desk.book if isinstance(r, NumberAllotted)][-1]
            desk.record(
                TicketIssued(allotted.request, allotted.ticket, answer.number, DAY, service, "online"), "kiosk-1"
            )
        return answer

    first = take()
    assert (first.outcome, take().outcome, take().number) == ("given", "already", first.number)
    assert take("tax").outcome == "given"
    desk.sign_in()
    assert desk.call() == first.number
    desk.serve(first.number)
    assert take().outcome == "given"


def test_a_number_that_is_no_cards_is_asked_for_again() -> None:
    stage = kiosk(DESK)
    page = touch(stage, "lookup", "identity", *(f"type:{sign}" for sign in CARD[:-1] + "4"), "enter")
    assert isinstance(page, KioskKeypad)
    assert page.wrong
    assert CARD[:-1] not in repr(stage.role)


def test_a_hall_without_a_key_takes_no_identities() -> None:
    stage = kiosk(replace(DESK, identity_key=""))
    touch(stage, "lookup", "identity")
    assert not isinstance(stage.view(), KioskKeypad)
    stage.send(Scanned(CARD))
    assert holder_of(CARD, replace(DESK, identity_key="")) == ""


@pytest.mark.parametrize(
    ("text", "sound"), [(CARD, True), ("110105194912310021", False), ("11010519491331002X", False), ("12", False)]
)
def test_a_card_has_a_date_and_a_check_sign(text: str, sound: bool) -> None:
    assert is_card(text) == sound


def test_two_halls_make_two_hashes_of_one_person() -> None:
    assert holder_of(CARD, DESK) != holder_of(CARD, replace(DESK, id="elsewhere"))
    assert holder_of(CARD, DESK) != holder_of(CARD, replace(DESK, identity_key=KEY[::-1]))
