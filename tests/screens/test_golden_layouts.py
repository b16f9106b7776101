"""Every page of every view, language, mode and size is laid out as the golden one is, and without a flaw."""

from __future__ import annotations

import pytest

from screens.fonts import Fonts
from screens.gallery import samples
from screens.layout import layout
from screens.theme import load_theme
from tests.screens.golden import check_layouts, known_layouts, size
from tests.screens.pictures import by_name, pages


@pytest.mark.parametrize("name", [sample.name for sample in samples()])
def test_every_view_comes_out_as_meant_on_every_screen_it_is_made_for(name: str) -> None:
    assert [(screen, page.flaws) for screen, page in pages(name) if page.flaws] == []
    check_layouts(name, pages(name))


def test_every_page_of_every_view_language_mode_and_size_is_among_the_golden_ones_and_none_is_left_over() -> None:
    assert {(s.name, size(screen)) for s in samples() for screen in s.screens} == set(known_layouts())


def test_the_same_view_is_always_the_same_picture() -> None:
    sample = by_name()["board"]
    one, other = (layout(sample.view, sample.screens[0], Fonts.of(load_theme())) for _ in range(2))
    assert one == other
