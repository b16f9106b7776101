"""The person at the machine during a self test: is told what to do, is waited for, is asked what they saw."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TextIO, TypeVar

from drivers.events import HardwareEvent, PrinterReport, Stirred
from drivers.protocols import Display, Post

T = TypeVar("T")
Confirm = Callable[[str], bool]  # a question -> yes or no


class Hands:
    """What parts say comes in here; screens are pumped while waiting, on this thread, as they must be."""

    def __init__(self, say: TextIO, confirm: Confirm | None, seconds: float) -> None:
        self.seconds = seconds
        self._say = say
        self._confirm = confirm
        self._heard: SimpleQueue[tuple[str, HardwareEvent]] = SimpleQueue()
        self._screens: list[Display] = []
        self._reports: dict[str, PrinterReport] = {}

    def post_for(self, device: str) -> Post:
        """The `post` of this device's drivers."""
        return lambda event: self._heard.put((device, event))

    def watch(self, screen: Display) -> None:
        """From now on this screen is pumped while something is waited for."""
        self._screens.append(screen)

    def tell(self, device: str, what: str) -> None:
        """What to do, or what happens now."""
        print(f"{device}: {what}", file=self._say, flush=True)

    def seen(self, question: str) -> bool:
        """What the person says; yes if nobody is there to be asked."""
        return self._confirm is None or self._confirm(question)

    def report(self, device: str) -> PrinterReport | None:
        """The printer's newest word: it speaks up when something changes, not when it is asked."""
        self._drain()
        return self._reports.get(device)

    def forget(self) -> None:
        """Drop what came before: a press from earlier is no answer to what is asked now."""
        self._drain()

    def _drain(self) -> None:
        while not self._heard.empty():
            self._note(*self._heard.get())

    def _note(self, device: str, event: HardwareEvent) -> None:
        if isinstance(event, PrinterReport):
            self._reports[device] = event
        elif isinstance(event, Stirred):
            self._pump()

    def _pump(self) -> None:
        for screen in self._screens:
            screen.pump()

    def wait(self, device: str, pick: Callable[[HardwareEvent], T | None], seconds: float | None = None) -> T | None:
        """The first thing that `pick` takes of what this device's parts say; None when the time is over.

        seconds: instead of the time that a person is given.
        """
        until = monotonic() + (self.seconds if seconds is None else seconds)
        while (left := until - monotonic()) > 0:
            pumps = [pump for screen in self._screens if (pump := screen.pump_seconds) is not None]
            try:
                owner, event = self._heard.get(timeout=min([left, *pumps]))
            except Empty:
                self._pump()
                continue
            self._note(owner, event)
            if owner == device and (found := pick(event)) is not None:
                return found
        return None
