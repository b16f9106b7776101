"""The sheet a page is written on: cuts rectangles, fits texts, names targets, and notes what did not come out well."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from screens.layout.fit import Fitted, Para, fit
from screens.layout.picture import OTHER_END, Align, Area, Box, Figure, Panel, Picture, Ruler, Screen, Text, Way
from screens.phrases import Words, beside, direction
from screens.shaping import script_of

TOUCH_MM = 20  # the least width and height of a touch key
UPRIGHT = re.compile(r"[A-Z]?[0-9 :.-]{0,9}", re.ASCII)  # what stands upright where lines run down
RIGHT_TO_LEFT_MARK = "\u200f"
RUNNING = frozenset({"Arab", "Mong"})  # scripts that are not written from the left
HANZI = "\u2e80"  # the first of the Chinese blocks
SHARES = (20, 28, 36, 44)  # per cent of a place's width for columns beside Chinese, the least that is enough
MOST_COLUMNS, LEAST_COLUMN = 8, 70  # of one text; per cent of its wished size
SECOND_SIZES = {"bo": 150}  # per cent: Tibetan letters are as small as their stacks are high
LEAST_BESIDE = 90  # per cent of its size alone that Chinese keeps beside columns


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of whole pixels that can be cut into smaller ones."""

    x: int
    y: int
    w: int
    h: int

    def inset(self, dx: int, dy: int | None = None) -> Rect:
        """The same, smaller by dx on the left and right and dy (dx) above and below."""
        dy = dx if dy is None else dy
        return Rect(self.x + dx, self.y + dy, max(0, self.w - 2 * dx), max(0, self.h - 2 * dy))

    def top(self, h: int, gap: int = 0) -> tuple[Rect, Rect]:
        """The upper h pixels, and what is left below the gap."""
        return Rect(self.x, self.y, self.w, h), Rect(self.x, self.y + h + gap, self.w, max(0, self.h - h - gap))

    def bottom(self, h: int, gap: int = 0) -> tuple[Rect, Rect]:
        """The lower h pixels, and what is left above the gap."""
        return Rect(self.x, self.y + self.h - h, self.w, h), Rect(self.x, self.y, self.w, max(0, self.h - h - gap))

    def left(self, w: int, gap: int = 0) -> tuple[Rect, Rect]:
        """The left w pixels, and what is left to the right of the gap."""
        return Rect(self.x, self.y, w, self.h), Rect(self.x + w + gap, self.y, max(0, self.w - w - gap), self.h)

    def right(self, w: int, gap: int = 0) -> tuple[Rect, Rect]:
        """The right w pixels, and what is left to the left of the gap."""
        return Rect(self.x + self.w - w, self.y, w, self.h), Rect(self.x, self.y, max(0, self.w - w - gap), self.h)

    def columns(self, n: int, gap: int) -> list[Rect]:
        """n parts side by side that fill the width to the pixel."""
        edges = [round((self.w + gap) * i / n) for i in range(n + 1)]
        return [Rect(self.x + a, self.y, b - a - gap, self.h) for a, b in pairwise(edges)]

    def rows(self, n: int, gap: int) -> list[Rect]:
        """n parts one below the other that fill the height to the pixel."""
        edges = [round((self.h + gap) * i / n) for i in range(n + 1)]
        return [Rect(self.x, self.y + a, self.w, b - a - gap) for a, b in pairwise(edges)]

    def middle(self, w: int, h: int) -> Rect:
        """A rectangle of this size in the centre."""
        return Rect(self.x + (self.w - w) // 2, self.y + (self.h - h) // 2, w, h)

    @property
    def area(self) -> Area:
        return self.x, self.y, self.w, self.h


@dataclass(slots=True)
class Sheet:
    """One page while it is being laid out."""

    name: str
    screen: Screen
    ruler: Ruler
    other: str = "en"  # the language beside Chinese on a page that has two; "zh": there is none
    boxes: list[Box] = field(default_factory=list)
    targets: dict[str, Area] = field(default_factory=dict)
    flaws: dict[str, None] = field(default_factory=dict)

    @property
    def page(self) -> Rect:
        return Rect(0, 0, self.screen.width_px, self.screen.height_px)

    @property
    def words(self) -> Words:
        """What stands beside Chinese on a page in two languages."""
        return beside(self.other)

    def panel(self, at: Rect, colour: str, radius: int = 0, edge: str = "", edge_px: int = 0) -> None:
        """Fill a rectangle."""
        self.boxes.append(Panel(*at.area, colour, radius, edge, edge_px))

    def figure(self, at: Rect, name: str, colour: str, on: str, text: str = "") -> None:
        """Draw a shape, as large as fits."""
        self.boxes.append(Figure(*at.area, name, colour, on, text))

    def key(self, at: Rect, name: str) -> None:
        """A finger may press here."""
        if min(self.screen.mm(at.w, at.h)) < TOUCH_MM:
            self.flaws[f"small: {name}"] = None
        self.targets[name] = at.area

    def text(self, at: Rect, para: Para, on: str, align: Align = "left") -> int:
        """One paragraph, its lines centred on the height of the rectangle; returns the type size it got."""
        return self.stack(at, (para,), on, align)[0] if para.text else para.size

    def stack(
        self, at: Rect, paras: Sequence[Para], on: str, align: Align = "left", anchor: str = "middle"
    ) -> list[int]:
        """Paragraphs one below the other, together in the middle (or at the `top`) of the rectangle.

        When they are too high together they all get smaller by the same part. Those of a second language that runs down
        stand beside the others, where the place is high enough for that. Returns the type sizes of those shown.
        """
        if self.screen.way == "ltr" and any(self.runs_down(para.text) for para in paras):
            return self._beside(at, paras, on, align, anchor)
        shown = [self._standing(para) for para in paras if para.text]
        scaled, fitted = shown, self._fit_all(at, shown)
        part = 1.0
        while _height(scaled, fitted) > at.h and part > 0.3:
            part *= 0.95
            scaled = [
                replace(p, size=max(p.smallest, int(p.size * part)), least=p.smallest, gap=int(p.gap * part))
                for p in shown
            ]
            fitted = self._fit_all(at, scaled)
        y = at.y + (max(0, at.h - _height(scaled, fitted)) // 2 if anchor == "middle" else 0)
        for i, (para, done) in enumerate(zip(scaled, fitted, strict=True)):
            y += para.gap if i else 0
            self._note(para.text, done)
            step = para.step(done.size)
            for line in done.lines:
                place = self._upright(at, y, step, done.size, align) if para.across else (at.x, y, at.w, step)
                down = self.screen.way == "down" and not para.across
                end: Align = OTHER_END[align] if self._is(para.text, "rtl") else align
                self.boxes.append(
                    Text(*place, self._led(line), done.size, para.colour, on, end, para.bold, para.main, down)
                )
                y += step
        if y > at.y + at.h:
            self.flaws[f"tall: {shown[0].text}"] = None
        return [done.size for done in fitted]

    def columns(self, at: Rect, paras: Sequence[Para], on: str, align: Align = "left") -> list[int]:
        """Paragraphs whose lines run down, as a block on a page that reads across: the first column on the left."""
        lying = replace(self.screen, width_px=at.h, height_px=at.w, way="down")
        block = Sheet(self.name, lying, self.ruler)
        sizes = block.stack(block.page, paras, on, align)
        for text in block.boxes:
            self.boxes.append(replace(text, x=at.x + text.y, y=at.y + text.x, w=text.h, h=text.w))
        self.flaws |= block.flaws
        return sizes

    def second_size(self, size: int) -> int:
        """Type in the page's second language that looks as large as Latin type of this size, where there is room."""
        return size * SECOND_SIZES.get(self.other, 100) // 100

    def runs_down(self, text: str) -> bool:
        """Whether this is a text in the page's second language, and that is written in columns."""
        return self._is(text, "down")

    def _is(self, text: str, way: Way) -> bool:
        """Whether this is a text in the page's second language, and that is written this way."""
        if direction(self.other) != way:
            return False
        return any(script_of(char) in RUNNING for char in text) and not any(char >= HANZI for char in text)

    def _beside(self, at: Rect, paras: Sequence[Para], on: str, align: Align, anchor: str) -> list[int]:
        """Chinese as if it stood alone, and columns at its right; without them where one of both had no room."""
        across = [para for para in paras if not self.runs_down(para.text)]
        columns = [para for para in paras if self.runs_down(para.text)]
        alone = self.tried()
        sizes = alone.stack(at, across, on, align, anchor)
        for share in SHARES if across else (100,):
            block, rest = self._columned(at, columns, on, align, share)
            left = self.tried()
            fitted = left.stack(rest, across, on, align, anchor)
            if not block.unfit and set(left.flaws) <= set(alone.flaws) and _about(fitted, sizes):
                self.take(block)
                self.take(left)
                return fitted
        self.take(alone)
        return sizes

    def aside(self, at: Rect, columns: Sequence[Para], on: str) -> Rect:
        """Columns at the right of a place, on as little of its width as they need; what is left of it."""
        for share in SHARES:
            block, rest = self._columned(at, columns, on, "left", share)
            if not block.unfit:
                break
        self.take(block)
        return rest

    def _columned(self, at: Rect, paras: Sequence[Para], on: str, align: Align, share: int) -> tuple[Sheet, Rect]:
        """Columns on so much of a place's width, and what is left of it."""
        columns = [
            replace(para, lines=MOST_COLUMNS, least=max(para.least, para.size * LEAST_COLUMN // 100)) for para in paras
        ]
        place, rest = at.right(at.w * share // 100, columns[0].size)
        block = self.tried()
        block.columns(place.inset(0, columns[0].size // 4), columns, on, align)
        return block, rest

    def tried(self) -> Sheet:
        """An empty sheet like this one, to see what comes out."""
        return Sheet(self.name, self.screen, self.ruler, self.other)

    def take(self, tried: Sheet) -> None:
        """What came out on a sheet that was tried."""
        self.boxes += tried.boxes
        self.targets |= tried.targets
        self.flaws |= tried.flaws

    @property
    def cut(self) -> bool:
        """Whether some text on it was cut."""
        return any(flaw.startswith("cut") for flaw in self.flaws)

    @property
    def unfit(self) -> bool:
        """Whether some text on it was cut, or had not the height it needs."""
        return any(flaw.startswith(("cut", "tall")) for flaw in self.flaws)

    def _standing(self, para: Para) -> Para:
        """On a page whose lines run down, a number alone stands upright, as wide as it is."""
        if self.screen.way != "down" or not para.main or not UPRIGHT.fullmatch(para.text):
            return para
        return replace(para, across=self.ruler.width(para.text, 100, para.bold) / 100 + 0.15)

    @staticmethod
    def _upright(at: Rect, y: int, step: int, size: int, align: Align) -> Area:
        """The place of a number that stands upright: no longer along the line than it is high."""
        long = min(at.w, size * 5 // 4)
        x = {"left": at.x, "center": at.x + (at.w - long) // 2, "right": at.x + at.w - long}[align]
        return x, y, long, step

    def _led(self, line: str) -> str:
        """A line of a page that reads from the right does so, even one that begins with a number (UAX 9, HL1)."""
        leads = self._is(line, "rtl") or (self.screen.way == "rtl" and any(script_of(char) == "Arab" for char in line))
        return RIGHT_TO_LEFT_MARK + line if leads else line

    def along(self, row: Sequence[Rect]) -> list[Rect]:
        """Places side by side in the order in which digits are read, which is from the left on a mirrored page too."""
        return list(reversed(row)) if self.screen.way == "rtl" else list(row)

    def _fit_all(self, at: Rect, paras: Sequence[Para]) -> list[Fitted]:
        ruler = (
            _FromTheRight(self.ruler, self._led) if "rtl" in (self.screen.way, direction(self.other)) else self.ruler
        )
        return [fit(para, at.w, at.h, ruler) for para in paras]

    def _note(self, text: str, done: Fitted) -> None:
        if not done.whole:
            self.flaws[f"cut: {text}"] = None
        if lacking := self.ruler.lacks(text):
            self.flaws[f"glyph: {lacking}"] = None

    def word(self, words: Words, key: str, blanks: Mapping[str, str] | None = None) -> str:
        """The phrase for a key that a role chose; the key itself, and a flaw, if nobody has written that phrase."""
        try:
            return words(key, **(blanks or {}))
        except LookupError:
            self.flaws[f"word: {key}"] = None
            return key

    def width(self, text: str, size: int, bold: bool = False) -> int:
        """Pixels this text takes on one line."""
        return self.ruler.width(text, size, bold)

    def picture(self) -> Picture:
        """The finished page."""
        width, height = self.screen.width_px, self.screen.height_px
        return Picture(self.name, width, height, tuple(self.boxes), dict(self.targets), tuple(self.flaws))


@dataclass(frozen=True, slots=True)
class _FromTheRight:
    """Measures a line as it will stand there: which way it reads decides which letters meet, and join."""

    ruler: Ruler
    led: Callable[[str], str]

    def width(self, text: str, size: int, bold: bool) -> int:
        return self.ruler.width(self.led(text), size, bold)

    def lacks(self, text: str) -> str:
        return self.ruler.lacks(text)


def _about(sizes: Sequence[int], wished: Sequence[int]) -> bool:
    """Whether none of these is much smaller than wished."""
    return all(size * 100 >= wish * LEAST_BESIDE for size, wish in zip(sizes, wished, strict=True))


def _height(paras: Sequence[Para], fitted: Sequence[Fitted]) -> int:
    texts = sum(para.step(done.size) * len(done.lines) for para, done in zip(paras, fitted, strict=True))
    return texts + sum(para.gap for para in paras[1:])
