"""The golden pictures: what each view looks like, kept in tests/golden at a modest size; and of every view x language x
mode x size where everything on it stands: one sum a page in tests/golden/layouts.tsv, and the pages themselves in
tests/golden/layouts.jsonl.xz, so that one that differs can be painted as it was and as it is.

`python -m tests.screens.golden` makes them all anew after a change that was meant, and after a merge that could not be
made by itself (take either side, then run it); look at them before committing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from screens.fonts import Fonts
from screens.gallery import samples
from screens.layout import Picture, Screen, layout
from screens.paint import Painter
from screens.theme import load_theme
from tests.screens.difference import difference, leave
from tests.screens.page_lines import Key, line_of, page_of, read, sum_of, write

FOLDER = Path(__file__).parents[1] / "golden"
DIFFERENCES = Path(__file__).parents[2] / "build" / "golden"
LAYOUTS = FOLDER / "layouts.tsv"
PAGES = FOLDER / "layouts.jsonl.xz"
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
    "board", "board-quiet", "board-stale", "board-zone", "info-guide", "info-contact",
    "board-ug", "board-mn", "info-guide-bo", "sign-paused-ug", "sign-calling-mn", "sign-away", "sign-busy",
    "sign-unknown", "sign-closed", "sign-open", "sign-calling", "sign-serving",
    "sign-paused", "sign-overtime", "console-open", "console-serving", "console-pin", "console-number",
    "console-pause", "console-calling-priority", "console-refused", "console-substitute", "console-alarms",
    "console-due", "console-issued",
    "console-check",
    "evaluator-unknown", "evaluator-open", "evaluator-paused", "evaluator-ask", "evaluator-thanks",
    "evaluator-plain-ask", "evaluator-thanks-chosen", "evaluator-complaint-ask",
    "console-serving-en", "evaluator-open-ug", "evaluator-tags-mn", "evaluator-complaint-bo", "out-of-order",
    "out-of-order-ug",
)  # fmt: skip


def size(screen: Screen) -> str:
    """As a line of layouts.tsv has it: pixels, millimetres."""
    return f"{screen.width_px}x{screen.height_px}-{screen.width_mm:g}x{screen.height_mm:g}"


@cache
def known_layouts() -> dict[Key, str]:
    """(sample, size) -> sum, as last drawn anew."""
    lines = LAYOUTS.read_text("utf-8").splitlines()
    return {(name, size_): sum_ for name, size_, sum_ in (line.split("\t") for line in lines)}


def check_layouts(name: str, laid: Iterable[tuple[Screen, Picture]], differences: Path = DIFFERENCES) -> None:
    """AssertionError if a page of this sample is not the golden one; both are then painted, side by side."""
    keys = [((name, size(screen)), page) for screen, page in laid]
    other = [(key, page) for key, page in keys if known_layouts().get(key) != sum_of(line_of(page))]
    if not other:
        return
    kept = read(PAGES)
    found = [_found(key, page, kept.get(key), differences) for key, page in other]
    raise AssertionError(
        "\n".join(["laid out otherwise:", *found, "if it was meant: python -m tests.screens.golden draws all anew"])
    )


def _found(key: Key, now: Picture, line: str | None, differences: Path) -> str:
    where = "-".join(key)
    if line is None:
        return f"{where} is new"
    was = page_of(line)
    keys = {key for page in (was, now) for key in page.targets if was.targets.get(key) != now.targets.get(key)}
    frames = [page.targets[key] for page in (was, now) for key in keys if key in page.targets]
    path = differences / f"{where}.png"
    leave(path, _painted(was), _painted(now), frames)
    told = f"{where} is not what it was: see {path} (was, is, difference)"
    told += f"; keys {', '.join(sorted(keys))}" if keys else ""
    return told + (f"; flaws {was.flaws} -> {now.flaws}" if was.flaws != now.flaws else "")


def small(screen: Screen) -> Screen:
    """The same glass with fewer pixels."""
    return replace(screen, width_px=WIDTH, height_px=round(WIDTH * screen.height_px / screen.width_px))


def draw(name: str) -> pygame.Surface:
    """The sample of this name, as it is drawn now."""
    sample = next(sample for sample in samples() if sample.name == name)
    return _painted(layout(sample.view, small(sample.screens[0]), _studio()[0]))


def _painted(page: Picture) -> pygame.Surface:
    surface = pygame.Surface((page.width, page.height), depth=24)
    _studio()[1].paint(surface, page)
    return surface


@cache
def _studio() -> tuple[Fonts, Painter]:
    theme = load_theme()
    fonts = Fonts.of(theme)
    return fonts, Painter(theme, fonts)


def check(name: str, now: pygame.Surface, folder: Path = FOLDER, differences: Path = DIFFERENCES) -> None:
    """AssertionError if the picture is not the golden one; was, is and difference are then written side by side."""
    golden = pygame.image.load(folder / f"{name}.png").convert(now)
    if difference(golden, now) is None:
        return
    path = differences / f"{name}.png"
    leave(path, golden, now)
    raise AssertionError(f"{name} is not what it was: see {path} (was, is, difference)")


def main() -> int:
    """Draw them all anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name in NAMES:
        pygame.image.save(draw(name), FOLDER / f"{name}.png")
    ruler, _ = _studio()
    lines = {(s.name, size(z)): line_of(layout(s.view, z, ruler)) for s in samples() for z in s.screens}
    sums = [f"{name}\t{size_}\t{sum_of(line)}\n" for (name, size_), line in lines.items()]
    LAYOUTS.write_text("".join(sums), "utf-8")
    write(PAGES, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
