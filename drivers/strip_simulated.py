"""A strip sign without hardware. Bench: `look`, `fault` name (`silent`, `unplugged`, `refuses`), `mend`.

Recording: a JSON line in strips/<device>.jsonl for every change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from drivers.clock import HALL_TIME
from drivers.events import PartFailed, PartMended
from drivers.faults import known_fault
from drivers.frames import gb2312
from drivers.protocols import PartMissing, Place, Post

FAULTS: Final = frozenset({"silent", "unplugged", "refuses"})


class SimulatedStrip:
    """A line of text to be looked at, as a sign of so many columns shows it. Implements drivers.protocols.Strip."""

    def __init__(self, post: Post, place: Place, *, columns: int = 16) -> None:
        self._post, self._place, self._columns = post, place, columns
        self._wanted = self._text = self._number = ""
        self._fault = ""
        self._file = place.recordings / "strips" / f"{place.device}.jsonl" if place.recordings else None
        if self._file is not None:
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
            except OSError as fault:
                tried = f"cannot record at {self._file}: {fault.strerror}"
                raise PartMissing(place.part, tried, "Choose another folder for `recordings`") from fault
        if place.bench is not None:
            place.bench.offer(place.device, place.part, self._act)

    def show(self, text: str, number: str) -> None:
        """A sign with a fault goes on showing what it showed."""
        self._wanted, self._number = gb2312(text, self._columns).decode("gb2312"), number
        if not self._fault and self._wanted != self._text:
            self._text = self._wanted
            self._record()

    def close(self) -> None:
        """It goes on showing its last line."""

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        match request.get("do"):
            case "look":
                return {"text": self._text, "number": self._number}
            case "fault":
                self._fault = known_fault("strip", request.get("name"), FAULTS)
                self._post(PartFailed(self._place.part, self._fault, "on the bench"))
                return {}
            case "mend":
                was, self._fault = self._fault, ""
                if was:
                    self._post(PartMended(self._place.part))
                self.show(self._wanted, self._number)
                return {}
        raise ValueError("a strip can `look`, `fault` (name: silent, unplugged, refuses) and `mend`")

    def _record(self) -> None:
        if self._file is None:
            return
        line = {"at": datetime.now(HALL_TIME).isoformat(timespec="milliseconds"), "text": self._text}
        try:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as fault:
            self._post(PartFailed(self._place.part, "recording", f"{self._file}: {fault.strerror}"))
