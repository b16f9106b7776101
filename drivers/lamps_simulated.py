"""Lamps without hardware. Recording: a JSON line in lamps/<device>.jsonl for every change.

Bench: `look`; `fault` name: `busy` (another program has a line: seen when lines are taken), `unplugged` (their chip
is gone) and `silent` (a panel on a serial line is), which are seen when lamps are to change; `mend`, all
of it or one by name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from threading import Lock

from drivers.clock import HALL_TIME
from drivers.events import PartFailed, PartMended
from drivers.lines_simulated import FAULTS, SimulatedLines
from drivers.panel import check_levels
from drivers.protocols import PartMissing, Place, Post


class SimulatedLamps:
    """Five lamps to be looked at. Implements drivers.protocols.Lamps."""

    def __init__(self, post: Post, place: Place) -> None:
        self._post, self._place = post, place
        self._lines = SimulatedLines(post, place)
        self._wanted: frozenset[int] = frozenset()
        self._lit: frozenset[int] = frozenset()
        self._hands = Lock()  # the main thread lights, the bench's thread breaks and mends
        self._file = place.recordings / "lamps" / f"{place.device}.jsonl" if place.recordings else None
        self._failed = False
        if self._file is not None:
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._file.touch()
            except OSError as fault:
                tried = f"cannot record at {self._file}: {fault.strerror}"
                raise PartMissing(place.part, tried, "Choose another folder for `recordings`") from fault
        if place.bench is not None:
            place.bench.offer(place.device, place.part, self._act)

    def light(self, levels: frozenset[int]) -> None:
        """Exactly these are lit. ValueError for a level there is not."""
        check_levels(levels)
        with self._hands:
            self._wanted = levels
            self._lines.lose()
            self._show()

    def close(self) -> None:
        """All dark."""
        with self._hands:
            self._wanted = frozenset()
            self._show()

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        with self._hands:
            match request:
                case {"do": "look"}:
                    return {"lit": sorted(self._lit)}
                case {"do": "fault"}:
                    self._lines.fault(request.get("name"))
                    if self._lines.away:
                        self._lit = frozenset()
                    return {}
                case {"do": "mend"}:
                    self._lines.mend(str(request.get("name", "")))
                    if self._lines.again():
                        self._show()
                    return {}
        raise ValueError(f"lamps can `look`, `fault` (name: {', '.join(FAULTS)}) and `mend`")

    def _show(self) -> None:
        if not self._lines.lost and self._wanted != self._lit:
            self._lit = self._wanted
            self._record()

    def _record(self) -> None:
        if self._file is None:
            return
        line = {"at": datetime.now(HALL_TIME).isoformat(timespec="milliseconds"), "lit": sorted(self._lit)}
        try:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
        except OSError as fault:
            if not self._failed:
                self._post(PartFailed(self._place.part, "recording", f"{self._file}: {fault.strerror}"))
            self._failed = True
        else:
            if self._failed:
                self._post(PartMended(self._place.part))
            self._failed = False
