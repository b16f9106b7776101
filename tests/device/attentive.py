"""A person who does as the self test says, at once, and what came of it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from device.selftest import selftest
from drivers.bench import ask_bench

LEVEL = re.compile(r"press the button .*: (\d)")
SQUARE = re.compile(r"touch the square (\S+)")


class Person(io.StringIO):
    """Does what is said, at once. hands: says -> does instead; None: does nothing."""

    def __init__(self, bench: Path, hands: Callable[[str], dict[str, Any] | None] | None = None) -> None:
        super().__init__()
        self._bench = bench
        self._hands = hands or self.obeys

    def write(self, text: str) -> int:
        if asked := self._hands(text):
            answer = ask_bench(self._bench, asked, 5.0)
            assert answer["ok"], answer
        return super().write(text)

    def obeys(self, text: str) -> dict[str, Any] | None:
        """What an attentive person does when they are told this."""
        device = text.partition(":")[0]
        if LEVEL.search(text):  # the lit one, wherever the text says it is
            (lit,) = ask_bench(self._bench, {"device": device, "part": "lamps", "do": "look"}, 5.0)["lit"]
            return {"device": device, "part": "buttons", "do": "press", "level": lit}
        if found := SQUARE.search(text):
            return {"device": device, "part": "screen", "do": "tap", "key": found[1]}
        if "before the scanner" in text:
            return {"device": device, "part": "scanner", "do": "scan", "text": "6901234567892"}
        if "press Enter" in text:
            return {"device": device, "part": "keypad", "do": "type", "keys": ["enter"]}
        return None


def tried(path: Path, person: Person, **wishes: Any) -> tuple[int, dict[tuple[str, str], dict[str, str]]]:
    """(exit status, (device, part) -> row)."""
    out = io.StringIO()
    code = selftest(path, out, json=True, say=person, **({"seconds": 5.0} | wishes))
    return code, {(row["device"], row["part"]): row for row in json.loads(out.getvalue())["parts"]}
