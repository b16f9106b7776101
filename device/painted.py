"""A display with our pages on it: a view is laid out, painted where it changed, and its keys can be found again."""

from __future__ import annotations

import logging
from math import hypot
from typing import Final

from drivers.events import PartFailed
from drivers.protocols import Area, Display, Post
from screens.fonts import Fonts
from screens.layout import Picture, hit, layout
from screens.layout import Screen as Glass
from screens.paint import Painter
from screens.theme import Theme
from screens.views import View

# From how far people read it, in metres (R041, EN 301 549 5.1.4): (role, section) -> distance.
DISTANCE: Final = {("board", "screen"): 6.0, ("window", "sign"): 3.0, ("kiosk", "screen"): 0.7}
ON_THE_DESK: Final = 0.6
DIAGONALS: Final = 5.0  # of a board: 6 m for one of 55 inches, 1.3 m for one of 10
WITHIN_REACH: Final = 1.0  # metres: what is read from farther away, nobody touches
SELDOM_SECONDS: Final = 0.25  # then only a lost picture or a closed window is waited for; each look costs 0.15 ms

# What did not come out as meant -> the part and code by which technicians hear of it; the device works on.
FLAWS: Final = {
    "font": ("font", "font-missing"), "glyph": ("glyph", "glyph-missing"), "photo": ("photo", "photo-missing"),
    "logo": ("logo", "logo-missing"), "cut": ("text", "text-cut"), "tall": ("text", "text-cut"),
    "small": ("keys", "keys-small"), "word": ("phrase", "phrase-missing"),
}  # fmt: skip

log = logging.getLogger(__name__)


class Studio:
    """The fonts and the brush of one process; all its screens share them. For the main thread only."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.fonts = Fonts.of(theme)
        self.painter = Painter(theme, self.fonts)


class PaintedScreen:
    """Implements device.seat.Screen. mm: the real size of the glass. distance_m: from where it is read."""

    def __init__(
        self,
        display: Display,
        mm: tuple[int, int],
        role: str,
        section: str,
        studio: Studio,
        distance_m: float | None = None,
        post: Post | None = None,
    ) -> None:
        self._display = display
        self._post = post
        usual = DISTANCE.get((role, section), ON_THE_DESK)
        self._seldom = usual > WITHIN_REACH
        if role == "board":  # a small one hangs where people pass close by
            usual = min(usual, hypot(*mm) / 1000 * DIAGONALS)
        self._glass = Glass(*display.size, *mm, distance_m or usual)
        self._studio = studio
        self._picture: Picture | None = None
        self._flawed: set[str] = set()

    @property
    def pump_seconds(self) -> float | None:
        often = self._display.pump_seconds
        return max(often, SELDOM_SECONDS) if often is not None and self._seldom else often

    def show(self, view: View) -> None:
        picture = layout(view, self._glass, self._studio.fonts)
        if picture == self._picture:
            return
        changed = self._studio.painter.paint(self._display.canvas(), picture, self._picture)
        self._picture = picture
        targets = {key: Area(*area) for key, area in picture.targets.items()}
        self._display.flip(picture.name, [Area(*area) for area in changed], targets)
        self._note(picture)

    def key_at(self, x: int, y: int) -> str | None:
        return hit(self._picture, x, y) if self._picture else None

    def pump(self) -> None:
        self._display.pump()

    def close(self) -> None:
        self._display.close()

    def _note(self, picture: Picture) -> None:
        """Once a page and kind, as something this device lacks; its text may be somebody's name and stays out of it."""
        kinds = [flaw.partition(":")[0] for flaw in picture.flaws]
        for kind in dict.fromkeys([*kinds, *self._studio.painter.lacking()]):
            where = f"{picture.name}: {kind}"
            if where not in self._flawed:
                self._flawed.add(where)
                log.warning("a page did not come out as meant: %s", where)
                if self._post:
                    self._post(PartFailed(*FLAWS[kind], where))
