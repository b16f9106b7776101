"""S4: from the window's `next` to the board's flipped picture and the first sample of the announcement.

Coordinator, window and board are three processes; the bench plays the kiosk whose tickets are called. The board has
the real drivers: a 1920x1080 window through SDL, and SDL's mixer on its `dummy` card, which takes samples in real time
as a card does. Its voice is switched off, so an announcement is the chime alone, which always comes first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Final

from tests.bench.desk import WINDOW, Desk
from tests.bench.figures import Figures, Rounds, percentile, verdict
from tests.bench.marks import Marks
from tests.bench.rig import drawn_on, rig, screen
from tests.bench.wire import Wire
from tests.bench.yardsticks import BareDelivery

BOARD: Final = "board-1"
MOST_P99: Final = 60.0  # ms
WARM: Final = 1
SPEAKER: Final = 'driver = "sdl"\naudio = "dummy"\nvoice = "no-voice-in-the-bench"'


@dataclass(slots=True)
class Calls:
    """All samples of S4, in milliseconds."""

    rounds: Rounds = field(default_factory=Rounds)
    pictures: list[float] = field(default_factory=list)
    sounds: list[float] = field(default_factory=list)
    display: str = ""


def measure(rounds: int, samples: int, tell: Callable[[str], None]) -> Figures:
    """So many rounds, each in a fresh hall, of so many calls."""
    found = Calls()
    for n in range(rounds):
        tell(f"S4 round {n + 1} of {rounds}")
        one_round(found, samples)
    return figures(found)


def one_round(found: Calls, samples: int) -> None:
    """One after another: a citizen takes a number, is called, is served; then the yardstick."""
    found.rounds.begin()
    with ExitStack() as stack:
        hall = stack.enter_context(rig(glass=True))
        marks = stack.enter_context(Marks(hall.folder))
        found.display = hall.display
        hall.set_part(BOARD, "screen", screen(hall.display, (1210, 680), (1920, 1080)))
        hall.set_part(BOARD, "speaker", f'{SPEAKER}\nclips = "{hall.folder}/clips"')
        hall.start("coordinator")
        hall.start(WINDOW, BOARD, module="tests.bench.marked")
        wire = stack.enter_context(closing(Wire(hall.broker.port)))
        bare = stack.enter_context(closing(BareDelivery(hall.broker.port)))
        desk = Desk(hall, marks, wire)
        desk.sign_in()
        for n in range(-WARM, samples):
            picture, sound = _one_call(marks, desk)
            yardstick = bare.once()
            if n >= 0:
                found.rounds.add(max(picture, sound), yardstick)
                found.pictures.append(picture)
                found.sounds.append(sound)


def _one_call(marks: Marks, desk: Desk) -> tuple[float, float]:
    """Milliseconds to the picture and to the sound; afterwards the hall is at rest again, and silent."""
    number = desk.arrive()
    marks.shown(BOARD, "BoardPage", waiting=1)
    marks.forget(BOARD)
    pressed = time.monotonic_ns()
    desk.tap("next")
    shown = sounded = silent = 0
    while not (shown and sounded):
        (mark,) = marks.until(BOARD, lambda _: True)
        match mark["what"]:
            case "sound":
                sounded = sounded or mark["at"]
            case "silence":
                silent = mark["at"]
            case "shown" if mark["number"] == number:
                shown = shown or mark["at"]
    desk.called()
    desk.serve()
    if not silent:
        marks.until(BOARD, lambda mark: mark["what"] == "silence")
    return (shown - pressed) / 1e6, (sounded - pressed) / 1e6


def figures(found: Calls) -> Figures:
    """S4."""
    p50, p99 = found.rounds.value(50), found.rounds.value(99)
    why = (
        f"p99 {verdict(p99, MOST_P99, 'ms')}; p50 {p50:.1f} ms (picture {percentile(found.pictures, 50):.1f}, sound "
        f"{percentile(found.sounds, 50):.1f}). The board is drawn on {drawn_on(found.display)}, its chime goes to "
        "SDL's dummy card. `next` goes in through the bench's socket, whose way is in the value."
    )
    return {"S4": found.rounds.figure(99, "ms", f"p99 <= {MOST_P99:g} ms", p99 <= MOST_P99, why)}
