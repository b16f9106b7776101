"""Puts a picture on a pygame surface: only what changed, from caches that stay small."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pygame

from screens.figures import FIGURES, Stroke
from screens.fonts import Fonts
from screens.layout.picture import CAP, Area, Box, Figure, Panel, Picture, Text
from screens.qr import modules
from screens.theme import Colour, Theme

CACHE_BYTES = 16 * 1024 * 1024  # of drawn texts and shapes; a full board takes about 6 MB
PAGE_BYTES = CACHE_BYTES // 4  # of a whole page that is kept; a larger one is drawn from its texts and shapes
NUMBER = re.compile("[A-Z]?[0-9]+")
SMOOTH = 4  # figures are drawn this many times larger and brought down


class Cache:
    """Surfaces by what they show, the longest unused thrown away when they get too many bytes."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self.bytes = 0
        self._limit = limit
        self._kept: OrderedDict[Hashable, tuple[pygame.Surface, int]] = OrderedDict()

    def get(self, name: Hashable, draw: Callable[[], tuple[pygame.Surface, int]]) -> tuple[pygame.Surface, int]:
        """The surface kept under this name, drawn now if need be, and the number kept with it."""
        if kept := self._kept.get(name):
            self._kept.move_to_end(name)
            return kept
        made = self._kept[name] = draw()
        self.bytes += _bytes(made[0])
        while self.bytes > self._limit and len(self._kept) > 1:
            _, (oldest, _) = self._kept.popitem(last=False)
            self.bytes -= _bytes(oldest)
        return made


def _bytes(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * 4


class Painter:
    """Draws pictures in one theme. To be used on the main thread only."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        self._theme = theme
        self._fonts = fonts
        self.cache = Cache()
        self._lacking: dict[str, None] = {}

    def lacking(self) -> tuple[str, ...]:
        """What files the pages painted since the last question named and had not: `photo`, `logo`."""
        found, self._lacking = tuple(self._lacking), {}
        return found

    def paint(self, surface: pygame.Surface, picture: Picture, previous: Picture | None = None) -> list[Area]:
        """Draw `picture` where it differs from `previous`, which is what the surface shows (None: nothing known).

        Returns the rectangles that changed; [] when nothing did.
        """
        whole = pygame.Rect(0, 0, picture.width, picture.height)
        if picture.again and (previous is None or picture.name != previous.name) and _bytes(surface) <= PAGE_BYTES:
            page, _ = self.cache.get(("page", picture.boxes), lambda: (self._page(surface, picture), 0))
            surface.blit(page, (0, 0))
            return [(0, 0, picture.width, picture.height)]
        areas = [whole] if previous is None else _changed(picture, previous, whole)
        for area in areas:
            surface.set_clip(area)
            # Whatever may reach into the area; written out, because a board has a hundred boxes and redraws one.
            left, top, right, bottom = area.x - 1, area.y - 1, area.right + 1, area.bottom + 1
            for box in picture.boxes:
                if box.x < right and box.y < bottom and box.x + box.w > left and box.y + box.h > top:
                    self._draw(surface, box)
        surface.set_clip(None)
        return [(a.x, a.y, a.w, a.h) for a in areas]

    def _page(self, like: pygame.Surface, picture: Picture) -> pygame.Surface:
        page = pygame.Surface((picture.width, picture.height), 0, like)
        for box in picture.boxes:
            self._draw(page, box)
        return page

    def _draw(self, surface: pygame.Surface, box: Box) -> None:
        match box:
            case Panel():
                self._panel(surface, box)
            case Text():
                self._text(surface, box)
            case Figure():
                self._figure(surface, box)

    def _panel(self, surface: pygame.Surface, box: Panel) -> None:
        rect = pygame.Rect(box.x, box.y, box.w, box.h)
        if box.edge and box.edge_px:
            self._rounded(surface, rect, self._theme.colours[box.edge], box.radius)
            rect = rect.inflate(-2 * box.edge_px, -2 * box.edge_px)
        self._rounded(surface, rect, self._theme.colours[box.colour], max(0, box.radius - box.edge_px))

    def _rounded(self, surface: pygame.Surface, rect: pygame.Rect, colour: Colour, radius: int) -> None:
        r = min(radius, rect.w // 2, rect.h // 2)
        if r <= 0:
            surface.fill(colour, rect)
            return
        surface.fill(colour, (rect.x + r, rect.y, rect.w - 2 * r, rect.h))
        surface.fill(colour, (rect.x, rect.y + r, r, rect.h - 2 * r))
        surface.fill(colour, (rect.right - r, rect.y + r, r, rect.h - 2 * r))
        round_, _ = self.cache.get(("disc", r, colour), lambda: (_disc(r, colour), 0))
        surface.blit(round_, rect.topleft, (0, 0, r, r))
        surface.blit(round_, (rect.right - r, rect.y), (r, 0, r, r))
        surface.blit(round_, (rect.x, rect.bottom - r), (0, r, r, r))
        surface.blit(round_, (rect.right - r, rect.bottom - r), (r, r, r, r))

    def _text(self, surface: pygame.Surface, box: Text) -> None:
        if box.down:
            self._column(surface, box)
            return
        # Numbers change all day and are made of the same few signs: those are kept one by one.
        parts = list(box.text) if NUMBER.fullmatch(box.text) else [box.text]
        drawn = [self._drawn(part, box) for part in parts]
        width = sum(advance for _, _, advance in drawn)
        x = box.x + {"left": 0, "center": (box.w - width) // 2, "right": box.w - width}[box.align]
        baseline = box.y + int((box.h + CAP * box.size) / 2)  # rounded up the page: descenders need the room
        for piece, base, advance in drawn:
            surface.blit(piece, (x, baseline - base))
            x += advance

    def _column(self, surface: pygame.Surface, box: Text) -> None:
        """A line that runs down: drawn along, turned to the right. Its capitals' middle is the column's."""
        colour = self._theme.colours[box.colour]

        def draw() -> tuple[pygame.Surface, int]:
            along, base = self._fonts.draw(box.text, box.size, box.bold, colour, down=True)
            return pygame.transform.rotate(along, -90), along.get_height() - base

        drawn, left = self.cache.get((box.text, box.size, box.bold, colour, "down"), draw)
        spare = box.h - drawn.get_height()
        y = box.y + {"left": 0, "center": spare // 2, "right": spare}[box.align]
        surface.blit(drawn, (box.x + int((box.w - CAP * box.size) / 2) - left, y))

    def _drawn(self, text: str, box: Text) -> tuple[pygame.Surface, int, int]:
        """The text's surface, its baseline, and how far it moves the pen."""
        colour = self._theme.colours[box.colour]
        name = (text, box.size, box.bold, colour)
        drawn, base = self.cache.get(name, lambda: _trimmed(*self._fonts.draw(text, box.size, box.bold, colour)))
        return drawn, base, self._fonts.width(text, box.size, bold=False) if len(text) == 1 else drawn.get_width()

    def _figure(self, surface: pygame.Surface, box: Figure) -> None:
        fore, back = self._theme.colours[box.colour], self._theme.colours[box.on]
        size = min(box.w, box.h)
        if box.name == "photo" and (photo := self._photo(box)) is not None:
            surface.blit(photo, (box.x, box.y))
            return
        if box.name == "emblem" and (logo := self._file("logo", self._theme.logo, size, size)) is not None:
            surface.blit(logo, (box.x + (box.w - size) // 2, box.y + (box.h - size) // 2))
            return
        if box.name == "qr":
            drawn, _ = self.cache.get(
                ("qr", box.text, size, fore, back), lambda: (_code(box.text, size, fore, back), 0)
            )
            surface.blit(drawn, (box.x + (box.w - size) // 2, box.y + (box.h - size) // 2))
            return
        strokes = FIGURES["person" if box.name == "photo" else box.name]
        inks = {"fore": fore, "back": back, "dark": self._theme.colours["on-level"]}
        drawn, _ = self.cache.get((box.name, size, fore, back), lambda: (_strokes(strokes, size, inks), 0))
        surface.blit(drawn, (box.x + (box.w - size) // 2, box.y + (box.h - size) // 2))

    def _photo(self, box: Figure) -> pygame.Surface | None:
        """The staff photo, cut to the box; None if there is none on this device (then a silhouette stands for it)."""
        path = self._theme.photos / Path(box.text).name if self._theme.photos and box.text else None
        return self._file("photo", path, box.w, box.h)

    def _file(self, kind: str, path: Path | None, w: int, h: int) -> pygame.Surface | None:
        """A picture file cut to this size; None, and noted, if it is named and is not there or is no picture."""
        if path is None:
            return None
        drawn, _ = self.cache.get((kind, str(path), w, h), lambda: (_cut(path, w, h), 0))
        if drawn.get_width() > 1:
            return drawn
        self._lacking[kind] = None
        return None


def _changed(picture: Picture, previous: Picture, whole: pygame.Rect) -> list[pygame.Rect]:
    if (picture.width, picture.height) != (previous.width, previous.height):
        return [whole]
    areas = _apart(pygame.Rect(_reach(box)).clip(whole) for box in _differing(picture.boxes, previous.boxes))
    return [whole] if sum(a.w * a.h for a in areas) > 0.8 * whole.w * whole.h else areas


def _differing(now: Sequence[Box], before: Sequence[Box]) -> Iterable[Box]:
    """Boxes that are in one of the two only. A part that was not laid out anew is the very same boxes."""
    if len(now) != len(before):
        return set(now) ^ set(before)
    return [
        box for pair in zip(now, before, strict=True) if pair[0] is not pair[1] and pair[0] != pair[1] for box in pair
    ]


def _reach(box: Box) -> Area:
    """The pixels a box may touch: small type is rounded to whole pixels and may stand out of its box by one."""
    return (box.x - 1, box.y - 1, box.w + 2, box.h + 2) if isinstance(box, Text) else (box.x, box.y, box.w, box.h)


def _apart(areas: Iterable[pygame.Rect]) -> list[pygame.Rect]:
    """Rectangles that cover the same and do not overlap: those that do are united."""
    done: list[pygame.Rect] = []
    for area in sorted(areas, key=lambda r: (r.y, r.x, r.w, r.h)):
        grown = area.copy()
        while (other := grown.collidelist(done)) >= 0:
            grown.union_ip(done.pop(other))
        done.append(grown)
    return [area for area in done if area.w and area.h]


def _trimmed(drawn: pygame.Surface, base: int) -> tuple[pygame.Surface, int]:
    """Without the empty lines above and below: a font leaves twice the ink's height, and all of it would be blended."""
    ink = drawn.get_bounding_rect()
    return drawn.subsurface((0, ink.y, drawn.get_width(), max(1, ink.h))).copy(), base - ink.y


def _disc(radius: int, colour: Colour) -> pygame.Surface:
    big = pygame.Surface((2 * radius * SMOOTH, 2 * radius * SMOOTH), pygame.SRCALPHA)
    big.fill((*colour, 0))
    pygame.draw.circle(big, colour, (radius * SMOOTH, radius * SMOOTH), radius * SMOOTH)
    return pygame.transform.smoothscale(big, (2 * radius, 2 * radius))


def _strokes(strokes: tuple[Stroke, ...], size: int, inks: dict[str, Colour]) -> pygame.Surface:
    side = size * SMOOTH
    big = pygame.Surface((side, side), pygame.SRCALPHA)
    big.fill((*inks["fore"], 0))
    k = side / 100

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * k, point[1] * k

    for stroke in strokes:
        match stroke:
            case "disc", centre, radius, ink:
                pygame.draw.circle(big, inks[ink], at(centre), radius * k)
            case "poly", points, ink:
                pygame.draw.polygon(big, inks[ink], [at(p) for p in points])
            case "line", points, width, ink:
                _thick(big, [at(p) for p in points], width * k, inks[ink])
    return pygame.transform.smoothscale(big, (size, size))


def _code(text: str, size: int, dark: Colour, light: Colour) -> pygame.Surface:
    """A QR code whose modules are whole pixels, in the middle of the square."""
    rows = modules(text)
    step = max(1, size // len(rows))
    code = pygame.Surface((size, size))
    code.fill(light)
    edge = (size - step * len(rows)) // 2
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            if is_dark:
                code.fill(dark, (edge + x * step, edge + y * step, step, step))
    return code


def _thick(big: pygame.Surface, points: list[tuple[float, float]], width: float, colour: Colour) -> None:
    """A line with round ends and joints."""
    for a, b in pairwise(map(pygame.Vector2, points)):
        if a != b:
            across = (b - a).rotate(90).normalize() * (width / 2)
            pygame.draw.polygon(big, colour, [a + across, b + across, b - across, a - across])
    for point in points:
        pygame.draw.circle(big, colour, point, width / 2)


def _cut(path: Path, w: int, h: int) -> pygame.Surface:
    """A photo scaled to fill w x h, its middle kept; one pixel when the file cannot be read."""
    try:
        photo = pygame.image.load(path)
    except (pygame.error, OSError):
        return pygame.Surface((1, 1))
    scale = max(w / photo.get_width(), h / photo.get_height())
    size = (max(w, round(photo.get_width() * scale)), max(h, round(photo.get_height() * scale)))
    large = pygame.transform.smoothscale(photo, size)
    return large.subsurface(((size[0] - w) // 2, (size[1] - h) // 2, w, h)).copy()
