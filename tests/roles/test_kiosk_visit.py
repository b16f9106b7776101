"""What a citizen can choose at the kiosk beside the service."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from device.contract.messages import AnswerNumber, AskNumber, HelpAsked, TicketIssued, Words
from device.effects import Publish, Tapped
from drivers.events import LinkDown, Printed
from screens.views import KioskClasses, KioskElsewhere, KioskHelp, KioskStill, Modes
from tests.roles.at_kiosk import WHOLE, home, kiosk, touch
from tests.roles.stage import DAY, PLAN, facts, only, said

# --- priority and needs --------------------------------------------------------------------------------------


@pytest.mark.req("R032", "R221")
def test_a_priority_class_goes_into_the_question_and_onto_the_ticket() -> None:
    stage = kiosk()
    assert home(stage).priority
    page = touch(stage, "priority")
    assert isinstance(page, KioskClasses)
    assert [key.id for key in page.classes] == ["elderly", "sick"]
    touch(stage, "class:elderly", "done")
    assert home(stage).klass is not None
    effects = stage.send(Tapped("service:social"))
    (ask,) = said(effects, AskNumber)
    assert ask.klass == "elderly"
    given = AnswerNumber(only(effects, Publish).id, "given", "A012", DAY, 0, 0, klass="elderly")
    (issued,) = facts(stage.hear(given))
    assert isinstance(issued, TicketIssued)
    assert issued.klass == "elderly"


def test_a_class_touched_twice_is_given_up_and_one_nobody_defined_is_none() -> None:
    stage = kiosk()
    touch(stage, "priority", "class:elderly", "class:elderly", "class:king", "done")
    assert home(stage).klass is None


@pytest.mark.req("R054")
def test_somebody_can_ask_for_sign_language_and_the_ticket_says_so_without_the_line_too() -> None:
    stage = kiosk()
    touch(stage, "priority", "need:sign", "class:sick", "done")
    stage.send(LinkDown("gone"))
    issued = next(r for r in facts(stage.send(Tapped("service:social"))) if isinstance(r, TicketIssued))
    assert (issued.need, issued.klass, issued.source) == ("sign", "sick", "block")


def test_a_hall_without_classes_and_needs_shows_no_priority_key() -> None:
    assert not home(kiosk(PLAN)).priority


def test_the_next_citizen_is_nobodys_priority() -> None:
    stage = kiosk()
    touch(stage, "mode:large", "priority", "class:elderly", "done")
    request = only(stage.send(Tapped("service:social")), Publish).id
    stage.hear(AnswerNumber(request, "given", "A012", DAY, 0, 0, klass="elderly"))
    stage.send(Printed("20261123-A012"))
    assert getattr(stage.view(), "modes") == Modes(large=True)  # noqa: B009  of any page
    stage.wait(PLAN.rules.take_seconds)
    assert (home(stage).klass, home(stage).modes) == (None, Modes())
    assert said(stage.send(Tapped("service:social")), AskNumber)[0].klass == ""


# --- modes, groups, time-outs --------------------------------------------------------------------------------


@pytest.mark.req("R274")
@pytest.mark.parametrize("mode", ["large", "contrast", "low"])
def test_a_mode_holds_for_every_page_until_the_errand_ends(mode: str) -> None:
    stage, on = kiosk(), dict[str, Any]({mode: True})
    wanted = Modes(**on)
    for key in (f"mode:{mode}", "priority", "done", "lookup", "done", "help"):
        page: Any = touch(stage, key)  # every page of a kiosk has modes
        assert page.modes == wanted
    touch(stage, "done", f"mode:{mode}")
    assert home(stage).modes == Modes()


def test_a_mode_nobody_knows_changes_nothing() -> None:
    stage = kiosk()
    assert stage.send(Tapped("mode:upside-down")) == []


def test_whoever_does_nothing_is_asked_for_20_seconds_and_one_touch_goes_on() -> None:
    stage = kiosk()
    touch(stage, "lang:en", "mode:large", "priority")
    stage.wait(PLAN.rules.idle_seconds)
    asked = stage.page(KioskStill)
    assert (asked.lang, asked.seconds, asked.modes) == ("en", 20, Modes(large=True))
    stage.wait(19.9)
    assert isinstance(touch(stage, "stay"), KioskClasses)
    stage.wait(PLAN.rules.idle_seconds + 19.9)
    assert isinstance(stage.view(), KioskStill)
    stage.wait(0.2)
    assert (home(stage).lang, home(stage).modes) == ("zh", Modes())


@pytest.mark.parametrize("keys", [(), ("help",), ("mode:low", "mode:low"), ("elsewhere", "done")])
def test_a_kiosk_that_is_as_the_next_citizen_finds_it_asks_nobody(keys: tuple[str, ...]) -> None:
    stage = kiosk()
    touch(stage, *keys)
    stage.wait(600)
    home(stage)
    assert not [e for e in stage.effects if isinstance(getattr(e, "view", None), KioskStill)]


def test_pages_and_groups_turn_and_come_back() -> None:
    people = Words("民生", "People")
    grouped = {i: replace(s, group=people) for i, s in WHOLE.services.items()}
    stage = kiosk(replace(WHOLE, services=grouped))
    assert home(stage).services[0].group
    touch(stage, "more", "more", "group:民生")
    assert (home(stage).group, home(stage).page) == ("民生", 0)
    touch(stage, "more", "all")
    assert (home(stage).group, home(stage).page) == ("", 0)
    assert stage.send(Tapped("group:no such")) == []


@pytest.mark.req("R208")
def test_what_is_done_elsewhere_is_listed_with_place_and_phone() -> None:
    stage = kiosk()
    page = touch(stage, "elsewhere")
    assert isinstance(page, KioskElsewhere)
    assert [(p.name.zh, p.place.zh, p.phone) for p in page.places] == [("出入境", "公安局", "0452-5550110")]
    touch(stage, "done")
    assert home(stage).elsewhere
    assert not home(kiosk(PLAN)).elsewhere


def test_a_service_that_kiosks_do_not_offer_has_no_key() -> None:
    services = {**PLAN.services, "tax": replace(PLAN.services["tax"], offered=False)}
    stage = kiosk(replace(PLAN, services=services))
    assert [s.id for s in home(stage).services] == ["social"]
    assert not said(stage.send(Tapped("service:tax")), AskNumber)


# --- help ----------------------------------------------------------------------------------------------------


@pytest.mark.req("R021", "R209")
def test_help_is_called_at_the_first_touch_and_can_be_told_what_for() -> None:
    stage = kiosk()
    assert facts(stage.send(Tapped("help"))) == [HelpAsked("general")]
    assert isinstance(stage.view(), KioskHelp)
    assert facts(stage.send(Tapped("reason:medical"))) == [HelpAsked("medical")]
    assert facts(stage.send(Tapped("reason:medical"))) == []
    assert facts(stage.send(Tapped("reason:disability"))) == [HelpAsked("disability")]
    assert facts(stage.send(Tapped("reason:bored"))) == []
    touch(stage, "done")
    assert home(stage).notice == "kiosk.help_called"
