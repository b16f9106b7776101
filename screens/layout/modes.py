"""How one citizen wishes the kiosk to be: the same pages in large print, in high contrast, or all within low reach.

Large print is larger wherever there is room; what does not fit any more comes on the next page. Low reach is the page
on the lower part of the glass, its title above. High contrast is the second set of colours of the theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from screens.layout.direction import turned
from screens.layout.fit import Para
from screens.layout.parts import Type
from screens.layout.picture import Area, Box, Panel, Picture, Ruler, Screen
from screens.layout.sheet import Sheet
from screens.phrases import Words, direction
from screens.views import KioskPage, Modes

LARGE, LARGE_SMALL = 1.3, 1.15  # times the usual sizes of type; the latter on a glass lower than a hand is long
SCRIPT_LARGE = {"bo": 1.3}  # letters that are small beside others because their stacks are high
LOW_PART, LOW_LEAST_MM = 62, 136  # percent of the height that is kept within reach, but never less than so much
SMALL_MM = 150  # a glass narrower or lower than this may have no room for a page within low reach
HIGH = "high-"  # before the roles of the theme's second set
EDGE_MM = 0.6
FOCUS_MM = 1.6


def in_modes(view: KioskPage, screen: Screen, ruler: Ruler, draw: Callable[[Screen], Picture]) -> Picture:
    """The page as `draw` lays it out, in the modes that the view asks for.

    Where there is no room for that, larger type gives way first, on a small glass then low reach: no word is cut for
    them.
    """
    modes = view.modes
    large = LARGE if screen.height_mm > LOW_LEAST_MM else LARGE_SMALL
    reach = low_height(screen) if modes.low else screen.height_px
    own = SCRIPT_LARGE.get(view.lang, 1.0)
    sizes = tuple(dict.fromkeys((large * own, large, own, 1.0) if modes.large else (own, 1.0)))
    ways = list(dict.fromkeys((height, size) for height in (reach, screen.height_px) for size in sizes))
    small = min(screen.width_mm, screen.height_mm) < SMALL_MM
    ways = [(height, size) for height, size in ways if small or height == reach]
    picture = _roomiest(_reached(view, replace(screen, large=size), ruler, draw, height) for height, size in ways)
    picture = _high(picture, screen) if modes.contrast else picture
    return _focused(picture, modes, screen) if modes.focus in picture.targets else picture


def _reached(view: KioskPage, glass: Screen, ruler: Ruler, draw: Callable[[Screen], Picture], height: int) -> Picture:
    """height: how many pixels from the bottom the page takes."""
    way = direction(view.lang)
    if height == glass.height_px:
        return turned(way, glass, draw)
    low = replace(glass, height_px=height, height_mm=glass.height_mm * height / glass.height_px)
    return _lowered(turned(way, low, draw), view, glass, ruler)


def _roomiest(pictures: Iterable[Picture]) -> Picture:
    """The first on which all words have room; if there is none, the first of those that lack the least."""
    seen: list[Picture] = []
    for picture in pictures:
        seen.append(picture)
        if not _lacks_room(picture):
            return picture
    return min(seen, key=_lacks_room)


def _lacks_room(picture: Picture) -> int:
    return sum(flaw.partition(":")[0] in ("cut", "tall", "small") for flaw in picture.flaws)


def low_height(screen: Screen) -> int:
    """How many pixels from the bottom are within reach; all of them where the whole glass is no higher than a hand."""
    least = screen.px(LOW_LEAST_MM)
    return min(screen.height_px, max(least, screen.height_px * LOW_PART // 100))


def _lowered(picture: Picture, view: KioskPage, screen: Screen, ruler: Ruler) -> Picture:
    down = screen.height_px - picture.height
    head = replace(screen, height_px=down, height_mm=screen.height_mm * down / screen.height_px)
    above = turned(direction(view.lang), head, lambda glass: _title(view, glass, ruler))
    boxes: list[Box] = [*above.boxes, *(replace(box, y=box.y + down) for box in picture.boxes)]
    targets: dict[str, Area] = {key: (x, y + down, w, h) for key, (x, y, w, h) in picture.targets.items()}
    flaws = tuple(dict.fromkeys([*above.flaws, *picture.flaws]))
    return Picture(picture.name, screen.width_px, screen.height_px, tuple(boxes), targets, flaws)


def _title(view: KioskPage, screen: Screen, ruler: Ruler) -> Picture:
    sheet = Sheet("title", screen, ruler)
    sheet.panel(sheet.page, "brand")
    text = Para(Words(view.lang)("kiosk.low_title"), Type.of(screen).main, "on-brand", bold=True, lines=4, main=True)
    sheet.text(sheet.page.inset(screen.px(8), screen.px(3)), text, "brand", "center")
    return sheet.picture()


def _focused(picture: Picture, modes: Modes, screen: Screen) -> Picture:
    """The key that was touched once has a wide edge, for whoever sees a little."""
    edge = HIGH + "help" if modes.contrast else "alert"
    at = picture.targets[modes.focus]
    boxes = (
        replace(box, edge=edge, edge_px=screen.px(FOCUS_MM))
        if isinstance(box, Panel) and (box.x, box.y, box.w, box.h) == at
        else box
        for box in picture.boxes
    )
    return replace(picture, boxes=tuple(boxes))


def _high(picture: Picture, screen: Screen) -> Picture:
    return replace(picture, boxes=tuple(_high_all(picture.boxes, max(2, screen.px(EDGE_MM)))))


def _high_all(boxes: Sequence[Box], edge: int) -> list[Box]:
    """Dark plates would melt into the dark page: they get an edge; what is drawn in the plates' colour gets another."""
    changed: list[Box] = []
    for box in boxes:
        if isinstance(box, Panel):
            outline = box.edge or ("line" if box.colour in ("brand", "card") else "")
            wide = max(box.edge_px, edge) if outline else 0
            to = HIGH + outline if outline else ""
            changed.append(replace(box, colour=HIGH + box.colour, edge=to, edge_px=wide))
        else:
            ink = "on-brand" if box.colour == "brand" and box.on in ("card", "page") else box.colour
            changed.append(replace(box, colour=HIGH + ink, on=HIGH + box.on))
    return changed
