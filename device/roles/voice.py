"""What a device's voice says and when, as utterances. Rules:

1. Who has a priority class for which the hall speaks clearly is called louder, and twice (R033).
2. The hall's opening and closing are announced once a day each, by the hall's own time, never by a clock nobody trusts.
3. The closing says that whoever holds a number is served, and offers an appointment (R029, R243).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from device.contract.messages import HallCall
from device.hall.calendar import hours_on
from device.hall.plan import Plan
from drivers.protocols import Spoken, Utterance
from screens.announce import Phrases, call_phrases, closing_phrases, opening_phrases

LOUDER: Final = 125  # percent
LATE_MINUTES: Final = 5  # after that a welcome, or a warning of the end, is said too late to be meant


def spoken(phrases: Phrases) -> tuple[Spoken, ...]:
    """As a speaker takes them."""
    return tuple(Spoken(phrase.lang, phrase.text, phrase.parts) for phrase in phrases)


def call_utterance(call: HallCall, id_: str, plan: Plan, until: datetime | None) -> Utterance:
    """The call as this hall says it: in its own languages, then the citizen's. until: None if no clock is believed."""
    voice = plan.voice
    langs = dict.fromkeys((*voice.languages, *call.langs))
    phrases = call_phrases(
        call.ticket[9:], call.window, langs, waited=call.waited, again=call.attempt > 1, yao=voice.yao
    )
    words = spoken(phrases) * (2 if call.clearly else 1)
    return Utterance(id_, words, until=until, volume=LOUDER if call.clearly else 100)


@dataclass(slots=True)
class DayVoice:
    """Says when the hall opens and when it is about to close. said: the day and what was said of it."""

    plan: Plan
    said: tuple[str, frozenset[str]] = ("", frozenset())

    def due(self, now: datetime, langs: Iterable[str]) -> Phrases:
        """What is to be said at this minute, hall time; empty most of the time."""
        day, minute = now.date(), now.hour * 60 + now.minute
        known = self.said[1] if self.said[0] == day.isoformat() else frozenset()
        for name, at, phrases in self._moments(day, tuple(langs)):
            if at <= minute < at + LATE_MINUTES and name not in known:
                self.said = (day.isoformat(), known | {name})
                return phrases
        return ()

    def _moments(self, day: date, langs: tuple[str, ...]) -> list[tuple[str, int, Phrases]]:
        spans = hours_on(self.plan, day).spans()
        if not spans or spans == ((0, 1440),):
            return []
        ends, before = spans[-1][1], self.plan.voice.closing_minutes
        moments = [("opening", spans[0][0], opening_phrases(langs))] if self.plan.voice.opening else []
        if before:
            moments.append(("closing", max(0, ends - before), closing_phrases(ends, langs)))
        return moments


def until_of(at: datetime) -> datetime:
    """How long a day's announcement is worth hearing."""
    return at + timedelta(minutes=LATE_MINUTES)
