"""Which of the loops on a table have something to do, and when the next one has: known without asking each of them."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from itertools import count

from device.effects import Event
from device.loop import Handle, Loop
from drivers.protocols import WallClock


class Timetable:
    """The reminders of all loops in one heap. A reminder that was moved or forgotten stays in it until its time.

    awake: whose `step` may find something, by their place in the order in which they were made. All others' would not,
    until something is posted to them or they are woken.
    """

    def __init__(self) -> None:
        self.awake: dict[int, TableLoop] = {}
        self._heap: list[tuple[float, int, TableLoop]] = []
        self._order = count()

    def place(self) -> int:
        """The next loop's in the order."""
        return next(self._order)

    def note(self, due: float, loop: TableLoop) -> None:
        """The loop will have something to do then."""
        heappush(self._heap, (due, next(self._order), loop))

    def forget(self, loop: TableLoop) -> None:
        """The loop will never turn again, whatever is still posted to it."""
        loop.over = True
        self.awake.pop(loop.place, None)
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

    def turn(self, now: float) -> bool:
        """One step of everybody who has something to do; False if nobody had."""
        while self._heap and self._heap[0][0] <= now:
            loop = heappop(self._heap)[2]
            self.awake[loop.place] = loop
        busy = False
        for place in sorted(self.awake):
            busy |= self.awake[place].step()
        return busy


class TableLoop(Loop):
    """A loop that tells the timetable when it has something to do."""

    def __init__(self, clock: WallClock, handle: Handle, timetable: Timetable) -> None:
        super().__init__(clock, handle)
        self._timetable = timetable
        self.place = timetable.place()
        self.over = False

    def post(self, device: str, event: Event) -> None:
        if not self.over:
            self._timetable.awake[self.place] = self
        super().post(device, event)

    def remind(self, device: str, key: str, seconds: float) -> float:
        due = super().remind(device, key, seconds)
        self._timetable.note(due, self)
        return due

    def step(self) -> bool:
        stepped = super().step()
        if not self.has_work():
            self._timetable.awake.pop(self.place, None)
        return stepped
