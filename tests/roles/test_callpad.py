"""A window worked from a call pad alone: its frames become keys that mean something wherever they should."""

from __future__ import annotations

from device.contract.messages import (
    AnswerCall,
    AnswerSignIn,
    AskSignIn,
    RatingInvited,
    TicketRecalled,
    TicketServed,
    TicketStarted,
)
from device.effects import Effect, Publish
from drivers.events import KeyPressed
from drivers.frames import CALL, CONFIRM, EVALUATE, RECALL
from drivers.keypad_callpad import KEYS, pressed
from tests.roles.console import page, staffed, window
from tests.roles.stage import ZHANG, Stage, facts, only

NAMED = {"enter", "escape"}


def pad(stage: Stage, *data: int) -> list[Effect]:
    """What one frame of the pad does, all in all."""
    return [effect for key in pressed(bytes(data)) for effect in stage.send(KeyPressed(key))]


def test_every_key_a_pad_stands_for_is_one_that_windows_have() -> None:
    hot = {key.hot for key in page(staffed()).keys}
    assert {key for keys in KEYS.values() for key in keys.split()} <= hot | NAMED
    assert "h" in hot  # the pad's digits before `call`


def test_a_citizen_is_called_served_and_asked_for_a_rating_from_a_pad_alone() -> None:
    stage = window()
    pad(stage, 1, 0, 0, 1, CONFIRM)
    request = only(pad(stage, 4, 7, 1, 1, CONFIRM), Publish)
    assert request.body == AskSignIn("1001", "4711")
    stage.hear(AnswerSignIn(request.id, "welcome", ZHANG))
    request = only(pad(stage, CALL), Publish)
    stage.hear(AnswerCall(request.id, "called", "20261123-A012", "social"))
    assert [type(fact) for fact in facts(pad(stage, RECALL))] == [TicketRecalled]
    assert [type(fact) for fact in facts(pad(stage, EVALUATE))] == [TicketStarted]
    assert [type(fact) for fact in facts(pad(stage, EVALUATE))] == [TicketServed, RatingInvited]
