"""A window with people before it, for tests of waits: what they are told, and how long they then wait."""

from __future__ import annotations

from dataclasses import replace

from device.contract.messages import AnswerNumber, AskNumber, Words
from device.hall.discipline import Discipline, Klass
from device.hall.plan import Plan
from tests.roles.front_desk import FrontDesk
from tests.roles.stage import DAY, PLAN

WORDS = Words("")
TODAY = DAY.replace("-", "")
ELDERLY = replace(PLAN, discipline=Discipline(classes={"elderly": Klass("elderly", WORDS, 2)}))


def promised(desk: FrontDesk, service: str = "social", klass: str = "") -> AnswerNumber:
    """What one who comes now is told."""
    answer = desk.ask(AskNumber(service, "zh", klass), "kiosk-1")
    assert isinstance(answer, AnswerNumber)
    return answer


def crowd(plan: Plan = PLAN, *, people: int = 6, klass: str = "") -> FrontDesk:
    """One window for social insurance is manned, and so many wait."""
    desk = FrontDesk(plan)
    desk.sign_in(3)
    for _ in range(people):
        desk.take(klass=klass)
    return desk


def serve_all(desk: FrontDesk, minutes: float) -> list[float]:
    """Whoever waits is served, each for so long; the minutes after which each was called."""
    waited = []
    begun = desk.stage.wall
    while (number := desk.call()) != "empty":
        waited.append((desk.stage.wall - begun).total_seconds() / 60)
        desk.wait(minutes * 60)
        desk.serve(number)
    return waited


def crowd_again(desk: FrontDesk, people: int) -> FrontDesk:
    """So many more come."""
    for _ in range(people):
        desk.take()
    return desk
