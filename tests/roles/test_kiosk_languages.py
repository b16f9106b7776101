"""The citizen's language: chosen at the kiosk in the hall's order, on the ticket, and in its call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.contract.messages import AnswerNumber, AskNumber, HallCall, TicketIssued
from device.effects import Publish, Tapped
from device.roles.voice import call_utterance
from tests.roles.at_kiosk import WHOLE, home, kiosk, touch
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import DAY, facts, only, said

FIVE = replace(WHOLE, languages=("zh", "ug", "en", "bo", "mn"))


def test_a_kiosk_offers_the_halls_languages_in_its_own_order() -> None:
    assert home(kiosk(FIVE)).langs == ("zh", "ug", "en", "bo", "mn")


@pytest.mark.req("R026")
@pytest.mark.parametrize("lang", ["ug", "bo", "mn", "en"])
def test_the_citizens_choice_goes_onto_the_ticket_and_into_its_call(lang: str) -> None:
    stage = kiosk(FIVE)
    touch(stage, f"lang:{lang}")
    assert home(stage).lang == lang
    effects = stage.send(Tapped("service:social"))
    assert said(effects, AskNumber)[0].lang == lang
    given = AnswerNumber(only(effects, Publish).id, "given", "A001", DAY)
    issued = next(record for record in facts(stage.hear(given)) if isinstance(record, TicketIssued))
    assert issued.lang == lang
    desk = FrontDesk(FIVE)
    number = desk.take()
    desk.record(replace(issued, ticket=f"{DAY.replace('-', '')}-A002", number="A002"), "kiosk-1")
    desk.sign_in()
    assert desk.call() == number
    desk.serve(number)
    assert desk.call() == "A002"
    call = said(desk.stage.effects, HallCall)[-1]
    assert call.langs == ("zh", lang)
    spoken = [phrase.lang for phrase in call_utterance(call, "x", FIVE, None).phrases]
    assert spoken == ["zh", lang]  # the speaker leaves out what it has neither a voice nor recordings for


def test_a_language_the_hall_does_not_offer_cannot_be_chosen() -> None:
    stage = kiosk(WHOLE)
    touch(stage, "lang:ug")
    assert home(stage).lang == "zh"
