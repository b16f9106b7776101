"""What a kiosk does of a service desk's work: registering requests, helping somebody, and who one is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from device.contract.messages import (
    AnswerContact,
    AnswerGuide,
    AnswerNumber,
    AskContact,
    AskGuide,
    AskNumber,
    ConsentGiven,
    NumberAllotted,
    RequestClosed,
    RequestRegistered,
    TicketIssued,
    Words,
)
from device.effects import Effect, Keep, Ordered, Publish, Remember, Reply, Tapped
from device.hall.orders import CloseRequest, ListRequests, Order
from device.hall.parameters import Rules
from device.roles.coordinator import Coordinator
from device.roles.kiosk_identity import holder_of, is_card
from drivers.events import LinkDown, Printed, Scanned
from screens.views import (
    KioskBusy,
    KioskHelp,
    KioskHome,
    KioskKeypad,
    KioskPlace,
    KioskRegistered,
    KioskRequest,
    KioskSorry,
    KioskStill,
)
from tests.roles.at_kiosk import WHOLE, home, kiosk, touch
from tests.roles.front_desk import FrontDesk, with_staff
from tests.roles.stage import DAY, PIN, PLAN, ZHANG, Stage, facts, only, said, uid

CARD = "11010519491231002X"  # the example of GB 11643
KEY = "a hall's key of more than thirty-two signs"
VISITS = replace(PLAN.services["social"], modes=("walk-in", "home-visit"), plain=Words("养老、社保卡", "Pension"))
DESK = replace(WHOLE, services={**WHOLE.services, "social": VISITS}, identity_key=KEY, city_codes=("CITY:",),
               complaint_phone="12345")  # fmt: skip


def everything(stage: Stage) -> str:
    """All that the kiosk ever asked to be kept, recorded or shown."""
    return repr([e for e in stage.effects if not isinstance(e, Publish)])


# --- requests ------------------------------------------------------------------------------------------------


@pytest.mark.req("R066")
def test_a_home_visit_is_registered_under_a_code_and_names_nobody() -> None:
    stage = kiosk(DESK)
    touch(stage, "help", "request")
    page = stage.view()
    assert isinstance(page, KioskRequest)
    assert page.kinds == ("home-visit", "unserved")
    page = touch(stage, "kind:home-visit")
    assert isinstance(page, KioskRequest)
    assert [service.id for service in page.services] == ["social"]  # what is done at home
    touch(stage, "item:social")
    effects = stage.send(Tapped("consent:no"))
    (record,) = facts(effects)
    assert isinstance(record, RequestRegistered)
    assert (record.kind, record.service, record.guide) == ("home-visit", "social", "")
    assert not said(effects, AskContact)
    page = stage.view()
    assert isinstance(page, KioskRegistered)
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
    page = stage.view()
    assert isinstance(page, KioskRegistered)
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
    page = stage.view()
    assert isinstance(page, KioskRegistered)
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


# --- the coordinator -----------------------------------------------------------------------------------------

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


# --- a guide helps -------------------------------------------------------------------------------------------


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
    page = stage.view()
    assert isinstance(page, KioskKeypad)
    assert (page.what, page.wrong, page.shown) == ("staff", True, "")
    assert "407193" not in everything(stage)
    touch(stage, "done")
    assert not home(stage).assisted


def test_a_guides_card_stands_for_their_number() -> None:
    stage = kiosk(DESK)
    touch(stage, "help", "assist")
    stage.send(Scanned("CARD77"))
    page = stage.view()
    assert isinstance(page, KioskKeypad)
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


# --- who one is ----------------------------------------------------------------------------------------------


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
    page = stage.view()
    assert isinstance(page, KioskPlace)
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


# --- plain words ---------------------------------------------------------------------------------------------


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
