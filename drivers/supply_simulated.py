"""A supply without hardware: the bench lets its voltage drop.

Bench: `fault` name: undervoltage, unreadable; `mend`; `look`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from drivers.events import PartFailed, PartMended
from drivers.faults import known_fault
from drivers.protocols import Place, Post

FAULTS: Final = ("undervoltage", "unreadable")


class SimulatedSupply:
    """Implements drivers.protocols.Supply."""

    def __init__(self, post: Post, place: Place, *, watts: int = 10) -> None:
        self._post, self._part, self.watts = post, place.part, watts
        self._fault = ""
        if place.bench is not None:
            place.bench.offer(place.device, place.part, self._act)

    def close(self) -> None:
        """Nothing runs, nothing is held."""

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        match request:
            case {"do": "fault"}:
                name = known_fault("supply", request.get("name"), FAULTS)
                if name != self._fault:
                    self._post(PartFailed(self._part, name, "simulated"))
                self._fault = name
            case {"do": "mend"}:
                if self._fault:
                    self._post(PartMended(self._part))
                self._fault = ""
            case {"do": "look"}:
                pass
            case _:
                raise ValueError("a supply understands `fault` (name), `mend` and `look`")
        return {"fault": self._fault, "watts": self.watts}
