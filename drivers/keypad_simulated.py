"""A keypad without hardware. Bench: `type` keys, a list of names (`["7", "enter"]`) or a text key by key."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.events import KeyPressed
from drivers.keypad_keys import KEYS
from drivers.protocols import Place, Post


class SimulatedKeypad:
    """Keys under the bench's fingers. Implements drivers.protocols.Keypad."""

    def __init__(self, post: Post, place: Place) -> None:
        self._post = post
        if place.bench is not None:
            place.bench.offer(place.device, place.part, self._act)

    def close(self) -> None:
        """Nothing runs, nothing is held."""

    def _act(self, request: Mapping[str, object]) -> Mapping[str, object]:
        match request:
            case {"do": "type", "keys": str() | list() as keys}:
                strange = [key for key in keys if not isinstance(key, str) or key not in KEYS]
                if strange:
                    raise ValueError(f"a keypad has no key {', '.join(map(repr, strange))}")
                for key in keys:
                    self._post(KeyPressed(key))
                return {}
        raise ValueError("a keypad understands `type` (keys: a list of names, or a text)")
