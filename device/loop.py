"""One inbox, one thread, a heap of reminders. Idle is asleep in the inbox until the next reminder.

What happened while a batch was worked on is drained together, so that one durable commit serves many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from queue import Empty, SimpleQueue

from device.effects import Event, Reminded
from drivers.events import HardwareEvent
from drivers.protocols import Post, WallClock

Happening = tuple[str, Event]  # whose ("" = the process itself), what
Handle = Callable[[Sequence[Happening]], None]

BATCH = 64  # bounds how long a burst may hold back the first answer


class Loop:
    """Feeds `handle` with batches of happenings, in order of arrival, until stopped."""

    def __init__(self, clock: WallClock, handle: Handle) -> None:
        self._clock = clock
        self._handle = handle
        self._inbox: SimpleQueue[Happening | None] = SimpleQueue()  # None: stop
        self._due: dict[tuple[str, str], tuple[float, int]] = {}
        self._heap: list[tuple[float, int, str, str]] = []
        self._turn = 0

    def post(self, device: str, event: Event) -> None:
        """From any thread, also from a signal handler: never blocks."""
        self._inbox.put((device, event))

    def post_for(self, device: str) -> Post:
        """The `post` of this device's drivers."""

        def post(event: HardwareEvent) -> None:
            self.post(device, event)

        return post

    def stop(self) -> None:
        """`run` returns after what is queued before this."""
        self._inbox.put(None)

    def remind(self, device: str, key: str, seconds: float) -> float:
        """`Reminded(key)` for the device in so many seconds; the same key again moves the reminder.

        Returns when it is due, on the monotonic clock.
        """
        self._turn += 1
        due = self._clock.mono() + max(seconds, 0.0)
        self._due[device, key] = (due, self._turn)
        heappush(self._heap, (due, self._turn, device, key))
        return due

    def forget(self, device: str, key: str) -> None:
        """Drop the reminder, if any."""
        self._due.pop((device, key), None)

    def next_due(self) -> float | None:
        """Monotonic time of the next reminder, None without one."""
        while self._heap:
            due, turn, device, key = self._heap[0]
            if self._due.get((device, key)) == (due, turn):
                return due
            heappop(self._heap)  # moved or forgotten meanwhile
        return None

    def has_work(self) -> bool:
        """False: `step` would find nothing now."""
        return not self._inbox.empty() or (bool(self._heap) and self._heap[0][0] <= self._clock.mono())

    def run(self) -> None:
        """Handle what happens until `stop`."""
        while True:
            due = self.next_due()
            wait = None if due is None else max(due - self._clock.mono(), 0.0)
            try:
                first = self._inbox.get(timeout=wait)
            except Empty:
                if ripe := self._reminded():
                    self._handle(ripe)
                continue
            if first is None or not self._drain([first]):
                return

    def step(self) -> bool:
        """Handle one batch of what is there or due now, without waiting; False if there was nothing (or only `stop`).

        Drives the same loop on a clock that stands still, in scenarios.
        """
        try:
            first = self._inbox.get_nowait()
        except Empty:
            ripe = self._reminded()
            if ripe:
                self._handle(ripe)
            return bool(ripe)
        if first is None:
            return False
        self._drain([first])
        return True

    def _drain(self, batch: list[Happening]) -> bool:
        """Handle what is queued behind the first, and what is due; False if there was a stop among it."""
        going = True
        while len(batch) < BATCH:
            try:
                following = self._inbox.get_nowait()
            except Empty:
                break
            if following is None:
                going = False
                break
            batch.append(following)
        self._handle([*batch, *self._reminded()])
        return going

    def _reminded(self) -> list[Happening]:
        ripe: list[Happening] = []
        now = self._clock.mono()
        while (due := self.next_due()) is not None and due <= now:
            _, _, device, key = heappop(self._heap)
            del self._due[device, key]
            ripe.append((device, Reminded(key)))
        return ripe
