"""The golden pictures: what each view looks like, kept in tests/golden at a modest size; and of every view x language x
mode x size where everything on it stands, kept as one sum a page in tests/golden/layouts.tsv.

`python -m tests.screens.golden` draws them anew after a change that was meant; look at them before committing.
A channel may differ by TOLERANCE, because SDL blends with other instructions on other processors.
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from screens.fonts import Fonts
from screens.gallery import Sample, samples
from screens.layout import Picture, Screen, layout
from screens.paint import Painter
from screens.theme import load_theme

FOLDER = Path(__file__).parents[1] / "golden"
DIFFERENCES = Path(__file__).parents[2] / "build" / "golden"
LAYOUTS = FOLDER / "layouts.tsv"
TOLERANCE = 4
WIDTH = 640

NAMES = (
    "kiosk-home-zh", "kiosk-home-en", "kiosk-home-called-zh", "kiosk-getting-en", "kiosk-printing-zh",
    "kiosk-lookup-zh", "kiosk-lookup-digits-en", "kiosk-lookup-code-zh", "kiosk-place-waiting-zh",
    "kiosk-place-called-en",
    "kiosk-place-unreadable-zh", "kiosk-home-large-zh", "kiosk-home-low-en", "kiosk-home-every-zh",
    "kiosk-home-class-zh", "kiosk-home-groups-zh", "kiosk-home-group-en", "kiosk-home-pages-zh",
    "kiosk-classes-zh", "kiosk-classes-chosen-en", "kiosk-elsewhere-zh", "kiosk-help-zh", "kiosk-still-en",
    "kiosk-closing-zh", "kiosk-closing-every-en", "kiosk-times-zh", "kiosk-booked-en", "kiosk-take-every-zh",
    "kiosk-sorry-closed-zh", "kiosk-home-ug", "kiosk-take-ug", "kiosk-home-bo", "kiosk-home-mn", "kiosk-take-mn",
    "kiosk-home-every-mn", "kiosk-keypad-identity-zh", "kiosk-request-consent-en", "kiosk-registered-zh",
    "kiosk-take-zh", "kiosk-no-paper-zh", "kiosk-no-paper-unsure-en", "kiosk-sorry-paper-zh", "kiosk-sorry-closed-en",
    "board", "board-quiet", "board-stale", "board-zone", "info-guide", "info-contact", "sign-away", "sign-busy",
    "sign-unknown", "sign-closed", "sign-open", "sign-calling", "sign-serving",
    "sign-paused", "sign-overtime", "console-open", "console-serving", "console-pin", "console-number",
    "console-pause", "console-calling-priority", "console-refused", "console-substitute", "console-alarms",
    "console-due", "console-issued",
    "console-check",
    "evaluator-unknown", "evaluator-open", "evaluator-paused", "evaluator-ask", "evaluator-thanks",
    "evaluator-plain-ask", "evaluator-thanks-chosen", "evaluator-complaint-ask",
    "out-of-order",
)  # fmt: skip


def layouts(sample: Sample) -> dict[str, str]:
    """Size -> the sum of where everything stands on this sample's page."""
    ruler, _ = _studio()
    return {size(screen): digest(layout(sample.view, screen, ruler)) for screen in sample.screens}


def size(screen: Screen) -> str:
    """As a line of layouts.tsv has it: pixels, millimetres."""
    return f"{screen.width_px}x{screen.height_px}-{screen.width_mm:g}x{screen.height_mm:g}"


def digest(page: Picture) -> str:
    """Another one as soon as a box, a key or a flaw of the page is another."""
    return hashlib.sha256(repr((page.boxes, sorted(page.targets.items()), page.flaws)).encode()).hexdigest()[:16]


@cache
def known_layouts() -> dict[tuple[str, str], str]:
    """(sample, size) -> sum, as last drawn anew."""
    lines = LAYOUTS.read_text("utf-8").splitlines()
    return {(name, size_): sum_ for name, size_, sum_ in (line.split("\t") for line in lines)}


def small(screen: Screen) -> Screen:
    """The same glass with fewer pixels."""
    return replace(screen, width_px=WIDTH, height_px=round(WIDTH * screen.height_px / screen.width_px))


def draw(name: str) -> pygame.Surface:
    """The sample of this name, as it is drawn now."""
    sample = next(sample for sample in samples() if sample.name == name)
    fonts, painter = _studio()
    picture = layout(sample.view, small(sample.screens[0]), fonts)
    surface = pygame.Surface((picture.width, picture.height), depth=24)
    painter.paint(surface, picture)
    return surface


@cache
def _studio() -> tuple[Fonts, Painter]:
    theme = load_theme()
    fonts = Fonts.of(theme)
    return fonts, Painter(theme, fonts)


def difference(one: pygame.Surface, other: pygame.Surface) -> pygame.Surface | None:
    """What is more than TOLERANCE apart, as a picture; None when nothing is."""
    if one.get_size() != other.get_size():
        return one.copy()
    apart, back = one.copy(), other.copy()
    apart.blit(other, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
    back.blit(one, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
    apart.blit(back, (0, 0), special_flags=pygame.BLEND_RGB_ADD)
    apart.fill((TOLERANCE,) * 3, special_flags=pygame.BLEND_RGB_SUB)
    apart.set_colorkey((0, 0, 0))
    return apart if apart.get_bounding_rect().w else None


def check(name: str, now: pygame.Surface, folder: Path = FOLDER, differences: Path = DIFFERENCES) -> None:
    """AssertionError if the picture is not the golden one; was, is and difference are then written side by side."""
    golden = pygame.image.load(folder / f"{name}.png")
    apart = difference(golden.convert(now), now)
    if apart is None:
        return
    differences.mkdir(parents=True, exist_ok=True)
    shown = (golden, now, apart)
    sheet = pygame.Surface((sum(s.get_width() for s in shown), max(s.get_height() for s in shown)))
    x = 0
    for surface in shown:
        sheet.blit(surface, (x, 0))
        x += surface.get_width()
    path = differences / f"{name}.png"
    pygame.image.save(sheet, path)
    raise AssertionError(f"{name} is not what it was: see {path} (was, is, difference)")


def main() -> int:
    """Draw them all anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name in NAMES:
        pygame.image.save(draw(name), FOLDER / f"{name}.png")
    lines = [f"{s.name}\t{size_}\t{sum_}\n" for s in samples() for size_, sum_ in layouts(s).items()]
    LAYOUTS.write_text("".join(lines), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
