"""The chime as a wave: two notes, no louder than a voice, and no click at its ends."""

from __future__ import annotations

from array import array
from itertools import pairwise
from math import cos, pi, sin

import pytest

from drivers.chime import RATE, chime


def test_the_chime_begins_and_ends_in_silence_and_is_as_loud_as_a_voice() -> None:
    samples = array("h", chime())
    assert len(samples) == pytest.approx(1.3 * RATE, abs=1)
    assert (samples[0], samples[-1]) == (0, 0)
    assert max(map(abs, samples)) == pytest.approx(0.5 * 32_767, abs=1)
    steps = [abs(b - a) for a, b in pairwise(samples)]
    assert max(steps) < 0.2 * 32_767  # no click


def test_the_chime_is_two_notes_of_a_third() -> None:
    samples = array("h", chime())

    def strength(pitch: float, first: float, last: float) -> float:
        part = samples[int(first * RATE) : int(last * RATE)]
        turn = 2 * pi * pitch / RATE
        across = sum(sample * cos(turn * index) for index, sample in enumerate(part))
        along = sum(sample * sin(turn * index) for index, sample in enumerate(part))
        return float((across**2 + along**2) ** 0.5 / len(part))

    assert strength(659.26, 0.05, 0.4) > 20 * strength(523.25, 0.05, 0.4)
    assert strength(523.25, 0.6, 1.2) > 2 * strength(659.26, 0.6, 1.2)
    assert strength(600.0, 0.05, 1.2) < 0.1 * strength(523.25, 0.6, 1.2)
