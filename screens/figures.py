"""The shapes that stand beside words, as strokes on a square of 100 x 100: no picture files, sharp at any size.

A stroke is a tuple: what, where, and in which of three colours: `fore` (the figure's own), `back` (what is behind it,
for what is cut out) or `dark` (the theme's ink on the five faces).
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, radians, sin
from typing import Literal

Ink = Literal["fore", "back", "dark"]
Point = tuple[float, float]
Disc = tuple[Literal["disc"], Point, float, Ink]  # centre, radius
Poly = tuple[Literal["poly"], tuple[Point, ...], Ink]
Line = tuple[Literal["line"], tuple[Point, ...], float, Ink]  # round ends and joints; width
Stroke = Disc | Poly | Line


def disc(x: float, y: float, r: float, ink: Ink = "fore") -> Stroke:
    return "disc", (x, y), r, ink


def poly(*points: Point, ink: Ink = "fore") -> Stroke:
    return "poly", points, ink


def line(*points: Point, width: float = 8, ink: Ink = "fore") -> Stroke:
    return "line", points, width, ink


def arc(x: float, y: float, rx: float, ry: float, a: float, b: float, width: float = 8, ink: Ink = "fore") -> Stroke:
    """Part of an ellipse from angle a to b in degrees, clockwise from the right, as the screen's y goes down."""
    steps = 24
    angles = [radians(a + (b - a) * i / steps) for i in range(steps + 1)]
    return line(*((x + rx * cos(t), y + ry * sin(t)) for t in angles), width=width, ink=ink)


def box(x: float, y: float, w: float, h: float, ink: Ink = "fore", round_by: float = 6) -> tuple[Stroke, ...]:
    """A rectangle with round corners."""
    r = min(round_by, w / 2, h / 2)
    inner = ((x + r, y + r), (x + w - r, y + r), (x + w - r, y + h - r), (x + r, y + h - r))
    return line(*inner, inner[0], width=2 * r, ink=ink), poly(*inner, ink=ink)


def _star(ink: Ink) -> Stroke:
    spokes = [(50 if i % 2 == 0 else 20, pi * i / 5 - pi / 2) for i in range(10)]
    return poly(*((50 + r * cos(a), 53 + r * sin(a)) for r, a in spokes), ink=ink)


def _face(mouth: tuple[Stroke, ...], *more: Stroke) -> tuple[Stroke, ...]:
    eyes = (disc(33, 40, 6.5, "dark"), disc(67, 40, 6.5, "dark"))
    return (disc(50, 50, 50), *eyes, *mouth, *more)


_BEAMING = (
    poly(*((50 + 28 * cos(radians(t)), 57 + 27 * sin(radians(t))) for t in range(0, 181, 6)), ink="dark"),
    line((22, 57), (78, 57), width=3, ink="dark"),
)

FIGURES: dict[str, tuple[Stroke, ...]] = {
    # the five levels: the mouth tells them apart without any colour, the best and the worst also by their eyes
    "level-5": (
        disc(50, 50, 50), arc(33, 42, 9, 9, 190, 350, 6, "dark"), arc(67, 42, 9, 9, 190, 350, 6, "dark"), *_BEAMING,
    ),
    "level-4": _face((arc(50, 54, 25, 20, 15, 165, 6.5, "dark"),)),
    "level-3": _face((line((30, 69), (70, 69), width=6.5, ink="dark"),)),
    "level-2": _face((arc(50, 82, 23, 17, 200, 340, 6.5, "dark"),)),
    "level-1": _face(
        (arc(50, 84, 25, 22, 197, 343, 6.5, "dark"),),
        line((22, 24), (40, 31), width=5.5, ink="dark"), line((78, 24), (60, 31), width=5.5, ink="dark"),
    ),
    # people and places
    "person": (
        disc(50, 32, 21), poly(*((50 + 40 * cos(radians(t)), 100 + 42 * sin(radians(t))) for t in range(180, 361, 6))),
    ),
    "people": (
        disc(36, 34, 16), poly(*((36 + 30 * cos(radians(t)), 86 + 34 * sin(radians(t))) for t in range(180, 361, 6))),
        arc(70, 37, 11, 11, -110, 120, 7), arc(70, 86, 22, 28, 285, 360, 7), line((78, 86), (92, 86), width=7),
    ),
    "pin": (
        disc(50, 38, 33), poly((19, 49), (81, 49), (50, 100)), disc(50, 38, 14, "back"),
    ),
    "clock": (
        disc(50, 50, 46), disc(50, 50, 37, "back"), line((50, 27), (50, 52), (67, 60), width=8),
    ),
    "help": (
        disc(50, 50, 50), arc(50, 37, 16, 16, 180, 395, 9, "back"),
        line((62.5, 47), (50, 56), (50, 64), width=9, ink="back"),
        disc(50, 80, 6, "back"),
    ),
    "emblem": (
        poly((50, 6), (96, 34), (96, 42), (4, 42), (4, 34)), *box(12, 48, 12, 30, round_by=1),
        *box(34, 48, 12, 30, round_by=1),
        *box(54, 48, 12, 30, round_by=1), *box(76, 48, 12, 30, round_by=1), *box(4, 83, 92, 11, round_by=1),
        disc(50, 27, 7, "back"),
    ),
    # things
    "ticket": (
        *box(22, 6, 56, 88, round_by=5), disc(22, 64, 7, "back"), disc(78, 64, 7, "back"),
        line((36, 24), (64, 24), width=8, ink="back"), line((36, 42), (64, 42), width=8, ink="back"),
        line((38, 80), (62, 80), width=6, ink="back"),
    ),
    "ticket-out": (
        *box(6, 8, 88, 24, round_by=6), line((20, 22), (80, 22), width=6, ink="back"),
        poly((26, 22), (74, 22), (74, 72), (26, 72), ink="back"), poly((30, 22), (70, 22), (70, 68), (30, 68)),
        line((40, 36), (60, 36), width=6, ink="back"), line((40, 52), (60, 52), width=6, ink="back"),
        poly((32, 78), (68, 78), (50, 98)),
    ),
    "no-paper": (
        *box(22, 6, 56, 88, round_by=5), line((36, 24), (64, 24), width=8, ink="back"),
        line((36, 42), (64, 42), width=8, ink="back"), line((8, 92), (92, 8), width=18, ink="back"),
        line((8, 92), (92, 8), width=8),
    ),
    "phone": (
        *box(27, 3, 46, 94, round_by=9), *box(33, 13, 34, 68, "back", 2), disc(50, 89, 4, "back"),
    ),
    "tool": (
        arc(30, 28, 17, 17, -20, 250, 11), line((42, 42), (88, 90), width=14),
    ),
    "briefcase": (
        *box(6, 32, 88, 58, round_by=7), arc(50, 32, 17, 18, 180, 360, 8), line((6, 58), (94, 58), width=5, ink="back"),
        *box(43, 51, 14, 14, "back", 3),
    ),
    "megaphone": (
        poly((18, 40), (44, 40), (82, 16), (82, 84), (44, 60), (18, 60)), line((18, 40), (18, 60), width=10),
        line((32, 62), (38, 86), width=12), arc(82, 50, 12, 12, -60, 60, 6),
    ),
    "form": (
        *box(16, 4, 68, 92, round_by=6), line((30, 26), (70, 26), width=7, ink="back"),
        line((30, 44), (70, 44), width=7, ink="back"),
        line((30, 62), (52, 62), width=7, ink="back"), line((54, 82), (60, 87), (74, 70), width=7, ink="back"),
    ),
    "muted": (
        poly((8, 36), (28, 36), (54, 12), (54, 88), (28, 64), (8, 64)),
        line((68, 36), (94, 64), width=8), line((94, 36), (68, 64), width=8),
    ),
    "delete": (
        poly((2, 50), (30, 16), (96, 16), (96, 84), (30, 84)), line((48, 36), (76, 64), width=9, ink="back"),
        line((76, 36), (48, 64), width=9, ink="back"),
    ),
    # how one wishes the kiosk to be
    "large": (
        line((10, 92), (42, 8), (74, 92), width=12), line((22, 64), (62, 64), width=10),
        line((88, 30), (88, 62), width=8), line((76, 46), (100, 46), width=8),
    ),
    "contrast": (
        disc(50, 50, 48), disc(50, 50, 38, "back"),
        poly(*((50 + 40 * sin(radians(t)), 50 - 40 * cos(radians(t))) for t in range(0, 181, 6))),
    ),
    "low": (
        disc(40, 11, 11), line((40, 28), (42, 56), (68, 56), (80, 86), (92, 82), width=11),
        line((42, 40), (66, 40), width=9),
        arc(42, 68, 27, 27, 60, 250, 8),
    ),
    "heart": (
        disc(29, 34, 24), disc(71, 34, 24), poly((8, 45), (92, 45), (50, 94)), poly((29, 34), (71, 34), (50, 60)),
    ),
    # marks
    "tick": (line((14, 54), (40, 80), (88, 24), width=15),),
    "thanks": (disc(50, 50, 50), line((27, 53), (44, 70), (74, 35), width=10, ink="back")),
    "wait": (disc(16, 50, 13), disc(50, 50, 13), disc(84, 50, 13)),
    "warning": (
        line((50, 12), (92, 86), (8, 86), (50, 12), width=12), poly((50, 12), (92, 86), (8, 86)),
        line((50, 38), (50, 60), width=9, ink="back"), disc(50, 75, 5.5, "back"),
    ),
    "arrow": (line((8, 50), (88, 50), width=13), line((58, 18), (90, 50), (58, 82), width=13)),
    "star": (_star("fore"),),
    "no-line": (
        arc(50, 78, 56, 56, 220, 320, 9), arc(50, 78, 32, 32, 220, 320, 9), disc(50, 78, 8),
        line((14, 92), (86, 14), width=18, ink="back"), line((14, 92), (86, 14), width=8),
    ),
    # the states of a window, each with an outline of its own
    "state-open": (disc(50, 50, 50), line((27, 53), (44, 70), (74, 35), width=10, ink="back")),
    "state-calling": (
        arc(50, 46, 28, 32, 180, 360, 6),
        poly(*((50 + 28 * cos(radians(t)), 46 + 32 * sin(radians(t))) for t in range(180, 361, 6))),
        poly((22, 44), (78, 44), (78, 66), (90, 80), (10, 80), (22, 66)), disc(50, 88, 10), disc(50, 12, 7),
    ),
    "state-serving": (
        disc(26, 26, 15), disc(74, 26, 15), poly((6, 74), (6, 60), (16, 47), (36, 47), (46, 60), (46, 74)),
        poly((54, 74), (54, 60), (64, 47), (84, 47), (94, 60), (94, 74)), line((4, 86), (96, 86), width=10),
    ),
    "state-paused": (*box(16, 10, 24, 80, round_by=5), *box(60, 10, 24, 80, round_by=5)),
    "state-closed": (disc(50, 50, 50), *box(20, 41, 60, 18, "back", 3)),
    "state-overtime": (
        disc(42, 58, 42), disc(42, 58, 33, "back"), line((42, 38), (42, 60), (57, 67), width=8),
        disc(80, 20, 24, "back"), line((80, 4), (80, 36), width=9), line((64, 20), (96, 20), width=9),
    ),
    "state-unknown": (
        poly((50, 0), (100, 50), (50, 100), (0, 50)), arc(50, 41, 12, 12, 180, 395, 8, "back"),
        line((59.5, 48.5), (50, 56), (50, 62), width=8, ink="back"), disc(50, 75, 5, "back"),
    ),
}  # fmt: skip


def _moved(strokes: tuple[Stroke, ...], move: Callable[[Point], Point]) -> tuple[Stroke, ...]:
    moved: list[Stroke] = []
    for stroke in strokes:
        match stroke:
            case "disc", centre, radius, ink:
                moved.append(("disc", move(centre), radius, ink))
            case "poly", points, ink:
                moved.append(("poly", tuple(map(move, points)), ink))
            case "line", points, width, ink:
                moved.append(("line", tuple(map(move, points)), width, ink))
    return tuple(moved)


for _name in ("arrow", "delete"):  # they point along the line, for readers of every way
    FIGURES[f"{_name}-rtl"] = _moved(FIGURES[_name], lambda point: (100 - point[0], point[1]))
    FIGURES[f"{_name}-down"] = _moved(FIGURES[_name], lambda point: (point[1], point[0]))
