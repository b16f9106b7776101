"""Every view on sample data: `python -m screens.gallery OUTDIR [SAMPLE…]` writes each as a PNG file.

The samples are what the tests look at too: one of each view and state, in each language that a view can have.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from screens.fonts import Fonts
from screens.gallery_board import BOARD as BOARD
from screens.gallery_board import SIGN as SIGN
from screens.gallery_board import WANG as WANG
from screens.gallery_board import boards, infos, signs
from screens.gallery_evaluator import evaluators
from screens.gallery_kiosk import UPRIGHT, kiosk_views
from screens.gallery_words import CLOCK, SOCIAL, UNSURE
from screens.layout import Screen, layout
from screens.paint import Painter
from screens.paper_picture import png
from screens.phrases import COMPLETE
from screens.slips.samples import papers
from screens.theme import load_theme
from screens.views import (
    Bilingual,
    ConsoleKey,
    ConsolePage,
    OutOfOrder,
    View,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A view, its name, and the screens it is shown on; the first is the usual one."""

    name: str
    view: View
    screens: tuple[Screen, ...]


KIOSK = (
    Screen(1920, 1080, 344, 194, 0.7),  # 15.6"
    Screen(1280, 800, 217, 136, 0.7),  # 10.1"
    Screen(1080, 1920, 268, 477, 0.7),  # 21.5" upright
)
CONSOLE = (Screen(1024, 600, 154, 86, 0.6), Screen(1280, 800, 217, 136, 0.6))
EVALUATOR = (Screen(1024, 600, 154, 86, 0.6), Screen(1280, 800, 217, 136, 0.6))


MAIN = (
    ("next", "n"), ("start", "s"), ("finish", "f"), ("recall", "r"), ("missed", "m"), ("transfer", "t"),
    ("item", "i"), ("number", "h"), ("rejoin", "j"), ("issue", "b"), ("pause", "p"), ("handover", "o"),
    ("incident", "x"), ("resume", "u"), ("signout", "q"), ("silent", "!"),
)  # fmt: skip


def _keys(*enabled: str) -> tuple[ConsoleKey, ...]:
    return tuple(ConsoleKey(i, f"console.{i}", hot, i in (*enabled, "silent"), i == enabled[0]) for i, hot in MAIN)


def _pad(letters: str) -> tuple[ConsoleKey, ...]:
    typed = tuple(ConsoleKey(f"type:{c}", Bilingual(c, c), c.lower()) for c in letters + "1234567890")
    enter = ConsoleKey("enter", "console.enter", "enter", strong=True)
    cancel = ConsoleKey("cancel", "console.cancel", "escape")
    return (*typed, ConsoleKey("back", "console.back", "backspace"), enter, cancel)


def _console() -> list[Sample]:
    reasons = ("files", "discuss", "assist", "errand", "change", "phone", "incident", "long")
    limits = dict.fromkeys(reasons[:5], 10) | {"phone": 5}
    pause = tuple(
        ConsoleKey(f"reason:{r}", f"console.pause_{r}", str(n), minutes=limits.get(r, 0))
        for n, r in enumerate(reasons, 1)
    )
    cancel = ConsoleKey("cancel", "console.cancel", "escape")
    pause = (*pause, cancel)
    what = ("conflict", "disorder", "medical", "security", "fault", "power")
    silent = tuple(ConsoleKey(f"reason:{r}", f"console.silent_{r}", str(n)) for n, r in enumerate(what, 1))
    silent = (*silent, ConsoleKey("repair", "console.repair", "7"), cancel)
    noproof, vouch = ConsoleKey("noproof", "console.noproof", "k"), ConsoleKey("vouch", "console.vouch", "v")
    alone = ConsoleKey("alone", "console.alone", "1", strong=True)
    substitute = (alone, ConsoleKey("handover", "console.handover", "2"), cancel)
    told = (
        Bilingual("排队人数过多 社会保险", "Long queue Social Insurance"),
        Bilingual("离岗超时 4号窗口", "Leave too long Window 4"),
    )
    alarms = (*(ConsoleKey(f"alarm:{n}", text, str(n)) for n, text in enumerate(told, 1)), cancel)
    parts = (
        Bilingual("控制器 正常", "Console works"),
        Bilingual("评价器 故障", "Evaluator is faulty"),
        Bilingual("通讯 正常", "Line works"),
    )
    check = (
        *(ConsoleKey(f"part:{n}", text, "", enabled=False) for n, text in enumerate(parts)),
        ConsoleKey("checked", "console.checked", "enter", strong=True),
    )
    delivered = ConsoleKey("delivered", "console.delivered", "e")
    views = {
        "console-open": ConsolePage(
            3, "open", WANG, "", None, "", 7,
            _keys("next", "number", "rejoin", "issue", "pause", "handover", "signout"), True, 0, CLOCK,
        ),
        "console-calling": ConsolePage(
            3, "calling", WANG, "A012", SOCIAL, "09:29", 6, _keys("start", "recall", "missed"), True, 0, CLOCK
        ),
        "console-serving": ConsolePage(
            3, "serving", WANG, "A012", SOCIAL, "09:30", 6,
            _keys("finish", "transfer", "item", "issue", "incident"), False, 4, CLOCK, message="console.no_line",
        ),
        "console-due": ConsolePage(
            3, "serving", WANG, "A012", SOCIAL, "09:30", 6,
            (*_keys("finish", "transfer", "item", "issue", "incident"), delivered), True, 0, CLOCK, due=3,
        ),
        "console-issued": ConsolePage(
            3, "open", WANG, "A019", None, "", 7, (ConsoleKey("told", "console.told", "enter", strong=True),), True, 0,
            CLOCK, message="console.issued", blanks=(("ahead", "7"), ("minutes", "35")), prompt="console.ask_issued",
        ),
        "console-card": ConsolePage(
            3, "closed", None, "", None, "", None, _pad(""), True, 0, CLOCK, prompt="console.ask_card", entry=""
        ),
        "console-staff": ConsolePage(
            3, "closed", None, "", None, "", None, _pad(""), True, 0, CLOCK, prompt="console.ask_staff", entry="1001"
        ),
        "console-pin": ConsolePage(
            3, "closed", None, "", None, "", None, _pad(""), True, 0, CLOCK, prompt="console.ask_pin", entry="12345",
            secret=True, message="console.sign_in_refused",
        ),
        "console-number": ConsolePage(
            3, "open", WANG, "", None, "", 7, _pad("ABCDEF"), False, 2, UNSURE, prompt="console.ask_number", entry="A0"
        ),
        "console-calling-priority": ConsolePage(
            3, "calling", WANG, "A012", SOCIAL, "09:29", 6, (*_keys("start", "recall", "missed"), noproof), True, 0,
            CLOCK, message="console.proof", blanks=(("klass", "军人"), ("proof", "军人证件")),
        ),
        "console-refused": ConsolePage(
            3, "open", WANG, "", None, "", 7, (*_keys("next", "number", "rejoin", "pause", "signout"), vouch), True, 0,
            CLOCK, message="console.leave_waiting", blanks=(("n", "2"),),
        ),
        "console-substitute": ConsolePage(
            3, "open", WANG, "", None, "", 7, substitute, True, 0, CLOCK, prompt="console.ask_substitute"
        ),
        "console-alarms": ConsolePage(
            3, "open", WANG, "", None, "", 7, alarms, True, 0, CLOCK, prompt="console.ask_alarms"
        ),
        "console-silent": ConsolePage(
            3, "serving", WANG, "A012", SOCIAL, "09:30", 6, silent, True, 0, CLOCK, prompt="console.ask_silent"
        ),
        "console-check": ConsolePage(
            3, "open", WANG, "", None, "", 0, check, True, 0, CLOCK, prompt="console.ask_check"
        ),
        "console-pause": ConsolePage(
            3, "open", WANG, "", None, "", 7, pause, True, 0, CLOCK, prompt="console.ask_pause"
        ),
    }  # fmt: skip
    english = {f"{name}-en": replace(view, lang="en") for name, view in views.items()}
    return [Sample(name, view, CONSOLE) for name, view in (views | english).items()]


def samples() -> list[Sample]:
    """One of every view and state."""
    broken = OutOfOrder("kiosk-1", "printer-unplugged", CLOCK)
    out = [Sample("out-of-order", broken, (*KIOSK, *SIGN, *BOARD, *EVALUATOR))]
    out += [
        Sample(f"out-of-order-{lang}", replace(broken, second=lang), (KIOSK[0], SIGN[0], EVALUATOR[0]))
        for lang in ("ug", "bo", "mn")
    ]
    kiosks = [
        Sample(name, view, KIOSK if view.lang in COMPLETE or name in UPRIGHT else KIOSK[:2])
        for name, view in kiosk_views().items()
    ]
    public = [Sample(name, view, BOARD) for name, view in (boards() | infos()).items()]
    desk = [Sample(name, view, EVALUATOR) for name, view in evaluators().items()]
    public += [Sample(name, view, SIGN) for name, view in signs().items()]
    return [*kiosks, *public, *_console(), *desk, *out]


def main(arguments: list[str]) -> int:
    """Write every sample (or those named) on every screen it is made for, with what did not come out well."""
    known = {sample.name: sample for sample in samples()}
    sheets = papers()
    names = [*known, *sheets]
    parser = argparse.ArgumentParser("python -m screens.gallery", description="Every view and paper as a picture.")
    parser.add_argument("folder", type=Path, metavar="OUTDIR", help="where the PNG files go")
    parser.add_argument("wanted", nargs="*", metavar="SAMPLE", help="all, unless named: " + " ".join(names))
    parser.add_argument("--usual", action="store_true", help="each on its usual screen only, named without its size")
    options = parser.parse_intermixed_args(arguments)
    if unknown := set(options.wanted) - set(names):
        parser.error(f"no such sample: {' '.join(sorted(unknown))}. There are: {' '.join(names)}")
    wanted = options.wanted or names
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in wanted:
        if name in sheets:
            (options.folder / f"{name}.png").write_bytes(png(sheets[name]))
            print(f"{name}.png")
        else:
            _draw(known[name], options.folder, options.usual)
    return 0


def _draw(sample: Sample, folder: Path, usual: bool) -> None:
    fonts, painter = _studio()
    for screen in sample.screens[: 1 if usual else None]:
        picture = layout(sample.view, screen, fonts)
        surface = pygame.Surface((screen.width_px, screen.height_px))
        painter.paint(surface, picture)
        name = f"{sample.name}.png" if usual else f"{sample.name}-{screen.width_px}x{screen.height_px}.png"
        pygame.image.save(surface, folder / name)
        print(name, *picture.flaws, sep="  ")


@cache
def _studio() -> tuple[Fonts, Painter]:
    theme = load_theme()
    fonts = Fonts.of(theme)
    return fonts, Painter(theme, fonts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
