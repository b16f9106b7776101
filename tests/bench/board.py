"""S9: a board's whole page drawn again, and one changed row of it, from the view to the end of the display's flip.

`python -m tests.bench.board SAMPLES` takes the samples in a process of its own, on SDL's `dummy` window of 1920x1080:
what a screen's own hardware needs to show a picture is not ours. Fonts, texts and parts of the page have been drawn
before, as on a board that runs; what the very first page takes is told beside it. Nothing is waited for here, so what
is taken is the time this thread computes: others at work on the machine would count in a page more than in a blit.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from tests.bench.figures import Figures, Rounds, percentile, under_one_head, verdict
from tests.bench.rig import SECONDS, BenchFailed

SIZE: Final = (1920, 1080)
MILLIMETRES: Final = (1210, 680)  # 55"
LIMITS: Final = {"S9.full": 5.0, "S9.row": 0.5}  # ms


def measure(rounds: int, samples: int, tell: Callable[[str], None]) -> Figures:
    """So many rounds, each in a process of its own, of so many pages and rows."""
    found = {part: Rounds() for part in LIMITS}
    first: list[float] = []
    for n in range(rounds):
        told = _one_round(samples)
        first.append(told["first"])
        for part, series in found.items():
            series.begin()
            for value, bare in told[part]:
                series.add(value, bare)
        tell(f"S9 round {n + 1} of {rounds}")
    return figures(found, first)


def figures(found: dict[str, Rounds], first: list[float]) -> Figures:
    """S9.full and S9.row. first: what the very first page took, each round, in milliseconds."""
    parts = {}
    for part, most in LIMITS.items():
        middle, late = found[part].value(50), found[part].value(99)
        why = f"p50 {verdict(middle, most, 'ms')}, p99 {late:.2f} ms."
        parts[part] = found[part].figure(50, "ms", f"p50 <= {most:g} ms", middle <= most, why)
    full, row = (parts[part].value for part in LIMITS)
    why = (
        f"A whole page p50 {full:.2f} ms, one row p50 {row:.2f} ms, layout and flip included; the first page of all, "
        f"whose texts the fonts draw, {percentile(first, 50):.0f} ms. Yardstick: one blit of the whole screen."
    )
    return under_one_head("S9", parts, LIMITS, "full page p50 <= 5 ms, one row p50 <= 0.5 ms", why)


def _one_round(samples: int) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.board", str(samples)],
        capture_output=True,
        text=True,
        timeout=SECONDS + samples,
        check=False,
    )
    if run.returncode:
        raise BenchFailed(f"the board: {run.stderr}")
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def sample(count: int) -> dict[str, Any]:
    """The first page's time, and (ours, bare) pairs of each part, all in milliseconds."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from device.painted import PaintedScreen, Studio
    from drivers.display_pygame import PygameDisplay
    from drivers.protocols import Area, Place
    from screens.gallery_board import boards
    from screens.theme import load_theme
    from screens.views import BoardPage

    width, height = SIZE
    display = PygameDisplay(
        lambda _: None, Place("board-1", "screen", None, None), width_mm=MILLIMETRES[0], height_mm=MILLIMETRES[1],
        width=width, height=height, video="dummy",
    )  # fmt: skip
    flipped: list[list[Area]] = []
    flip = display.flip

    def watched(name: str, changed: list[Area], targets: dict[str, Area]) -> None:
        flipped.append(list(changed))
        flip(name, changed, targets)

    display.flip = watched  # type: ignore[method-assign,assignment]  # to see what is drawn anew
    screen = PaintedScreen(display, MILLIMETRES, "board", "screen", Studio(load_theme()))
    page = boards()["board"]
    assert isinstance(page, BoardPage)
    whole = [Area(0, 0, width, height)]
    canvas, bare = display.canvas(), display.canvas().copy()

    def timed(act: Callable[[], object]) -> float:
        begun = time.thread_time_ns()
        act()
        return (time.thread_time_ns() - begun) / 1e6

    def pairs(views: list[BoardPage], *, full: bool) -> list[tuple[float, float]]:
        taken = []
        for view in views:
            ours = timed(partial(screen.show, view))
            if (flipped[-1] == whole) != full or not flipped[-1]:
                raise BenchFailed(f"another part was drawn than the one to be measured: {flipped[-1]}")
            taken.append((ours, timed(lambda: bare.blit(canvas, (0, 0)))))
        return taken

    first = timed(lambda: screen.show(page))
    # The line goes and comes: everything on the page moves.
    turns = [replace(page, live=n % 2 == 1) for n in range(count + 4)]
    found = pairs(turns, full=True)[4:]
    rows = [
        replace(page, rows=(page.rows[0], replace(page.rows[1], number=f"B{n + 100:03d}"), *page.rows[2:]))
        for n in range(count + 14)
    ]
    screen.show(page)
    # Ten numbers have every digit: from then on nothing is drawn by the fonts.
    return {"first": first, "S9.full": found, "S9.row": pairs(rows, full=False)[14:]}


if __name__ == "__main__":
    print(json.dumps(sample(int(sys.argv[1]))))
