"""WAV files as the sound that is played: 16 bit, mono, little-endian, RATE. A recording may have another speed, or two
channels; a synthesizer may write through a pipe, where it cannot know the length and gives one that is too long."""

from __future__ import annotations

import stat
import wave
from array import array
from io import BytesIO
from math import inf
from pathlib import Path
from sys import byteorder
from typing import Final

from drivers.chime import RATE, pcm

UNKNOWN: Final = 2**29  # frames: no clip is so long, so this length is a pipe's
SILENT: Final = 150  # of 32,767: below it nobody hears anything in a hall
LONGEST: Final = 60  # seconds of a recording: no phrase is so long; an hour of it would hold up every call behind it
LARGEST: Final = 2 * 2 * 96_000 * LONGEST + 2**20  # bytes of such a file, with what a program writes beside the sound
EDGE: Final = RATE // 100  # samples left beside the sound, so that it is not cut


class NoWave(Exception):
    """These bytes are no sound we can play; the text says why."""


def read_recording(path: Path) -> bytes:
    """What somebody recorded, without the silence around it. OSError; NoWave as of `read_wav`, if it is longer than
    LONGEST, or if nothing is to be heard in it: a call would have a hole where this piece is."""
    told = path.stat()
    if not stat.S_ISREG(told.st_mode):
        raise NoWave("is no file")
    if told.st_size > LARGEST:
        raise NoWave(f"{told.st_size >> 20} MB, and no phrase is longer than {LONGEST} s")
    sound = trimmed(read_wav(path.read_bytes(), LONGEST))
    if not sound:
        raise NoWave("nothing is to be heard in it")
    return sound


def read_wav(data: bytes, longest: float = inf) -> bytes:
    """The sound of a WAV file. NoWave if it is none, is cut off, is not 16 bit in one or two channels, or is longer
    than so many seconds."""
    try:
        with wave.open(BytesIO(data)) as clip:
            channels, width, rate, claimed = clip.getparams()[:4]
            if width != 2 or channels not in (1, 2) or not 8_000 <= rate <= 96_000:
                raise NoWave(f"not 16 bit, mono or stereo, 8 to 96 kHz: {8 * width} bit, {channels} x {rate} Hz")
            sound: bytes = clip.readframes(claimed)
    except (wave.Error, EOFError, RuntimeError) as fault:  # a chunk that reaches beyond the file is the last of them
        raise NoWave(str(fault) or "cut off") from fault
    if len(sound) != 2 * channels * claimed and claimed < UNKNOWN:
        raise NoWave("the end is missing")
    if (seconds := len(sound) / 2 / channels / rate) > longest:
        raise NoWave(f"{seconds:.0f} s long, and no phrase is longer than {longest:g} s")
    sound = sound[: len(sound) // 2 * 2]  # a pipe may have been closed within a sample
    if channels == 1 and rate == RATE:
        return sound
    samples = _samples(sound)
    if channels == 2:
        samples = array("h", [(a + b) // 2 for a, b in zip(samples[::2], samples[1::2], strict=False)])
    return pcm(samples if rate == RATE else _at_rate(samples, rate))


def write_wav(path: Path, sound: bytes) -> None:
    """The sound as a file any program plays."""
    with path.open("wb") as file, wave.open(file, "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(2)
        clip.setframerate(RATE)
        clip.writeframes(sound)


def trimmed(sound: bytes) -> bytes:
    """Without the silence before and behind, so that pieces follow each other as in one breath."""
    samples = _samples(sound)
    first = next((k for k, sample in enumerate(samples) if abs(sample) > SILENT), len(samples))
    if first == len(samples):
        return b""
    last = next(k for k in range(len(samples) - 1, -1, -1) if abs(samples[k]) > SILENT)
    return sound[2 * max(0, first - EDGE) : 2 * (last + 1 + EDGE)]


def _at_rate(samples: array[int], rate: int) -> array[int]:
    """Linear interpolation: good for speech, and done once, when a clip is taken in."""
    count = len(samples) * RATE // rate
    step = rate / RATE
    padded = [*samples, samples[-1]] if samples else [0]
    made = array("h")
    for k in range(count):
        place = int(k * step)
        part = k * step - place
        made.append(round(padded[place] * (1 - part) + padded[place + 1] * part))
    return made


def _samples(sound: bytes) -> array[int]:
    samples = array("h")
    samples.frombytes(sound)
    if byteorder == "big":
        samples.byteswap()
    return samples
