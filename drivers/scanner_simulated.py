"""A scanner without hardware: what is held before it goes the same way as a real one's bytes.

Bench: `scan` text; `fault` name: unplugged, garbage (its speed is wrong), babbling (its trigger is
stuck); `mend`; `look`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from drivers.events import PartFailed, PartMended
from drivers.faults import known_fault
from drivers.protocols import Place, Post
from drivers.scanner_ear import SerialEar
from drivers.scanner_text import BURST

FAULTS: Final = ("babbling", "garbage", "unplugged")
MORE: Final = BURST + 1  # codes at once than anybody can hold up


class SimulatedScanner:
    """Implements drivers.protocols.Scanner."""

    def __init__(self, post: Post, place: Place) -> None:
        self._post, self._place = post, place
        self._faults: set[str] = set()
        self._count = 0
        self._ear = SerialEar(post, place.part, "return")
        if place.bench is not None:
            place.bench.offer(place.device, place.part, self._act)

    def close(self) -> None:
        """Nothing runs, nothing is held."""

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        match request:
            case {"do": "scan", "text": str(text)} if text:
                self._scan(text)
                return {}
            case {"do": "fault"}:
                self._fault(known_fault("scanner", request.get("name"), FAULTS))
                return self._look()
            case {"do": "mend"}:
                self._mend()
                return self._look()
            case {"do": "look"}:
                return self._look()
        raise ValueError("a scanner understands `scan` (text), `fault` (name), `mend` and `look`")

    def _scan(self, text: str) -> None:
        if "unplugged" in self._faults:
            raise ValueError("the scanner is unplugged; mend it first")
        self._count += 1
        data = text.encode()
        # Sampled at the wrong speed every character comes as others, most of them no characters at all.
        self._ear.hear((bytes(byte | 0x80 for byte in data) + b"\xff" if "garbage" in self._faults else data) + b"\r")

    def _fault(self, name: str) -> None:
        if name == "unplugged" and name not in self._faults:
            self._post(PartFailed(self._place.part, "unplugged", "simulated", mender="staff"))
        if name == "babbling":
            self._ear.hear(b"".join(b"%d\r" % code for code in range(MORE)))
        self._faults.add(name)

    def _mend(self) -> None:
        if self._faults & {"unplugged", "babbling"}:
            self._ear = SerialEar(self._post, self._place.part, "return")
            self._post(PartMended(self._place.part))
        self._faults.clear()

    def _look(self) -> Mapping[str, object]:
        """How many codes were held before it; which ones is nobody's business."""
        return {"faults": sorted(self._faults), "scans": self._count}
