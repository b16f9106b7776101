"""Painting: only what changed, the same as if all had been painted, and inside its boxes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pygame
import pytest

from screens.fonts import Fonts
from screens.gallery import BOARD, EVALUATOR, samples
from screens.layout import Panel, Picture, Screen, Text, layout
from screens.paint import Cache, Painter
from screens.theme import Theme
from screens.views import BoardPage, EvaluatorIdle
from tests.screens.golden import small
from tests.screens.pictures import by_name, drawn, picture

Group = list[Picture]

PARTS = 8  # of one long test


def surface(page: Picture) -> pygame.Surface:
    return pygame.Surface((page.width, page.height))


def painted(painter: Painter, page: Picture) -> pygame.Surface:
    glass = surface(page)
    painter.paint(glass, page)
    return glass


def pixels(shown: pygame.Surface) -> bytes:
    return shown.get_buffer().raw


@pytest.fixture(scope="module")
def groups(fonts: Fonts) -> list[Group]:
    """The pages that follow one another on one small screen; English ones are painted like Chinese ones."""
    by_screen: dict[object, Group] = {}
    for sample in samples():
        if not sample.name.endswith("-en"):
            screen = small(sample.screens[0])
            by_screen.setdefault(screen, []).append(layout(sample.view, screen, fonts))
    return list(by_screen.values())


def test_painting_only_what_changed_gives_the_same_picture_and_names_the_rectangles_that_hold_it_once(
    painter: Painter, groups: list[Group]
) -> None:
    for pages in groups:
        whole = pygame.Rect(0, 0, pages[0].width, pages[0].height)
        shown = painted(painter, pages[0])
        for page, next_page in pairwise(pages):
            following = painted(painter, next_page)
            for before, old, now, new in ((page, shown, next_page, following), (next_page, following, page, shown)):
                glass, patched, meant = old.copy(), old.copy(), pixels(new)
                areas = [pygame.Rect(area) for area in painter.paint(glass, now, before)]
                assert pixels(glass) == meant, (before.name, now.name)
                assert all(whole.contains(area) for area in areas)
                assert all(area.collidelist(areas[i + 1 :]) < 0 for i, area in enumerate(areas))
                for area in areas:
                    patched.blit(new, area.topleft, area)
                assert pixels(patched) == meant, (before.name, now.name)
            shown = following


def test_a_page_that_did_not_change_is_not_painted(painter: Painter) -> None:
    page = picture("board")
    assert painter.paint(surface(page), page, page) == []


def test_one_changed_row_of_the_board_is_painted_alone(painter: Painter, fonts: Fonts) -> None:
    view = by_name()["board"].view
    assert isinstance(view, BoardPage)
    rows = (*view.rows[:3], replace(view.rows[3], number="A099", window=2), *view.rows[4:])
    before, now = picture("board"), layout(replace(view, rows=rows), BOARD[0], fonts)
    areas = painter.paint(surface(now), now, before)
    assert areas
    assert sum(w * h for _, _, w, h in areas) < 0.05 * now.width * now.height


def test_a_page_of_another_size_is_painted_whole(painter: Painter) -> None:
    before, now = picture("board", BOARD[0]), picture("board", BOARD[1])
    assert painter.paint(surface(now), now, before) == [(0, 0, now.width, now.height)]


def test_a_page_that_comes_again_is_kept_as_it_was_painted(theme: Theme, fonts: Fonts) -> None:
    idle, thanks = (small_page(name, fonts) for name in ("evaluator-open", "evaluator-thanks"))
    painter, expected = Painter(theme, fonts), pixels(painted(Painter(theme, fonts), replace(thanks, again=False)))
    assert small_page("evaluator-thanks", fonts) is thanks  # not laid out again either
    kept = []
    for _ in range(3):
        glass = painted(painter, idle)
        assert painter.paint(glass, thanks, idle) == [(0, 0, thanks.width, thanks.height)]
        assert pixels(glass) == expected
        kept.append(painter.cache.bytes)
    assert kept[0] == kept[2]
    painted(painter, replace(thanks, boxes=thanks.boxes[:-1]))
    assert painter.cache.bytes == kept[0] + 4 * thanks.width * thanks.height
    glass = painted(painter, thanks)
    assert painter.paint(glass, thanks, thanks) == []


def test_a_page_too_large_to_be_kept_beside_its_parts_is_painted_from_them(theme: Theme, fonts: Fonts) -> None:
    parts, whole = Painter(theme, fonts), Painter(theme, fonts)
    thanks = layout(by_name()["evaluator-thanks"].view, Screen(1280, 960, 154, 116), fonts)
    assert pixels(painted(parts, thanks)) == pixels(painted(whole, replace(thanks, again=False)))
    assert parts.cache.bytes == whole.cache.bytes


def small_page(name: str, fonts: Fonts) -> Picture:
    sample = by_name()[name]
    return layout(sample.view, small(sample.screens[0]), fonts)


@cache
def every_text() -> list[Text]:
    """Every text that is drawn otherwise than the others; those of the same ink after one another."""
    texts = {text for _, _, page in drawn() for text in page.boxes if isinstance(text, Text)}
    boxes = {replace(text, x=0, y=0, colour="ink", on="page", main=False) for text in texts}
    return sorted(boxes, key=lambda box: (box.text, box.size, repr(box)))


@pytest.mark.parametrize("part", range(PARTS))
def test_the_ink_of_every_text_stays_inside_its_box(part: int, painter: Painter, theme: Theme) -> None:
    every = every_text()
    for box in every[len(every) * part // PARTS : len(every) * (part + 1) // PARTS]:
        margin = 4  # as much as ink that stands out is seen by
        page = Picture("ink", box.w + 2 * margin, box.h + 2 * margin, (
            Panel(0, 0, box.w + 2 * margin, box.h + 2 * margin, box.on), replace(box, x=margin, y=margin),
        ))  # fmt: skip
        glass = surface(page)
        painter.paint(glass, page)
        glass.set_colorkey(theme.colours[box.on])
        ink = glass.get_bounding_rect()
        assert pygame.Rect(margin - 1, margin, box.w + 2, box.h).contains(ink), (box, ink)


def test_round_corners_are_round_and_smooth(painter: Painter, theme: Theme) -> None:
    page = Picture("panel", 100, 60, (Panel(0, 0, 100, 60, "page"), Panel(10, 10, 80, 40, "brand", radius=15)))
    glass = surface(page)
    painter.paint(glass, page)
    assert glass.get_at((10, 10))[:3] == theme.colours["page"]
    assert glass.get_at((25, 10))[:3] == glass.get_at((50, 30))[:3] == theme.colours["brand"]
    on_the_edge = {tuple(glass.get_at((x, 13))[:3]) for x in range(10, 26)}
    assert len(on_the_edge) > 2


def test_the_cache_throws_the_longest_unused_away_when_it_is_full() -> None:
    cache = Cache(limit=3 * 400)

    def square() -> tuple[pygame.Surface, int]:
        return pygame.Surface((10, 10)), 0

    first = cache.get("a", square)
    for name in ("b", "c"):
        cache.get(name, square)
    assert cache.get("a", square) is first
    cache.get("d", square)
    assert cache.bytes == 3 * 400
    assert cache.get("a", square) is first
    second = cache.get("b", square)
    assert cache.get("b", square) is second


def test_a_day_of_changing_pages_stays_within_the_caches_limit(theme: Theme, fonts: Fonts) -> None:
    view = by_name()["board"].view
    assert isinstance(view, BoardPage)
    painter = Painter(theme, fonts)
    painter.cache = Cache(limit=500_000)
    screen = small(BOARD[0])
    glass = pygame.Surface((screen.width_px, screen.height_px))
    for n in range(60):
        clock = replace(view.clock, text=f"2026-11-21 {9 + n // 60:02d}:{n % 60:02d}")
        painter.paint(glass, layout(replace(view, waiting=n, clock=clock), screen, fonts))
        assert painter.cache.bytes <= 500_000


# --- photos --------------------------------------------------------------------------------------------------


def with_photo(name: str) -> EvaluatorIdle:
    view = by_name()["evaluator-open"].view
    assert isinstance(view, EvaluatorIdle)
    assert view.person is not None
    return replace(view, person=replace(view.person, photo=name))


@pytest.mark.req("R159")
def test_a_photo_kept_on_the_device_is_shown(tmp_path: Path, theme: Theme, fonts: Fonts) -> None:
    photo = pygame.Surface((40, 60))
    photo.fill((12, 200, 34))
    pygame.image.save(photo, tmp_path / "1001.png")
    page = layout(with_photo("1001.png"), EVALUATOR[0], fonts)
    glass = surface(page)
    Painter(replace(theme, photos=tmp_path), fonts).paint(glass, page)
    [box] = [b for b in page.boxes if getattr(b, "name", "") == "photo"]
    for x, y in ((box.x, box.y), (box.x + box.w - 1, box.y + box.h - 1)):
        assert glass.get_at((x, y))[:3] == (12, 200, 34)


@pytest.mark.parametrize("name", ["", "nobody.png", "broken.png", "../secret.png"])
def test_without_a_photo_that_can_be_read_there_is_a_silhouette(
    tmp_path: Path, theme: Theme, fonts: Fonts, name: str
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "broken.png").write_bytes(b"not a picture")
    secret = pygame.Surface((40, 60))
    secret.fill((255, 0, 255))
    pygame.image.save(secret, tmp_path / "secret.png")
    page = layout(with_photo(name), EVALUATOR[0], fonts)
    plain = layout(with_photo(""), EVALUATOR[0], fonts)
    with_folder, without = surface(page), surface(plain)
    Painter(replace(theme, photos=folder), fonts).paint(with_folder, page)
    Painter(theme, fonts).paint(without, plain)
    assert pixels(with_folder) == pixels(without)
