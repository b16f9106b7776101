"""The page of the self test: everything a ticket uses, so that what prints here prints there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from screens.document import Block, Cut, Document, Feed, Image, Line, Pair, Qr, Rule
from screens.slips import frame
from screens.slips.shapes import Short

TEMPLATE: Final = "selftest"


@dataclass(frozen=True, slots=True)
class SelftestFacts:
    """No time: before the network is there nobody knows it."""

    device: Short
    driver: Short
    version: Short


def compose(facts: SelftestFacts) -> Document:
    """One copy: sizes, Chinese, digits, columns, dots, QR and cut."""
    return Document(TEMPLATE, tuple(_blocks(facts)))


def _blocks(facts: SelftestFacts) -> Iterator[Block]:
    title = f"{frame.say(TEMPLATE, 'title')} {frame.say(TEMPLATE, 'title_en')}"
    yield Line(title, scale=2, align="center", bold=True)
    yield Pair(facts.device, facts.driver)
    yield Pair("hallside", facts.version)
    yield Rule()
    yield Line("A012", scale=4, align="center", bold=True)
    yield Line("请您到3号窗口办理　温馨提示：，。；：￥")
    yield Line("abcdefghijklmnopqrstuvwxyz 0123456789")
    yield from (Line(f"{scale} 倍 x{scale}", scale=scale) for scale in (1, 2, 3))
    yield Line(frame.say(TEMPLATE, "dots"), align="center")
    yield bars()
    yield Rule()
    yield Qr(f"hallside selftest {facts.device}")
    yield Line(frame.say(TEMPLATE, "last"), align="center")
    yield from (Feed(3), Cut())


def bars() -> Image:
    """Solid, then every second dot, then a line at each edge: a dead dot of the head or a lost byte shows."""
    wide = 384  # dots; the narrowest head
    edges = bytes((0x80, *[0] * (wide // 8 - 2), 0x01))
    return Image(
        wide, (*[b"\xff" * (wide // 8)] * 8, *[b"\xaa" * (wide // 8), b"\x55" * (wide // 8)] * 4, *[edges] * 8)
    )
