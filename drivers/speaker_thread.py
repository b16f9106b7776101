"""The one thread of a speaker: it takes announcements in, says them one after another, and tells how each ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from typing import Final

from drivers.events import NotSaid, PartFailed, PartMended, Said
from drivers.protocols import Post, Utterance
from drivers.speaker_queue import Refused, SpeechQueue

# One announcement being said: yields for how many seconds it wants to wait (meanwhile the thread takes in others),
# returns the code of what was wrong, or "" when it was heard to the end. Closed in the middle: it falls silent.
Performance = Generator[float, None, str]
CLOSE_SECONDS: Final = 1.0


def _nothing() -> None:
    """For a speaker that has nothing to look after."""


def _forgotten(utterance: Utterance, outcome: str) -> None:
    """For a speaker that keeps no record."""


class SpeakerThread:
    """Runs `perform` for one utterance at a time. Each `say` ends in exactly one Said or NotSaid.

    look: called at the start and every `look_seconds` of rest. ended: called before the outcome is posted, with
    `said` or NotSaid's code. Both on the thread.
    """

    def __init__(
        self,
        part: str,
        post: Post,
        perform: Callable[[Utterance], Performance],
        *,
        look: Callable[[], None] = _nothing,
        look_seconds: float | None = None,
        ended: Callable[[Utterance, str], None] = _forgotten,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._part, self._post, self._perform, self._ended, self._now = part, post, perform, ended, now
        self._look, self._look_seconds = look, look_seconds
        self._inbox: SimpleQueue[Utterance | None] = SimpleQueue()
        self._queue = SpeechQueue()
        self._fault = ""
        self._closing = self._ending = False
        self._thread = threading.Thread(target=self._run, name=f"speaker {part}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def say(self, utterance: Utterance) -> None:
        """Never blocks. After `close`: NotSaid at once."""
        if self._closing:
            self._post(NotSaid(utterance.id, "closed"))
        else:
            self._inbox.put(utterance)

    def close(self) -> None:
        """Fall silent and end. Who calls `say` calls this too, so nothing comes behind the None."""
        if not self._closing:
            self._closing = True
            self._inbox.put(None)
        self._thread.join(CLOSE_SECONDS)

    @property
    def fault(self) -> str:
        """The code of the fault that was told last and is not over, or ""."""
        return self._fault

    def report(self, code: str, detail: str = "") -> None:
        """Tell a fault when it begins and when it is over ("" is none); on the thread only."""
        if code == self._fault or self._closing:
            return
        self._fault = code
        self._post(PartFailed(self._part, code, detail) if code else PartMended(self._part))

    # --- the thread ------------------------------------------------------------------------------------------

    def _run(self) -> None:
        self._guard(self._look)
        while not self._ending:
            utterance, refused = self._queue.take(self._now())
            self._refuse(refused)
            if utterance is not None:
                self._end(utterance, self._said(utterance))
            elif not self._wait(self._look_seconds):
                self._guard(self._look)
        self._refuse(self._queue.empty("closed"))

    def _said(self, utterance: Utterance) -> str:
        """Say it; "" or the code of why not."""
        performance = self._perform(utterance)
        try:
            while True:
                until = time.monotonic() + next(performance)
                while self._wait(until - time.monotonic()):
                    if self._ending:
                        return "closed"
        except StopIteration as end:
            return str(end.value)
        except Exception as fault:  # noqa: BLE001  a thread that dies says nothing for ever, and nobody hears of it
            self.report("speaker-failed", f"{type(fault).__name__}: {fault}")
            return "speaker-failed"
        finally:
            performance.close()

    def _wait(self, seconds: float | None) -> bool:
        """Take in what comes next. False: nothing came in that time."""
        try:
            utterance = self._inbox.get(timeout=None if seconds is None else max(0.0, seconds))
        except Empty:
            return False
        if utterance is None:
            self._ending = True
        else:
            self._refuse(self._queue.offer(utterance, self._now()))
        return True

    def _refuse(self, refused: Refused) -> None:
        for utterance, code in refused:
            self._end(utterance, code)

    def _end(self, utterance: Utterance, code: str) -> None:
        self._guard(lambda: self._ended(utterance, code or "said"))
        self._post(NotSaid(utterance.id, code) if code else Said(utterance.id))

    def _guard(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as fault:  # noqa: BLE001  as above
            self.report("speaker-failed", f"{type(fault).__name__}: {fault}")
