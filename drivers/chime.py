"""The chime before an announcement: two friendly notes, falling a third, as a doorbell does."""

from __future__ import annotations

from array import array
from math import cos, exp, pi, sin
from sys import byteorder
from typing import Final

RATE: Final = 22_050  # samples a second, what espeak-ng gives; 16 bit, mono, little-endian
NOTES: Final = ((659.26, 0.0), (523.25, 0.42))  # Hz and when it is struck: E5, then C5
PARTIALS: Final = ((1.0, 1.0), (2.0, 0.30), (3.0, 0.08))  # the bar of a glockenspiel, softened: ratio and strength
SECONDS: Final = 1.30
DECAY: Final = 0.30  # seconds in which a note falls to 1/e
ATTACK: Final = 0.006  # seconds; a note that begins at once clicks
FADE: Final = 0.10  # seconds at the end, down to nothing
PEAK: Final = 0.5  # of full scale: heard as loud as the voice after it, whose peaks are full scale


def chime() -> bytes:
    """PCM at RATE. It begins and ends with silence's own value, so that nothing clicks."""
    wave = [0.0] * int(RATE * SECONDS)
    for pitch, begin in NOTES:
        first = int(RATE * begin)
        for index, sample in enumerate(_note(pitch, len(wave) - first), first):
            wave[index] += sample
    fade = int(RATE * FADE)
    for index in range(fade):
        wave[-1 - index] *= index / fade
    scale = PEAK * 32_767 / max(map(abs, wave))
    return pcm(array("h", [round(sample * scale) for sample in wave]))


def pcm(samples: array[int]) -> bytes:
    """Signed 16 bit samples as little-endian bytes, on any machine."""
    if byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def silence(seconds: float) -> bytes:
    """PCM at RATE."""
    return bytes(2 * int(RATE * seconds))


def _note(pitch: float, count: int) -> list[float]:
    """Dying sines, each by its recurrence y[n] = 2 r cos(w) y[n-1] - r^2 y[n-2]: five times as fast as sin and exp."""
    note = [0.0] * count
    fall = exp(-1 / (RATE * DECAY))
    for ratio, strength in PARTIALS:
        turn = 2 * pi * pitch * ratio / RATE
        ahead, back = 2 * fall * cos(turn), fall * fall
        now, before = 0.0, -strength * sin(turn) / fall
        for index in range(count):
            note[index] += now
            now, before = ahead * now - back * before, now
    attack = int(RATE * ATTACK)
    for index in range(attack):
        note[index] *= index / attack
    return note
