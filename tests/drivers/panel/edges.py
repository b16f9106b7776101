"""A contact's edges, bouncing or at random, on time that tests make up."""

from __future__ import annotations

from hypothesis import strategies as st

SETTLE = 20.0
Edge = tuple[int, bool, float]  # level, closed, at


def bouncing(level: int, closed: bool, at: float, bounce: tuple[float, ...]) -> list[Edge]:
    """The contact goes to `closed` and takes the bounce's milliseconds to stay there."""
    edges, state = [], closed
    for milliseconds in bounce:
        edges.append((level, state, at))
        state = not state
        at += milliseconds
    return [*edges, (level, closed, at)]


@st.composite
def waves(draw: st.DrawFn) -> list[Edge]:
    gaps = draw(st.lists(st.integers(1, 60), max_size=40))
    times = [float(sum(gaps[: place + 1])) for place in range(len(gaps))]
    return [(draw(st.integers(1, 5)), draw(st.booleans()), at) for at in times]
