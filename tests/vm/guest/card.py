"""The other end of the guest's sound card: what is played into the one is recorded from the other (snd-aloop)."""

from __future__ import annotations

import subprocess
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Final

from tests.vm.guest.gadgets import await_one, modprobe

CARD: Final = "Loopback"  # the kernel's name of it
BOUND: Final = Path("/sys/bus/platform/drivers/snd_aloop")
PLAYING: Final = Path("/proc/asound/Loopback/pcm0p/sub0/hw_params")  # how the playing side has it; the other must too
KINDS: Final = {"S16_LE": ("h", 0), "S32_LE": ("i", 16)}  # format -> type of array, bits more than 16
QUIET: Final = 200  # of 32,768: nothing is played yet


def plug_card() -> None:
    modprobe("snd-aloop", "pcm_substreams=1", "id=Loopback")


def take_card_away() -> None:
    """As if pulled out. Returns when whoever held it has let go: the kernel waits for that."""
    (BOUND / "unbind").write_text("snd_aloop.0")


def put_card_back() -> None:
    (BOUND / "bind").write_text("snd_aloop.0")


@dataclass
class Wire:
    """What was recorded: samples in units of 16 bit, of one channel."""

    rate: int
    samples: list[float] = field(default_factory=list)

    def likeness(self, sound: bytes, rate: int) -> tuple[float, float]:
        """How like this sound (16 bit, mono) it is, where it is most; 1 is the same wave. And its level beside it."""
        wanted = array("h", sound)
        begin = next((place for place, value in enumerate(self.samples) if abs(value) > QUIET), 0)
        around = range(max(0, begin - 300), begin + 300)
        coarse = max(around[::3], key=lambda start: self._like(wanted, rate, start, 97)[0])
        fine = max(range(max(0, coarse - 3), coarse + 4), key=lambda start: self._like(wanted, rate, start, 11)[0])
        return self._like(wanted, rate, fine, 5)

    def _like(self, wanted: array[int], rate: int, start: int, every: int) -> tuple[float, float]:
        step = self.rate / rate
        last = len(self.samples) - 1
        pairs = [
            (wanted[n], self.samples[min(last, max(0, start + round(n * step)))]) for n in range(0, len(wanted), every)
        ]
        played, heard = sqrt(sum(a * a for a, _ in pairs)), sqrt(sum(b * b for _, b in pairs))
        return sum(a * b for a, b in pairs) / (played * heard or 1.0), heard / (played or 1.0)


@contextmanager
def recorded(folder: Path) -> Iterator[Wire]:
    """Record while this is entered; the wire is filled when it is left. Somebody must have the card open to play."""
    params = dict(line.split(": ", 1) for line in PLAYING.read_text().splitlines())
    kind, more = KINDS[params["format"]]
    rate, channels = params["rate"].split()[0], params["channels"]
    file = folder / "wire"
    file.unlink(missing_ok=True)
    form = ("-t", "raw", "-f", params["format"], "-r", rate, "-c", channels)
    wire = Wire(int(rate))
    with subprocess.Popen(["arecord", "-q", "-D", "hw:Loopback,1,0", *form, str(file)]) as arecord:
        await_one(folder, "wire")
        try:
            yield wire
        finally:
            arecord.terminate()
    data = file.read_bytes()
    samples = array(kind)
    samples.frombytes(data[: len(data) - len(data) % (samples.itemsize * int(channels))])
    wire.samples = [sample / 2**more for sample in samples[:: int(channels)]]
