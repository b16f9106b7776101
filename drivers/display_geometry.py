"""Where things are on a screen: a picture turned on its panel, areas, sizes. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.protocols import Area

TURNS = (0, 90, 180, 270)


def screen_of(part: str) -> str:
    """The name by which roles and touches know a screen: the device's part `screen` is its main one."""
    return "main" if part == "screen" else part


@dataclass(frozen=True, slots=True)
class Turn:
    """A picture of `width` x `height` pixels, as people look at it, drawn `degrees` clockwise on its panel."""

    width: int
    height: int
    degrees: int

    def __post_init__(self) -> None:
        if self.degrees not in TURNS:
            raise ValueError(f"a picture is turned by 0, 90, 180 or 270 degrees, not {self.degrees}")

    @property
    def panel(self) -> tuple[int, int]:
        """The panel's own size in pixels."""
        return turned((self.width, self.height), self.degrees)

    def on_panel(self, area: Area) -> Area:
        """Where this part of the picture lies on the panel."""
        right, below = self.width - area.x - area.w, self.height - area.y - area.h
        match self.degrees:
            case 90:
                return Area(below, area.x, area.h, area.w)
            case 180:
                return Area(right, below, area.w, area.h)
            case 270:
                return Area(area.y, right, area.h, area.w)
            case _:
                return area

    def in_picture(self, x: int, y: int) -> tuple[int, int]:
        """The picture's pixel at this pixel of the panel; a finger beyond the edge touches the edge."""
        panel_width, panel_height = self.panel
        x, y = min(max(x, 0), panel_width - 1), min(max(y, 0), panel_height - 1)
        match self.degrees:
            case 90:
                return y, self.height - 1 - x
            case 180:
                return self.width - 1 - x, self.height - 1 - y
            case 270:
                return self.width - 1 - y, x
            case _:
                return x, y


def turned(size: tuple[int, int], degrees: int) -> tuple[int, int]:
    """The size of a picture of this size after it was turned."""
    width, height = size
    return (height, width) if degrees in (90, 270) else (width, height)


def fit(width_mm: int, height_mm: int, within: tuple[int, int]) -> tuple[int, int]:
    """The largest size in pixels of this shape that fits."""
    if width_mm <= 0 or height_mm <= 0:
        raise ValueError(f"a screen is larger than {width_mm} x {height_mm} mm")
    scale = min(within[0] / width_mm, within[1] / height_mm)
    return max(1, int(width_mm * scale)), max(1, int(height_mm * scale))
