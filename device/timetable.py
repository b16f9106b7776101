"""Which of the loops on a table have something to do, and when the next one has: known without asking each of them."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from itertools import count

from device.effects import Event
from device.loop import Handle, Loop
from drivers.protocols import WallClock


class Timetable:
    """The reminders of all loops in one heap. A reminder that was moved or forgotten stays in it until its time."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, TableLoop]] = []
        self._order = count()

    def note(self, due: float, loop: TableLoop) -> None:
        """The loop will have something to do then."""
        heappush(self._heap, (due, next(self._order), loop))

    def forget(self, loop: TableLoop) -> None:
        """The loop will never turn again."""
        self._heap = [entry for entry in self._heap if entry[2] is not loop]
        heapify(self._heap)

    def next_due(self) -> float | None:
        """Monotonic time of the next reminder of any loop, None without one."""
        while self._heap:
            due, _, loop = self._heap[0]
            if loop.next_due() == due:
                return due
            heappop(self._heap)
        return None

    def wake(self, now: float) -> None:
        """Wake every loop that has a reminder due by now."""
        while self._heap and self._heap[0][0] <= now:
            heappop(self._heap)[2].awake = True


class TableLoop(Loop):
    """A loop that tells the timetable when it will have something to do.

    awake: `step` may find something now. Otherwise it would not, until something is posted or the timetable wakes it.
    """

    def __init__(self, clock: WallClock, handle: Handle, timetable: Timetable) -> None:
        super().__init__(clock, handle)
        self._timetable = timetable
        self.awake = False

    def post(self, device: str, event: Event) -> None:
        self.awake = True
        super().post(device, event)

    def remind(self, device: str, key: str, seconds: float) -> float:
        due = super().remind(device, key, seconds)
        self._timetable.note(due, self)
        return due

    def step(self) -> bool:
        stepped = super().step()
        self.awake = self.has_work()
        return stepped
