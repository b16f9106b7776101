"""Every view on sample data: `python -m screens.gallery OUTDIR [SAMPLE…]` writes each as a PNG file.

The samples are what the tests look at too: one of each view and state, in each language that a view can have.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from screens.fonts import Fonts
from screens.gallery_kiosk import kiosk_views
from screens.gallery_words import CLOCK, EAST, HALL, SOCIAL, UNSURE, WEST
from screens.layout import Screen, layout
from screens.paint import Painter
from screens.paper_picture import png
from screens.slips.samples import papers
from screens.theme import load_theme
from screens.views import (
    Bilingual,
    BoardPage,
    CallRow,
    ConsoleKey,
    ConsolePage,
    EvaluatorAsk,
    EvaluatorIdle,
    EvaluatorThanks,
    OutOfOrder,
    PersonCard,
    SignPage,
    View,
)

Slot = Literal["business", "announcement", "sample", "fault"]


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
BOARD = (Screen(1920, 1080, 1210, 680, 6), Screen(1280, 720, 708, 398, 4), Screen(1080, 1920, 680, 1210, 6))
SIGN = (Screen(1280, 400, 360, 113, 3), Screen(1920, 1080, 527, 296, 4))
CONSOLE = (Screen(1024, 600, 154, 86, 0.6), Screen(1280, 800, 217, 136, 0.6))
EVALUATOR = (Screen(1024, 600, 154, 86, 0.6), Screen(1280, 800, 217, 136, 0.6))

WANG = PersonCard("1001", "王晓明", 4, "社会保险综合受理")


def _board() -> list[Sample]:
    rows = (
        CallRow("B023", 4, WEST, fresh=True), CallRow("A011", 2, EAST), CallRow("C007", 6, WEST),
        CallRow("A010", 1, EAST), CallRow("B022", 5, WEST),
    )  # fmt: skip
    notices: tuple[tuple[Slot, Bilingual], ...] = (
        ("business", Bilingual("医保缴费本月25日截止，可在手机上办理", "Medical insurance payment closes on the 25th")),
        ("announcement", Bilingual("一楼设有母婴室和轮椅，请向服务台借用", "Wheelchairs at the service desk")),
        ("sample", Bilingual("填表样张在东侧填单台", "Sample forms are on the east writing desk")),
        ("fault", Bilingual("2号自助终端正在维修，预计10:30恢复", "Terminal 2 is being repaired until about 10:30")),
    )  # fmt: skip
    full = BoardPage(
        HALL, CallRow("A012", 3, EAST, fresh=True), rows, ("A003", "B009", "C002"), (5,), notices, 23, CLOCK, live=True
    )
    quiet = BoardPage(HALL, None, (), (), (), (), 0, CLOCK, live=True)
    stale = BoardPage(
        HALL, CallRow("A012", 3, EAST), rows[:2], (), (), notices[:1], None, UNSURE, live=False, muted=True
    )
    return [Sample("board", full, BOARD), Sample("board-quiet", quiet, BOARD), Sample("board-stale", stale, BOARD)]


def _window() -> list[Sample]:
    services = (SOCIAL, Bilingual("医疗保障", "Medical Insurance"))
    samples = []
    for state in ("unknown", "closed", "open", "calling", "serving", "paused", "overtime"):
        number = "A012" if state in ("calling", "serving", "overtime") else ""
        person = None if state in ("unknown", "closed") else WANG
        elsewhere = (2, 4) if state in ("closed", "paused") else ()
        page = SignPage(3, EAST, state, number, person, services, elsewhere, CLOCK)
        samples.append(Sample(f"sign-{state}", page, SIGN))
    return samples


MAIN = (
    ("next", "n"), ("start", "s"), ("finish", "f"), ("recall", "r"), ("missed", "m"), ("transfer", "t"),
    ("item", "i"), ("number", "h"), ("rejoin", "j"), ("pause", "p"), ("handover", "o"), ("incident", "x"),
    ("resume", "u"), ("signout", "q"), ("silent", "!"),
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
    pause = tuple(ConsoleKey(f"reason:{r}", f"console.pause_{r}", str(n)) for n, r in enumerate(reasons, 1))
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
    views = {
        "console-open": ConsolePage(
            3, "open", WANG, "", None, "", 7,
            _keys("next", "number", "rejoin", "pause", "handover", "signout"), True, 0, CLOCK,
        ),
        "console-calling": ConsolePage(
            3, "calling", WANG, "A012", SOCIAL, "09:29", 6, _keys("start", "recall", "missed"), True, 0, CLOCK
        ),
        "console-serving": ConsolePage(
            3, "serving", WANG, "A012", SOCIAL, "09:30", 6, _keys("finish", "transfer", "item", "incident"), False, 4,
            CLOCK, message="console.no_line",
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
    return [Sample(name, view, CONSOLE) for name, view in views.items()]


def _evaluator() -> list[Sample]:
    samples = [
        Sample("evaluator-ask", EvaluatorAsk(3, WANG, "A012", SOCIAL), EVALUATOR),
        Sample("evaluator-ask-again", EvaluatorAsk(3, WANG, "A012", SOCIAL, again=True), EVALUATOR),
        Sample("evaluator-thanks", EvaluatorThanks(3), EVALUATOR),
    ]
    for state in ("unknown", "closed", "open", "serving", "paused", "overtime"):
        person = None if state in ("unknown", "closed") else WANG
        samples.append(Sample(f"evaluator-{state}", EvaluatorIdle(3, state, person, CLOCK), EVALUATOR))
    return samples


def samples() -> list[Sample]:
    """One of every view and state."""
    broken = OutOfOrder("kiosk-1", "printer-unplugged", CLOCK)
    out = Sample("out-of-order", broken, (*KIOSK, *SIGN, *BOARD, *EVALUATOR))
    kiosks = [Sample(name, view, KIOSK) for name, view in kiosk_views().items()]
    return [*kiosks, *_board(), *_window(), *_console(), *_evaluator(), out]


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
