"""Voice guidance: the kiosk for whoever cannot see it. Rules:

1. It is offered where there is a loudspeaker that works, and it is on for one errand. A language that the voice has not
   is read in Chinese, and takes the voice from nobody.
2. Each page says what it is for. A key that is touched says its name; touched again it is pressed: a finger may search
   the glass and nothing happens by it.
3. What is said last counts: it takes the place of what was still to be said.
4. What concerns a person is never read aloud: keyed-in digits are on the pages of numbers and codes alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from device.effects import Effect, Event, Say, Tapped
from device.moment import Moment
from device.presence import WORKS_ON
from drivers.events import PartFailed, PartMended
from drivers.protocols import Spoken, Utterance
from screens.guidance import Aloud, key_aloud, page_aloud
from screens.views import KioskKeypad, KioskPage, Modes, View

STALE_SECONDS: Final = 6  # the name of a key touched before that is of no use any more


@dataclass(slots=True)
class Guidance:
    """speaks: there is a loudspeaker; works: it has not failed. said: the prompt that was said last."""

    speaks: bool = False
    works: bool = True
    said: tuple[Aloud, ...] = ()

    @property
    def offered(self) -> bool:
        """Whether somebody can ask for it here."""
        return self.speaks and self.works

    def hear(self, event: Event) -> None:
        """How the loudspeaker is."""
        match event:
            case PartFailed(part="speaker", code=code):
                self.works = code in WORKS_ON
            case PartMended(part="speaker"):
                self.works = True

    def searching(self, event: Event, page: View | None, modes: Modes) -> str:
        """The key that this touch only names, "" if it is to be pressed."""
        if not (modes.voice and self.offered and isinstance(event, Tapped) and isinstance(page, KioskPage)):
            return ""
        return event.key if event.key != modes.focus else ""

    def named(self, key: str, page: View | None, moment: Moment) -> list[Effect]:
        """Its name, aloud."""
        if not isinstance(page, KioskPage):
            return []
        private = isinstance(page, KioskKeypad) and page.what != "staff" and key.startswith("type:")
        aloud = None if private else key_aloud(page, key)
        return self._say((aloud,), moment) if aloud else []

    def shown(self, page: KioskPage, moment: Moment) -> list[Effect]:
        """The prompt of the page that stands there now, if it is another one."""
        said = page_aloud(page) if page.modes.voice and self.offered else ()
        if said == self.said:
            return []
        self.said = said
        return self._say(said, moment) if said else []

    def _say(self, said: tuple[Aloud, ...], moment: Moment) -> list[Effect]:
        until = moment.wall + timedelta(seconds=STALE_SECONDS) if moment.clock == "synced" else None
        words = tuple(map(_spoken, said))
        return [Say(Utterance(moment.id(8), words, chime=False, until=until, instead=True))]


def _spoken(said: Aloud) -> Spoken:
    return Spoken(said.lang, said.text, said.parts, _spoken(said.chinese) if said.chinese else None)
