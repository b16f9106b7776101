"""The numbers a kiosk holds for when nobody answers: asked for, granted, taken one by one, kept in the journal."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from device.contract.messages import AnswerBlock, AskBlock, Block
from device.effects import Began, Effect, Keep, Publish, Remind
from device.hall.numbers import Reserve
from device.moment import Moment

RETRY_SECONDS = 30.0
REFRESH_SECONDS = 3600.0


@dataclass(slots=True)
class Stock:
    """reserve: the blocks of this journal; kept: the same as this life last put it there.

    unanswered: blocks were asked for and did not come yet.
    """

    journal: str = ""
    reserve: Reserve = field(default_factory=Reserve)
    kept: Reserve = field(default_factory=Reserve)
    unanswered: bool = False

    def begin(self, event: Began) -> None:
        """What the journal has."""
        self.journal = event.journal
        kept = json.loads(event.kept.get("reserve", "{}"))
        self.reserve = Reserve(**{**kept, "blocks": tuple(Block(**b) for b in kept.get("blocks", []))})

    def ask(self, link: bool, moment: Moment) -> list[Effect]:
        """Blocks for the days ahead, please; again until they come."""
        if not link:
            return []
        self.unanswered = True
        return [Publish(AskBlock(self.journal), moment.id(9)), Remind(RETRY_SECONDS, "blocks")]

    def granted(self, answer: AnswerBlock, day: str) -> list[Effect]:
        """They came. day: the business day."""
        self.unanswered = False
        if answer.blocks and self.reserve.believes(answer.book, min(b.day for b in answer.blocks)):
            self.reserve.grant(answer.blocks, day)
        return [*self.keep(), Remind(REFRESH_SECONDS, "blocks")]

    def keep(self) -> list[Effect]:
        """Into the journal, if it is not there as it is."""
        reserve = self.reserve
        if reserve == self.kept:
            return []
        self.kept = replace(reserve, used=dict(reserve.used))
        blocks = [{"series": b.series, "day": b.day, "first": b.first, "last": b.last} for b in reserve.blocks]
        memory = {"blocks": blocks, "used": reserve.used, "book": reserve.book, "heard": reserve.heard}
        return [Keep("reserve", json.dumps(memory))]
