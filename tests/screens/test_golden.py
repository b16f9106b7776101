"""Every view looks as it did; and the comparison would notice if it did not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from screens.gallery import samples
from screens.layout import Panel
from tests.screens.difference import MARK, TOLERANCE, difference
from tests.screens.golden import FOLDER, NAMES, PAGES, check, check_layouts, draw, known_layouts, size
from tests.screens.page_lines import line_of, page_of, read, sum_of, write
from tests.screens.pictures import pages


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_is_the_golden_one(name: str) -> None:
    check(name, draw(name))


def test_there_is_a_golden_picture_of_every_view_and_none_too_many() -> None:
    kinds = {type(sample.view) for sample in samples()}
    assert {type(sample.view) for sample in samples() if sample.name in NAMES} == kinds
    assert {path.stem for path in FOLDER.glob("*.png")} == set(NAMES)


def test_a_picture_that_changed_fails_and_leaves_was_is_and_difference(tmp_path: Path) -> None:
    now = draw("sign-open")
    now.fill((255, 0, 0), (300, 100, 3, 3))
    with pytest.raises(AssertionError, match="sign-open is not what it was"):
        check("sign-open", now, differences=tmp_path)
    written = pygame.image.load(tmp_path / "sign-open.png")
    assert written.get_width() == 3 * now.get_width()
    assert written.get_at((2 * now.get_width() + 301, 101))[:3] == MARK


def test_another_size_is_another_picture(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        check("sign-open", pygame.Surface((10, 10), depth=24), differences=tmp_path)


def test_the_kept_pages_are_those_of_the_sums() -> None:
    assert {key: sum_of(line) for key, line in read(PAGES).items()} == known_layouts()


def test_a_page_comes_back_from_its_line_and_a_file_of_pages_is_always_the_same(tmp_path: Path) -> None:
    laid = {("kiosk-home-mn", size(screen)): page for screen, page in pages("kiosk-home-mn")}
    assert {key: page_of(line_of(page)) for key, page in laid.items()} == laid
    lines = {key: line_of(page) for key, page in laid.items()}
    write(tmp_path / "one", lines)
    write(tmp_path / "other", lines)
    assert read(tmp_path / "one") == lines
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_box_that_moved_leaves_a_picture_of_was_is_and_where_they_differ(tmp_path: Path) -> None:
    screen, page = pages("sign-open")[0]
    check_layouts("sign-open", [(screen, page)], tmp_path)
    assert list(tmp_path.iterdir()) == []  # nothing is painted for a page that is the same

    at, box = next((i, b) for i, b in enumerate(page.boxes) if isinstance(b, Panel) and b.w < page.width // 2)
    moved = replace(box, x=box.x + 7)
    other = replace(page, boxes=(*page.boxes[:at], moved, *page.boxes[at + 1 :]))
    path = tmp_path / f"sign-open-{size(screen)}.png"
    with pytest.raises(AssertionError, match=f"see {path}"):
        check_layouts("sign-open", [(screen, other)], tmp_path)
    sheet = pygame.image.load(path)
    assert sheet.get_size() == (3 * page.width, page.height)
    y = box.y + box.h // 2
    assert sheet.get_at((box.x + 3, y)) != sheet.get_at((page.width + box.x + 3, y))
    assert sheet.get_at((2 * page.width + box.x + 3, y))[:3] == MARK


def test_a_key_that_moved_under_the_same_pixels_is_framed_and_named(tmp_path: Path) -> None:
    screen, page = pages("evaluator-ask")[0]
    key, (x, y, w, h) = next(iter(page.targets.items()))
    other = replace(page, targets={**page.targets, key: (x + 5, y, w - 5, h)})
    with pytest.raises(AssertionError, match=f"; keys {key}"):
        check_layouts("evaluator-ask", [(screen, other)], tmp_path)
    sheet = pygame.image.load(tmp_path / f"evaluator-ask-{size(screen)}.png")
    assert sheet.get_at((2 * page.width + x + 5, y + h // 2))[:3] == MARK


def test_a_page_nobody_has_kept_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"sign-nobody-.* is new"):
        check_layouts("sign-nobody", pages("sign-open"), tmp_path)


@pytest.mark.parametrize(("by", "found"), [(TOLERANCE, False), (TOLERANCE + 1, True), (-TOLERANCE - 1, True)])
def test_only_what_no_processor_would_round_to_is_a_difference(by: int, found: bool) -> None:
    one, other = pygame.Surface((4, 4), depth=24), pygame.Surface((4, 4), depth=24)
    one.fill((100, 100, 100))
    other.fill((100, 100, 100))
    other.set_at((1, 2), (100, 100 + by, 100))
    assert (difference(one, other) is not None) == found
