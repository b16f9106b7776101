"""From one device's config to its parts, running. Nothing falls back: a part that is not there ends the start."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from config.parts import Paper as AnyPaper
from config.parts import Part, Screen
from config.schema import Device, Station
from device.seat import Closeable, Paper, Parts
from device.seat import Screen as SeenScreen
from drivers.bus import Buses
from drivers.protocols import Bench, PartMissing, Place, Post
from drivers.registry import make

if TYPE_CHECKING:
    from device.painted import Studio
    from device.strip import StripScreen

Opened = Callable[[Callable[[], None]], object]  # is told how to close each part as soon as it is open
SCREENS: Final = {"screen": "main", "sign": "sign"}  # section -> the name `Show` uses
STRIPS: Final = {"board": "main", "window": "sign"}  # role -> whose page a strip sign says in one line


class Workshop:
    """Makes the parts of a station's devices. bench, recordings: for simulated ones."""

    def __init__(self, bench: Bench | None, recordings: Path | None, opened: Opened, theme: Path | None = None) -> None:
        self._bench = bench
        self._recordings = recordings
        self._opened = opened
        self._theme = theme
        self._buses = Buses()

    @cached_property
    def studio(self) -> Studio:
        """Made when the first screen is: a device without one never loads a graphics library."""
        from device.painted import Studio
        from screens.theme import ThemeFault, load_theme

        try:
            return Studio(load_theme(self._theme))
        except (ThemeFault, OSError) as wrong:
            raise PartMissing("theme", str(wrong), "Mend the hall's theme file, or leave it out") from wrong

    @property
    def theme_hash(self) -> str:
        """Of the look its screens have, as a device reports it."""
        return self.studio.theme.hash

    def parts(self, device: Device, post: Post) -> Parts:
        """All parts of a device. Raises PartMissing with what was tried and who mends it."""
        screens: dict[str, SeenScreen] = {}
        hands: list[Closeable] = []
        parts = Parts(screens)
        for section, wanted in device.parts().items():
            part = self._make(device.name, section, wanted, post)
            match section, wanted:
                case _, Screen():
                    screens[SCREENS[section]] = self._screen(part, post, wanted, device.role, section)
                case "strip", _:
                    from device.strip import StripScreen

                    self._beside(screens, STRIPS[device.role], StripScreen(part))
                case _, AnyPaper():
                    from device.press import paper_for, roll_for

                    parts.paper = Paper(part, paper_for(wanted), roll_for(wanted))
                case "speaker", _:
                    parts.speaker = part
                case "lamps", _:
                    parts.lamps = part
                case _:
                    hands.append(part)
        parts.hands = tuple(hands)
        return parts

    def screens(self, device: Device, post: Post) -> dict[str, SeenScreen]:
        """A device's screens alone, for a page that says why there is nothing else."""
        return {
            SCREENS[section]: self._screen(
                self._make(device.name, section, wanted, post), post, wanted, device.role, section
            )
            for section, wanted in device.parts().items()
            if isinstance(wanted, Screen)
        }

    def _make(self, device: str, section: str, wanted: Part, post: Post) -> Any:
        place = Place(device, section, self._bench, self._recordings, self._buses)
        kind = "screen" if section in SCREENS else section
        try:
            part: Any = make(kind, wanted.driver, post, place, **wanted.options())
        except ImportError as error:
            tried = f"the {wanted.driver} driver needs the Python package {error.name}"
            raise PartMissing(section, tried, "Install it, or choose another driver") from error
        self._opened(part.close)
        return part

    @staticmethod
    def _beside(screens: dict[str, SeenScreen], name: str, strip: StripScreen) -> None:
        """The sign shows what the screen of this name does, or is that screen where there is none."""
        from device.strip import Together

        screens[name] = Together(screens[name], strip) if name in screens else strip

    def _screen(self, part: Any, post: Post, wanted: Screen, role: str, section: str) -> SeenScreen:
        from device.painted import PaintedScreen

        mm = wanted.width_mm, wanted.height_mm
        return PaintedScreen(part, mm, role, section, self.studio, wanted.distance_m, post)


def bench_of(config: Station, opened: Opened) -> Bench | None:
    """The bench at which the station's simulated parts are worked, if its config has one."""
    if config.bench is None:
        return None
    from drivers.bench import SocketBench

    bench = SocketBench(config.bench)
    opened(bench.close)
    return bench
