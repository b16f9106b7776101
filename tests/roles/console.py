"""A window's controller on the stage, and the hands of who sits at it."""

from __future__ import annotations

from device.contract.messages import AnswerCall, AnswerLeave, AnswerSignIn, AskCall, AskLeave
from device.effects import Effect, Publish
from device.hall.plan import Plan
from device.roles.window import Window
from drivers.events import KeyPressed, LinkDown, LinkUp
from screens.views import ConsolePage, SignPage
from tests.roles.stage import PIN, PLAN, ZHANG, Stage, only

TICKET = "20261123-A012"


def window(plan: Plan = PLAN, *, link: bool = True) -> Stage:
    stage = Stage(Window("window-3", plan, plan.windows[3]))
    stage.began()
    if link:
        stage.send(LinkUp())
    return stage


def type_in(stage: Stage, text: str) -> list[Effect]:
    for key in text:
        stage.send(KeyPressed(key))
    return stage.send(KeyPressed("enter"))


def sign_in(stage: Stage, duties: tuple[str, ...] = ()) -> list[Effect]:
    type_in(stage, "1001")
    request = only(type_in(stage, PIN), Publish)
    return stage.hear(AnswerSignIn(request.id, "welcome", ZHANG, duties))


def staffed(plan: Plan = PLAN, *, duties: tuple[str, ...] = (), link: bool = True) -> Stage:
    """Somebody has signed in. link: the line is still there."""
    stage = window(plan)
    sign_in(stage, duties)
    if not link:
        stage.send(LinkDown("gone"))
    return stage


def call(stage: Stage) -> list[Effect]:
    request = only(stage.send(KeyPressed("n")), Publish)
    assert request.body == AskCall("1001")
    return stage.hear(AnswerCall(request.id, "called", TICKET, "social"))


def granted(stage: Stage) -> list[Effect]:
    """The coordinator lets them go."""
    (request,) = [e for e in stage.last if isinstance(e, Publish) and isinstance(e.body, AskLeave)]
    return stage.hear(AnswerLeave(request.id, "granted"))


def sign_out(stage: Stage) -> list[Effect]:
    stage.send(KeyPressed("q"))
    return granted(stage)


def pause(stage: Stage, reason: str = "1") -> list[Effect]:
    for key in ("p", reason, "1"):  # why, and that nobody stands in
        stage.send(KeyPressed(key))
    return granted(stage)


def page(stage: Stage) -> ConsolePage:
    return stage.page(ConsolePage)


def sign(stage: Stage) -> SignPage:
    view = stage.view("sign")
    assert isinstance(view, SignPage)
    return view


def enabled(stage: Stage) -> set[str]:
    return {key.id for key in page(stage).keys if key.enabled}


def keys(stage: Stage, *pressed: str) -> list[Effect]:
    effects: list[Effect] = []
    for key in pressed:
        effects = stage.send(KeyPressed(key))
    return effects
