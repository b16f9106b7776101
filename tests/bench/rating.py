"""S3: from the edge of an evaluator's button to the rating in the journal and the thank-you on the screen.

Coordinator, window and evaluator are three processes; the window's staff serve one citizen after another, each of whom
presses. Counted is from the last edge of the bouncing contact, less the debounce time that has to pass after it, to
the return of the display's flip; the journal's commit lies between, which is checked in every sample.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Final

from drivers.debounce import DEBOUNCE_MS
from tests.bench.desk import WINDOW, Desk
from tests.bench.figures import Figures, Rounds, percentile, verdict
from tests.bench.marks import Mark, Marks
from tests.bench.rig import BenchFailed, Rig, drawn_on, rig, screen
from tests.bench.wire import Wire
from tests.bench.yardsticks import BareCommit

EVALUATOR: Final = "evaluator-3"
RATIO_P99: Final = 2.0
WARM: Final = 3


@dataclass(slots=True)
class Ratings:
    """All samples of S3, in milliseconds; and the parts they are made of."""

    rounds: Rounds = field(default_factory=Rounds)
    waking: list[float] = field(default_factory=list)  # debounce time over -> the press is posted
    committing: list[float] = field(default_factory=list)  # -> the journal has it
    showing: list[float] = field(default_factory=list)  # -> the thank-you is flipped
    display: str = ""


def measure(rounds: int, samples: int, tell: Callable[[str], None]) -> Figures:
    """So many rounds, each in a fresh hall, of so many ratings."""
    found = Ratings()
    for n in range(rounds):
        tell(f"S3 round {n + 1} of {rounds}")
        one_round(found, samples)
    return figures(found)


def one_round(found: Ratings, samples: int) -> None:
    """One citizen after another is called, served and presses; then the yardstick."""
    found.rounds.begin()
    with ExitStack() as stack:
        hall = stack.enter_context(rig(glass=True))
        marks = stack.enter_context(Marks(hall.folder))
        found.display = hall.display
        hall.set_part(EVALUATOR, "screen", screen(hall.display, (154, 86), (1024, 600)))
        hall.start("coordinator")
        hall.start(WINDOW, EVALUATOR, module="tests.bench.marked")
        wire = stack.enter_context(closing(Wire(hall.broker.port)))
        bare = stack.enter_context(closing(BareCommit(hall.folder)))
        desk = Desk(hall, marks, wire)
        desk.sign_in()
        for n in range(-WARM, samples):
            parts = _one_rating(hall, marks, desk, wire, 1 + n % 5)
            yardstick = bare.once()
            if n >= 0:
                found.rounds.add(sum(parts), yardstick)
                for samples_of, part in zip((found.waking, found.committing, found.showing), parts, strict=True):
                    samples_of.append(part)


def _one_rating(hall: Rig, marks: Marks, desk: Desk, wire: Wire, level: int) -> tuple[float, float, float]:
    """Milliseconds of waking, committing and showing; afterwards the hall is at rest again, the button open."""
    desk.arrive()
    desk.tap("next")
    desk.called()
    marks.forget(EVALUATOR)
    desk.serve()
    marks.shown(EVALUATOR, "EvaluatorAsk")
    hall.hands(EVALUATOR, "buttons", "press", level=level)
    seen = marks.until(EVALUATOR, lambda mark: mark["what"] == "shown" and mark["view"] == "EvaluatorThanks")
    parts = _parts(seen)
    wire.receipted(EVALUATOR, wire.upto(EVALUATOR) + 1)
    if not any(mark["what"] == "released" for mark in seen):
        marks.until(EVALUATOR, lambda mark: mark["what"] == "released")
    return parts


def _parts(seen: list[Mark]) -> tuple[float, float, float]:
    at = [mark["at"] / 1e6 for mark in seen]
    kinds = [mark["what"] for mark in seen]
    pressed = kinds.index("pressed")
    # On a machine that stalls, the finger is up again before the press is told.
    edge = max(n for n in range(pressed) if kinds[n] == "edge" and at[n] <= at[pressed] - DEBOUNCE_MS)
    committed = [n for n in range(len(seen)) if kinds[n] == "committed" and at[n] > at[edge] + DEBOUNCE_MS]
    if not committed or at[committed[0]] > at[-1]:
        raise BenchFailed(f"the thank-you was shown before the rating was committed: {seen}")
    over = at[edge] + DEBOUNCE_MS
    return at[pressed] - over, at[committed[0]] - at[pressed], at[-1] - at[committed[0]]


def figures(found: Ratings) -> Figures:
    """S3. Kept only if every round's middle keeps it too: on a busy machine a commit's p99 would excuse anything."""
    rounds = found.rounds
    p99, p50 = rounds.value(99), rounds.value(50)
    most99, most50 = RATIO_P99 * rounds.yardstick(99), RATIO_P99 * rounds.yardstick(50)
    waking, committing, showing = (percentile(part, 50) for part in (found.waking, found.committing, found.showing))
    why = (
        f"p99 {verdict(p99, most99, 'ms')}; p50 {p50:.2f} ms beside a commit's {rounds.yardstick(50):.2f} "
        f"{verdict(p50, most50, 'ms')} (both must be). Its p50: the debouncer's thread wakes after {waking:.2f}, the "
        f"role's records are committed {committing:.2f} ms later, layout, paint and flip of 1024x600 take "
        f"{showing:.2f} ms on {drawn_on(found.display)}. The debounce time, {DEBOUNCE_MS} ms, is taken off."
    )
    middle = rounds.spread(50)[1] <= RATIO_P99
    kept = middle and p99 <= most99
    return {
        "S3": rounds.figure(99, "ms", f"p99 <= {RATIO_P99:g} x", kept, why),
        "S3.p50": rounds.figure(50, "ms", f"p50 <= {RATIO_P99:g} x", middle, ""),
    }
