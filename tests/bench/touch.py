"""S1: from the touch on a service to the ticket's last byte at the printer's port, over a real Mosquitto.

S1 and S1.p99 are from a touch that is injected behind the screen's driver (tests.bench.touch_injected), S1.window is
from a finger on a real window (tests.bench.touch_window).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.bench.figures import Figures, Rounds, percentile, verdict
from tests.bench.touch_injected import Touches, one_round
from tests.bench.touch_window import from_a_window

RATIO_P50: Final = 3.0
MOST_P99: Final = 25.0  # ms


def measure(rounds: int, samples: int, tell: Callable[[str], None]) -> Figures:
    """So many rounds, each in a fresh hall, of so many tickets; and one round from a real window."""
    found = Touches()
    for n in range(rounds):
        tell(f"S1 round {n + 1} of {rounds}")
        one_round(found, samples)
    tell("S1 from a real window")
    return figures(found, from_a_window(samples, found.targets))


def figures(found: Touches, window: Rounds | None) -> Figures:
    """S1, S1.p99 and S1.window. window: None where there is no finger for a real window."""
    rounds = found.rounds
    p50, yard, p99 = rounds.value(50), rounds.yardstick(50), rounds.value(99)
    slowest = rounds.spread(50)[1]
    fast, bounded = slowest <= RATIO_P50, p99 <= MOST_P99
    parts = {"S1.p99": rounds.figure(99, "ms", f"p99 <= {MOST_P99:g} ms", bounded, "")}
    seen = "A touch on a real window was not measured: no Xvfb or no libXtst here."
    if window:
        worst = window.value(99)
        seen = (
            f"On a real window (SDL on X) p50 {window.value(50):.1f}, p99 {worst:.1f} ms, "
            f"{verdict(worst, MOST_P99, 'ms')}."
        )
        parts["S1.window"] = window.figure(99, "ms", f"p99 <= {MOST_P99:g} ms", worst <= MOST_P99, seen)
    why = (
        f"p50 {verdict(p50, RATIO_P50 * yard, 'ms')}, in the worst round {slowest:.2f} x (each must keep {RATIO_P50:g} "
        f"x); p99 {p99:.1f} ms {verdict(p99, MOST_P99, 'ms')}. "
        f"Yardstick p50: commit {percentile(found.commits, 50):.2f} ms twice, request {percentile(found.asks, 50):.2f} "
        f"ms. The injected touch's socket adds at most {percentile(found.injections, 50):.2f} ms, not taken off. {seen}"
    )
    kept = fast and all(part.passed for part in parts.values())
    return {"S1": rounds.figure(50, "ms", f"p50 <= {RATIO_P50:g} x, p99 <= {MOST_P99:g} ms", kept, why), **parts}
