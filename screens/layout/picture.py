"""A page as pixels without a graphics library: rectangles, one-line texts and named figures, in painting order.

Colours are roles of the theme ("ink", "page"), never values. `on` names the role behind a text, so that contrast can
be computed from the picture alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import pi
from typing import Final, Literal, Protocol

Align = Literal["left", "center", "right"]
Way = Literal["ltr", "rtl", "down"]  # how a page reads; down: lines from the top, the first one on the left
OTHER_END: Final[Mapping[Align, Align]] = {"left": "right", "center": "center", "right": "left"}
Area = tuple[int, int, int, int]  # x, y, width, height in pixels

CAP = 0.733  # height of a Latin capital or digit as a part of the type size; Noto Sans SC, OS/2 table
ARC_MINUTE = pi / 180 / 60


@dataclass(frozen=True, slots=True)
class Screen:
    """A real screen: pixels, millimetres, and the distance in metres from which it is to be read.

    large: how many times larger than usual somebody wishes the print. way: how the page reads that is laid out on it.
    """

    width_px: int
    height_px: int
    width_mm: float
    height_mm: float
    distance_m: float = 0.7
    large: float = 1.0
    way: Way = "ltr"

    def px(self, mm: float) -> int:
        """So many millimetres in pixels, both ways and rounded up, so that a key of 20 mm is never 19.9."""
        dense = max(self.width_px / self.width_mm, self.height_px / self.height_mm)
        return int(mm * dense + 0.999)

    def mm(self, w: int, h: int) -> tuple[float, float]:
        """So many pixels across and down in millimetres; pixels need not be square."""
        return w * self.width_mm / self.width_px, h * self.height_mm / self.height_px

    def type_of_cap(self, mm: float) -> int:
        """Type size in pixels whose capitals are `mm` tall."""
        return self.px(mm / CAP)

    def type_of_arc(self, minutes: float) -> int:
        """Type size in pixels whose capitals fill so many arc minutes at the reading distance (16 least, 20 good)."""
        return self.type_of_cap(self.distance_m * 1000 * minutes * ARC_MINUTE)


class Ruler(Protocol):
    """Measures text in the fonts that will draw it."""

    def width(self, text: str, size: int, bold: bool) -> int:
        """Pixels from the first ink to the end of the last advance."""
        ...

    def lacks(self, text: str) -> str:
        """The characters of `text` that no font can draw; "" when all is well."""
        ...


@dataclass(frozen=True, slots=True)
class Panel:
    """A filled rectangle. radius: of its corners. edge: role of its border, `edge_px` wide and inside; "" for none."""

    x: int
    y: int
    w: int
    h: int
    colour: str
    radius: int = 0
    edge: str = ""
    edge_px: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """One line. The capitals' middle lies on the rectangle's middle; the ink stays inside the rectangle.

    size: type size (em) in pixels. main: this is what the page is for, and its contrast is 7 or more. down: the line
    runs down the rectangle; left is then its upper end.
    """

    x: int
    y: int
    w: int
    h: int
    text: str
    size: int
    colour: str
    on: str
    align: Align = "left"
    bold: bool = False
    main: bool = False
    down: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn shape by name (see `figures.py`), as large as fits in the rectangle. text: a photo's file name."""

    x: int
    y: int
    w: int
    h: int
    name: str
    colour: str
    on: str
    text: str = ""


Box = Panel | Text | Figure


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole page. targets: what a finger can press. flaws: what did not come out as meant, for the technician.

    name: for recordings ("kiosk-home"). flaws are short: `cut: <text>`, `glyph: <characters>`, `word: <key>`,
    `small: <target>` (a key below 20 mm), `tall: <text>` (does not fit its height), `font: <language>` (its font is not
    on this device), one each. again: this very page is shown again and again, so its pixels are worth keeping.
    """

    name: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    targets: Mapping[str, Area] = field(default_factory=dict)
    flaws: tuple[str, ...] = ()
    again: bool = field(default=False, compare=False)


def hit(picture: Picture, x: int, y: int) -> str | None:
    """The key under the pixel, or None. Keys never overlap."""
    for key, (left, top, w, h) in picture.targets.items():
        if left <= x < left + w and top <= y < top + h:
            return key
    return None
