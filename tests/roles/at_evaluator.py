"""An evaluator on the stage, and the invitations it hears."""

from __future__ import annotations

from datetime import timedelta

from device.contract.messages import HallWindow, Invitation
from device.roles.evaluator import Evaluator
from drivers.events import LinkUp
from screens.views import EvaluatorIdle
from tests.roles.stage import MORNING, PLAN, ZHANG, Stage, uid

TICKET = "20261123-A012"


def evaluator(*, desk: bool = False) -> Stage:
    stage = Stage(Evaluator("evaluator-3", PLAN, PLAN.windows[3], "c0ffee", desk))
    stage.began()
    if not desk:
        stage.send(LinkUp())
    return stage


def invited(n: int = 1, seconds: float = 30, ticket: str = TICKET, rev: int = 10) -> HallWindow:
    until = (MORNING + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")
    return HallWindow(3, rev, "open", ZHANG, invitation=Invitation(uid(n), ticket, "social", ZHANG, until))


def idle(stage: Stage) -> EvaluatorIdle:
    return stage.page(EvaluatorIdle)
