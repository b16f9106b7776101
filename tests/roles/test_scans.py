"""Codes held before a kiosk, and the page that says how far a number is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.contract.messages import AnswerBlock, AnswerPlace, AskNumber, AskPlace
from device.effects import Effect, Print, Publish, Remember, Tapped
from device.roles.kiosk import Kiosk
from device.roles.scans import AppointmentCode, CityCode, NumberCode, TicketCode, read_code
from drivers.events import LinkDown, LinkUp, PrinterReport, Scanned
from screens.views import Bilingual, KioskHelp, KioskHome, KioskLookup, KioskPlace, KioskSorry
from tests.roles.stage import PLAN, Stage, said, uid

CITY = replace(PLAN, city_codes=("https://city.example/id/", "JXM"))
TICKET = "hallside:longjiang:20261123-A012"
OF_A_PERSON = "https://city.example/id/110101199003077715"


def kiosk(*, link: bool = True) -> Stage:
    stage = Stage(Kiosk("kiosk-1", CITY))
    stage.began()
    stage.send(PrinterReport(ready=True))
    stage.send(LinkUp())
    stage.hear(AnswerBlock(uid(1), ()))
    if not link:
        stage.send(LinkDown("gone"))
    return stage


def page(stage: Stage) -> KioskPlace:
    return stage.page(KioskPlace)


def asked(effects: list[Effect]) -> tuple[str, str]:
    """The ticket asked for, and the request's id."""
    [(body, request)] = [(e.body, e.id) for e in effects if isinstance(e, Publish) and isinstance(e.body, AskPlace)]
    return body.ticket, request


@pytest.mark.req("R060")
def test_a_scanned_ticket_shows_how_many_are_before_it_and_for_how_long() -> None:
    stage = kiosk()
    ticket, request = asked(stage.send(Scanned(TICKET)))
    assert ticket == "20261123-A012"
    assert page(stage) == KioskPlace("zh", "asking", "A012")
    stage.hear(AnswerPlace(request, "waiting", "social", 5, 40, most=55))
    social, here = Bilingual("社会保险", "Social insurance"), Bilingual("一楼A区", "Floor 1, zone A")
    assert page(stage) == KioskPlace("zh", "waiting", "A012", social, here, 5, 40, most=55)
    stage.wait(PLAN.rules.idle_seconds)
    assert isinstance(stage.view(), KioskHome)


@pytest.mark.req("R060")
def test_a_number_can_be_keyed_in_without_scanner_or_paper() -> None:
    stage = kiosk()
    stage.send(Tapped("lang:en"))
    for key in ("lookup", "type:B", "type:0", "type:1", "back", "type:2"):
        stage.send(Tapped(key))
    assert stage.view() == KioskLookup("en", ("A", "B"), "B02")
    ticket, request = asked(stage.send(Tapped("type:3")))
    assert ticket == "20261123-B023"
    stage.hear(AnswerPlace(request, "called", "tax", window=4))
    assert (page(stage).what, page(stage).window, page(stage).place) == (
        "called",
        4,
        Bilingual("一楼B区", "Floor 1, zone B"),
    )
    stage.send(Tapped("done"))
    assert isinstance(stage.view(), KioskHome)


def test_only_a_letter_of_a_series_and_three_digits_can_be_keyed_in() -> None:
    stage = kiosk()
    for key in ("lookup", "type:Z", "type:1", "type:AA", "type:", "back"):
        stage.send(Tapped(key))
    assert stage.view() == KioskLookup("zh", ("A", "B"), "")


def test_nobody_answering_is_told_with_the_comfort_that_the_place_stands() -> None:
    stage = kiosk()
    asked(stage.send(Scanned(TICKET)))
    stage.wait(2.0)
    assert page(stage) == KioskPlace("zh", "lost", "A012")


def test_without_the_line_nothing_is_asked_and_nothing_offered() -> None:
    stage = kiosk(link=False)
    home = stage.page(KioskHome)
    assert not home.lookup
    assert not said(stage.send(Scanned(TICKET)), AskPlace)
    assert page(stage).what == "lost"


def test_an_answer_to_an_earlier_scan_is_not_shown_for_the_next() -> None:
    stage = kiosk()
    _, first = asked(stage.send(Scanned(TICKET)))
    asked(stage.send(Scanned("hallside:longjiang:20261123-A013")))
    stage.hear(AnswerPlace(first, "called", "social", window=3))
    assert page(stage) == KioskPlace("zh", "asking", "A013")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("hallside:elsewhere:20261123-A012", "otherhall"),
        ("hallside:longjiang:20261122-A012", "otherday"),
        (OF_A_PERSON, "city"),
        ("110101199003077715", "unreadable"),
        ("Z012", "unreadable"),
        ("", "unreadable"),
    ],
)
def test_every_other_code_is_answered_with_what_to_do(text: str, what: str) -> None:
    stage = kiosk()
    effects = stage.send(Scanned(text))
    assert page(stage).what == what
    assert not [e for e in effects if isinstance(e, Publish | Remember | Print)]


def test_where_no_tickets_are_given_one_can_still_ask_how_far_one_is() -> None:
    stage = kiosk()
    stage.send(PrinterReport(ready=False, code="paper-out"))
    assert isinstance(stage.view(), KioskSorry)
    _, request = asked(stage.send(Scanned(TICKET)))
    stage.hear(AnswerPlace(request, "waiting", "social", 1, 8))
    assert page(stage).ahead == 1


def test_help_from_these_pages_is_called_and_said_on_the_first() -> None:
    stage = kiosk()
    stage.send(Scanned("?"))
    assert [type(e) for e in stage.send(Tapped("help"))].count(Remember) == 1
    assert isinstance(stage.view(), KioskHelp)
    stage.send(Tapped("done"))
    home = stage.page(KioskHome)
    assert home.notice == "kiosk.help_called"


def test_a_scan_while_somebody_gets_a_number_changes_nothing_for_them() -> None:
    stage = kiosk()
    assert said(stage.send(Tapped("service:social")), AskNumber)
    before = stage.view()
    assert not stage.send(Scanned(TICKET))
    assert stage.view() == before


# --- what a code is ------------------------------------------------------------------------------------------


def test_codes_are_told_apart() -> None:
    assert read_code(TICKET, CITY) == TicketCode("longjiang", "20261123-A012")
    assert read_code("a012", CITY) == NumberCode("A012")
    assert read_code("408213", CITY) == AppointmentCode("408213")
    assert read_code("hallside:longjiang:20261123-A012x", CITY) is None
    assert read_code("13800138000", CITY) is None


@pytest.mark.req("R083")
def test_a_city_code_is_hashed_at_once_and_differs_from_hall_to_hall() -> None:
    code = read_code(OF_A_PERSON, CITY)
    assert isinstance(code, CityCode)
    assert code == read_code(OF_A_PERSON, CITY)
    assert "1101" not in repr(code)
    assert code != read_code(OF_A_PERSON, replace(CITY, id="elsewhere"))
    assert read_code(OF_A_PERSON, PLAN) is None


@pytest.mark.req("R083")
@settings(max_examples=40)
@given(st.text(max_size=600) | st.from_regex(r"hallside:[a-z]{1,9}:2\d{7}-[A-Z]\d{3}.?", fullmatch=True))
def test_whatever_is_scanned_nothing_of_it_is_kept_but_a_tickets_number(text: str) -> None:
    stage = kiosk()
    effects = stage.send(Scanned(text))
    assert isinstance(stage.view(), KioskPlace)
    kept = f"{effects}{stage.role}"
    for n in range(0, len(text) - 12, 3):
        piece = text[n : n + 12]
        if piece.isalnum() and piece.isascii() and not piece.startswith("2026"):
            assert piece not in kept
