"""Our bytes through emupos, a printer simulator that knows nothing of hallside: what stands on each piece of paper.

emupos has code page 437 for text and no Kanji mode, so a Chinese character appears as the two characters of its bytes:
encoded back they are the bytes, and those are GB18030.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest
from PIL import Image

if tuple(sys.version_info) < (3, 13):
    pytest.skip("the decoder, emupos, has no release for a Python before 3.13", allow_module_level=True)

# By name, for a type checker set to Python 3.11 cannot read its source.
PROFILE: Any = import_module("emupos.config")
MODEL: Any = import_module("emupos.printer.escpos.model")
TOKENS: Any = import_module("emupos.printer.escpos.tokenizer")


@dataclass(frozen=True)
class Piece:
    """One piece of paper. texts: its lines; codes: of the QR codes; images: (width, height) of the pictures, in order.

    dots: the rows of the whole piece that have ink, each as text of 0 and 1.
    """

    texts: list[str]
    codes: list[str]
    images: list[tuple[int, int]]
    picture: Image.Image

    @property
    def dots(self) -> list[str]:
        wide, rows = self.picture.width, self.picture.convert("L").tobytes()
        lines = (rows[at : at + wide] for at in range(0, len(rows), wide))
        return ["".join("0" if dot else "1" for dot in line) for line in lines if 0 in line]


def decoded(job: bytes, width_dots: int) -> list[Piece]:
    """The pieces a job cuts off. AssertionError for a byte that means nothing to the decoder, or paper left uncut."""
    profile = PROFILE.PrinterProfile(
        type="printer", name="any", dpi=203, width_dots=width_dots, font_a=PROFILE.FontCell(width=12, height=24),
        font_b=PROFILE.FontCell(width=9, height=17), code_pages={0: "PC437"}, default_code_page=0,
        drawer_sensor_open_level="high",
    )  # fmt: skip
    model, tokens = MODEL.PrintModel("printer", profile), TOKENS.Tokenizer()
    return list(_pieces(model, tokens, job))


def _pieces(model: Any, tokens: Any, job: bytes) -> Iterator[Piece]:
    for token in tokens.feed(job):
        if isinstance(token, TOKENS.Command) and token.name == "GS V":
            receipt = model.finish("cut")
            assert receipt is not None, "a cut with nothing before it"
            yield _piece(receipt.text, Image.open(io.BytesIO(receipt.png)))
        else:
            events = model.process(token)
            assert not events, f"the decoder cannot make anything of {events}"
    assert tokens.close() is None, "the job ends within a command"
    assert model.finish("connection-closed") is None, "paper is left that is not cut off"


def _piece(dump: str, picture: Image.Image) -> Piece:
    texts, codes, images = [], [], []
    for line in dump.split("\n"):
        if code := re.fullmatch(r"\[qr (.*)\]", line):
            codes.append(code[1])
        elif image := re.fullmatch(r"\[image (\d+)x(\d+)\]", line):
            images.append((int(image[1]), int(image[2])))
        elif line:
            texts.append(line.encode("cp437").decode("gb18030"))
    return Piece(texts, codes, images, picture)
