"""Every view looks as it did; and the comparison would notice if it did not."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from screens.gallery import samples
from tests.screens.golden import FOLDER, NAMES, TOLERANCE, check, difference, draw


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
    assert written.get_at((2 * now.get_width() + 301, 101))[:3] != (0, 0, 0)


def test_another_size_is_another_picture(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        check("sign-open", pygame.Surface((10, 10), depth=24), differences=tmp_path)


@pytest.mark.parametrize(("by", "found"), [(TOLERANCE, False), (TOLERANCE + 1, True), (-TOLERANCE - 1, True)])
def test_only_what_no_processor_would_round_to_is_a_difference(by: int, found: bool) -> None:
    one, other = pygame.Surface((4, 4), depth=24), pygame.Surface((4, 4), depth=24)
    one.fill((100, 100, 100))
    other.fill((100, 100, 100))
    other.set_at((1, 2), (100, 100 + by, 100))
    assert (difference(one, other) is not None) == found
