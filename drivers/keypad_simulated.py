"""A keypad without hardware.

Bench: `type` keys, a list of names (`["7", "enter"]`) or a text key by key; `fault` name: unplugged, silent (on a
serial line); `mend`; `look`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from drivers.events import KeyPressed, Mender, PartFailed, PartMended
from drivers.faults import known_fault
from drivers.keypad_keys import KEYS
from drivers.protocols import Place, Post

FAULTS: Final = ("unplugged", "silent")


class SimulatedKeypad:
    """Keys under the bench's fingers. Implements drivers.protocols.Keypad."""

    def __init__(self, post: Post, place: Place) -> None:
        self._post, self._part = post, place.part
        self._fault = ""
        if place.bench is not None:
            place.bench.offer(place.device, place.part, self._act)

    def close(self) -> None:
        """Nothing runs, nothing is held."""

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        match request:
            case {"do": "type", "keys": str() | list() as keys}:
                self._type(keys)
            case {"do": "fault"}:
                self._tell(known_fault("keypad", request.get("name"), FAULTS))
            case {"do": "mend"}:
                self._tell("")
            case {"do": "look"}:
                pass
            case _:
                mine = "`type` (keys: a list of names, or a text), `fault` (name), `mend` and `look`"
                raise ValueError(f"a keypad understands {mine}")
        return {"faults": [self._fault]} if self._fault else {}

    def _type(self, keys: str | list[object]) -> None:
        strange = [key for key in keys if not isinstance(key, str) or key not in KEYS]
        if strange:
            raise ValueError(f"a keypad has no key {', '.join(map(repr, strange))}")
        if self._fault:
            raise ValueError(f"the keypad is {self._fault}; mend it first")
        for key in keys:
            self._post(KeyPressed(str(key)))

    def _tell(self, code: str) -> None:
        before, self._fault = self._fault, code
        if code != before:
            mender: Mender = "staff" if code == "unplugged" else "technician"
            failed = PartFailed(self._part, code, "simulated", mender)
            self._post(failed if code else PartMended(self._part))
