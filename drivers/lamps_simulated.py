"""Lamps without hardware. Bench: `look`. Recording: a JSON line in lamps/<device>.jsonl for every change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from drivers.clock import HALL_TIME
from drivers.events import PartFailed, PartMended
from drivers.panel import check_levels
from drivers.protocols import PartMissing, Place, Post


class SimulatedLamps:
    """Five lamps to be looked at. Implements drivers.protocols.Lamps."""

    def __init__(self, post: Post, place: Place) -> None:
        self._post, self._place = post, place
        self._lit: frozenset[int] = frozenset()
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
        if levels != self._lit:
            self._lit = levels
            self._record()

    def close(self) -> None:
        """All dark."""
        self.light(frozenset())

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        if request.get("do") != "look":
            raise ValueError("lamps can only be looked at: `look`")
        return {"lit": sorted(self._lit)}

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
