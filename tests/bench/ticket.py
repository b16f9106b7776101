"""S5: what a ticket weighs on the wire, beside the same paper as one picture from python-escpos.

Nothing is timed: bytes are counted, and a serial line takes ten bits for each (8N1).
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from PIL import Image

from device.press import paper_of, press_of
from drivers.printer_profiles import PROFILES
from screens.document import Document
from screens.paper_picture import png
from screens.slips.samples import SAMPLES
from screens.ticket import compose
from tests.bench.figures import Figure, Figures, under_one_head, verdict

MOST_BYTES: Final = 900
FEWER: Final = 40  # times, than the picture
BAUD: Final = 19_200
MOST_SECONDS: Final = 0.5
STANDARD: Final[Any] = SAMPLES["ticket"]  # number, service, place, people ahead, estimate, time, notices, QR
TICKETS: Final = {
    "S5": ("generic-80", STANDARD),
    "S5.58mm": ("generic-58", STANDARD),
    "S5.english": ("generic-80", replace(STANDARD, lang="en")),
    "S5.reprint": ("generic-80", replace(STANDARD, reprint=True)),
}


def measure(rounds: int, samples: int, tell: Callable[[str], None]) -> Figures:
    """The same every time, so once is enough whatever is asked for."""
    del rounds, samples
    sizes = {name: weigh(model, compose(facts)) for name, (model, facts) in TICKETS.items()}
    tell(", ".join(f"{name} {ours} of {theirs} bytes" for name, (ours, theirs) in sizes.items()))
    return figures(sizes)


def weigh(model: str, document: Document) -> tuple[int, int]:
    """Bytes for this model of printer: ours, and python-escpos's for a picture of the same paper."""
    from escpos.printer import Dummy

    press = press_of(PROFILES[model])
    paper = Image.open(io.BytesIO(png(document, press=press)))
    edge = (paper.width - press.dots) // 2
    raster = Dummy()
    raster.profile.profile_data["media"]["width"]["pixels"] = press.dots  # or it prints a remark on our output
    raster.image(paper.crop((edge, 0, edge + press.dots, paper.height)))
    return len(paper_of(model)(document)), len(raster.output)


def figures(sizes: dict[str, tuple[int, int]]) -> Figures:
    """S5 of the standard ticket on 80 mm, and the other tickets as parts of the promise."""
    limit = f"<= {MOST_BYTES} bytes, {FEWER} x fewer than as a picture, {MOST_SECONDS:g} s at {BAUD} baud"
    parts = {}
    for name, (ours, theirs) in sizes.items():
        kept = ours <= MOST_BYTES and ours * FEWER <= theirs and _seconds(ours) <= MOST_SECONDS
        ratio = ours / theirs
        parts[name if "." in name else f"{name}.80mm"] = Figure(ours, "bytes", theirs, limit, kept, (ratio, ratio))
    wire = max(ours for ours, _ in sizes.values())
    why = (
        f"{_seconds(wire):.2f} s on the wire for the longest, {verdict(_seconds(wire), MOST_SECONDS, 's')}; "
        f"at least {min(theirs / ours for ours, theirs in sizes.values()):.0f} x fewer bytes than the picture."
    )
    return under_one_head("S5", parts, dict.fromkeys(parts, float(MOST_BYTES)), limit, why)


def _seconds(size: int) -> float:
    return size * 10 / BAUD
