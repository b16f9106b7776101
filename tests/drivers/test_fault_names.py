"""Whatever fault a real driver can tell, its twin's bench can make by name, and what then is told has a mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Any

import pytest

from device.verdict import MENDS
from drivers import debounce
from drivers.events import HardwareEvent, PartFailed, PrinterReport
from drivers.protocols import Area, Place, Spoken, Utterance
from drivers.registry import make
from tests.drivers.printer.rigs import FAST
from tests.drivers.told_faults import told

NAMES = {
    "printer": (
        "paper-out", "paper-low", "cover-open", "cutter", "broken", "overheated", "offline", "silent", "unplugged",
    ),
    "screen": ("lost",),
    "buttons": ("stuck", "short", "loose", "unreadable", "unplugged", "silent", "busy"),
    "lamps": ("unplugged", "silent", "busy"),
    "keypad": ("unplugged", "silent"),
    "scanner": ("unplugged", "garbage", "babbling"),
    "speaker": (
        "missing", "busy", "lost", "no-voice", "no-language", "language-silent", "voice-failed",
        "clip-damaged",
    ),
    "strip": ("unplugged", "silent", "refuses"),
    "supply": ("undervoltage", "unreadable"),
}  # fmt: skip
OPTIONS: dict[str, dict[str, Any]] = {
    "printer": {"pace": FAST},
    "screen": {"width_mm": 100, "height_mm": 60, "width": 160, "height": 120},
}
WHICH: dict[str, dict[str, object]] = {"stuck": {"level": 4}, "loose": {"level": 4}, "short": {"levels": [4, 3]}}


class Twin:
    """A simulated part, its bench, and what it told."""

    def __init__(self, part: str, name: str) -> None:
        self.part = part
        self._heard: SimpleQueue[HardwareEvent] = SimpleQueue()
        place = Place("desk-1", part, self)
        options = {"stuck_seconds": 0.05} if name == "stuck" else OPTIONS.get(part, {})
        self.made = make(part, "simulated", self._heard.put, place, **options)

    def offer(self, device: str, part: str, act: Callable[[Mapping[str, object]], Mapping[str, object]]) -> None:
        self._act = act

    def do(self, do: str, **what: object) -> None:
        self._act({"device": "desk-1", "part": self.part, "do": do, **what})

    def code(self, name: str) -> str:
        """The first code told that is not another's, without the levels a button's fault names."""
        while True:
            event = self._heard.get(timeout=5)
            match event:
                case PartFailed(code=code):
                    return code.rstrip("-12345")
                case PrinterReport() if event.conditions & {name}:
                    return name

    def use(self, name: str) -> None:
        """What somebody does with a part so that a fault shows which only shows then."""
        made: Any = self.made
        match self.part, name:
            case "lamps", _:
                made.light(frozenset({5}))
            case "screen", _:
                made.flip("Page", [], {"key": Area(0, 0, 1, 1)})
            case "scanner", "garbage":
                for code in ("1", "2", "3"):
                    self.do("scan", text=code)
            case "buttons", "short":
                for _ in range(debounce.SHORT_TIMES):
                    self.do("press", level=4)
                    self.do("press", level=1)  # meanwhile the others come to rest
            case "speaker", "clip-damaged":
                until = datetime.now(UTC) + timedelta(minutes=1)
                made.say(Utterance("1", (Spoken("zh", "请"),), until=until))


def codes_of(part: str) -> set[str]:
    """All that its bench can make it tell."""
    found = set()
    for name in NAMES[part]:
        twin = Twin(part, name)
        try:
            if name == "busy" and part in ("buttons", "lamps"):
                twin.do("fault", name="unplugged")
                twin.use("unplugged")
                assert twin.code("unplugged") == "unplugged"
            twin.do("fault", name=name, **WHICH.get(name, {}))
            if name == "busy" and part in ("buttons", "lamps"):
                twin.do("mend", name="unplugged")
            twin.use(name)
            found.add(twin.code(name))
        except Empty:
            pytest.fail(f"{part}: {name} was made, and nothing was told")
        finally:
            made: Any = twin.made
            made.close()
    return found


@pytest.mark.parametrize("part", NAMES)
def test_every_fault_of_a_real_driver_can_be_made_by_name(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debounce, "LOOSE_SECONDS", 0.05)
    real = told(part)
    assert real, "the source tells of no fault at all"
    assert real <= codes_of(part)


@pytest.mark.parametrize("part", NAMES)
def test_every_fault_that_can_be_told_has_a_mend(part: str) -> None:
    named = {code if code in MENDS else f"{code}-" for code in told(part)}
    assert named <= set(MENDS)


def test_the_faults_are_read_from_the_source() -> None:
    assert {"unplugged", "unreadable", "busy", "silent", "stuck"} <= told("buttons")
    assert {"card-missing", "card-busy", "card-lost", "voice-missing", "clip-damaged"} <= told("speaker")
    assert {"paper-out", "cutter", "offline"} <= told("printer")
