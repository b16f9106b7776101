"""The complaint key of an evaluator: asked once more, on record once, then a while not again (R057, R140)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from device.contract.messages import HelpAsked
from device.effects import Effect, Event, Forget, Remember, Remind, Reminded, Tapped
from device.moment import Moment
from screens.views import ComplaintStep

REASON: Final = "complaint"
ASK_SECONDS: Final = 20.0
NOTED_SECONDS: Final = 8.0
AGAIN_SECONDS: Final = 60.0  # a child at the key does not fill the supervisor's list


@dataclass(slots=True)
class Complaint:
    """step: "" nothing is asked. free: the key is there."""

    step: ComplaintStep | None = None
    free: bool = True

    def hear(self, event: Event, moment: Moment) -> list[Effect]:
        """A touch, or time that has passed."""
        match event, self.step:
            case Tapped("complain"), None if self.free:
                self.step = "ask"
                return [Remind(ASK_SECONDS, "complaint")]
            case Tapped("complain:yes"), "ask":
                self.step, self.free = "noted", False
                again = Remind(AGAIN_SECONDS, "complaint-again")
                return [Remember(HelpAsked(REASON), moment.id(0)), Remind(NOTED_SECONDS, "complaint"), again]
            case Tapped("complain:no"), "ask":
                self.step = None
                return [Forget("complaint")]
            case Reminded("complaint"), _:
                self.step = None
            case Reminded("complaint-again"), _:
                self.free = True
        return []

    def drop(self) -> None:
        """Something else is asked now."""
        self.step = None
