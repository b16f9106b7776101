"""The chain of fonts: what it can draw, how it measures, what it does with what it cannot draw."""

from __future__ import annotations

from pathlib import Path
from struct import pack

import pygame
import pytest

from screens.coverage import Coverage
from screens.fonts import GETA, SQUARE, Fonts
from screens.theme import Theme

RARE = "\U0003fffd"  # no character at all: in no font, whatever the machine has


def test_all_of_gb2312_can_be_drawn(fonts: Fonts) -> None:
    hanzi = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    assert len([char for char in hanzi if char]) == 6763
    assert fonts.lacks("".join(hanzi)) == ""


def test_rare_characters_of_peoples_names_can_be_drawn(fonts: Fonts) -> None:
    assert fonts.lacks("𬭚喆堃玥淼犇翀珺䶮㛃") == ""


def test_the_chinese_forms_are_the_simplified_ones(theme: Theme) -> None:
    assert "SC" in theme.fonts[0].name


def test_a_character_no_font_has_is_named_and_drawn_as_a_mark(fonts: Fonts) -> None:
    assert fonts.lacks(f"王{RARE}{RARE}A") == RARE
    drawn, _ = fonts.draw(f"王{RARE}", 40, bold=False, colour=(0, 0, 0))
    marked, _ = fonts.draw(f"王{GETA}", 40, bold=False, colour=(0, 0, 0))
    assert pygame.image.tobytes(drawn, "RGBA") == pygame.image.tobytes(marked, "RGBA")


def test_a_second_font_draws_what_the_first_lacks(theme: Theme) -> None:
    class First(Fonts):
        def has(self, n: int, char: str) -> bool:
            return super().has(n, char) and not (n == 0 and char == "晓")

    chain = First(theme.fonts)
    assert chain.lacks("王晓明") == ""
    mixed, _ = chain.draw("王晓明", 60, bold=False, colour=(0, 0, 0))
    plain, _ = Fonts(theme.fonts).draw("王晓明", 60, bold=False, colour=(0, 0, 0))
    assert pygame.image.tobytes(mixed, "RGBA") != pygame.image.tobytes(plain, "RGBA")
    assert abs(mixed.get_width() - chain.width("王晓明", 60, bold=False)) <= 3


@pytest.mark.parametrize("size", [18, 31, 56, 90, 240])
@pytest.mark.parametrize("bold", [False, True])
def test_a_text_is_as_wide_as_it_was_measured(fonts: Fonts, size: int, bold: bool) -> None:
    for text in ("社会保险", "Please take your ticket", "A012", "3号窗口"):
        drawn, base = fonts.draw(text, size, bold, (0, 0, 0))
        assert abs(drawn.get_width() - fonts.width(text, size, bold)) <= 2
        assert 0 < base < drawn.get_height()


def test_heavy_type_has_more_ink_and_smooth_edges(fonts: Fonts) -> None:
    def ink(bold: bool) -> tuple[int, int]:
        drawn, _ = fonts.draw("窗口", 40, bold, (0, 0, 0))
        alpha = pygame.image.tobytes(drawn, "RGBA")[3::4]
        return sum(alpha), len({a for a in alpha if 0 < a < 255})

    assert ink(bold=True)[0] > 1.2 * ink(bold=False)[0]
    assert ink(bold=True)[1] > 50


def test_coverage_agrees_with_what_is_drawn(theme: Theme) -> None:
    covers, face = Coverage(theme.fonts[0]), pygame.font.Font(theme.fonts[0], 40)

    def shape(char: str) -> bytes:
        return pygame.image.tobytes(face.render(char, True, (0, 0, 0)), "RGBA")

    empty = shape(RARE)
    for char in "直骨海复门馨A0…〓，" + RARE + "⌫\u0e01":
        assert covers.has(char) == (shape(char) != empty), char


def test_an_older_kind_of_table_is_read_too(tmp_path: Path) -> None:
    table = pack(">HH", 0, 1) + pack(">HHL", 3, 1, 12)
    table += pack(">HHHHHHH", 4, 0, 0, 4, 0, 0, 0) + pack(">HHHHH", 0x42, 0xFFFF, 0, 0x41, 0xFFFF)
    font = tmp_path / "old.ttf"
    font.write_bytes(b"\0\1\0\0" + pack(">HHHH", 1, 0, 0, 0) + pack(">4sLLL", b"cmap", 0, 28, len(table)) + table)
    covers = Coverage(font)
    assert [covers.has(char) for char in "@ABC\uffff"] == [False, True, True, False, False]


@pytest.mark.parametrize("data", [b"", b"not a font at all", b"OTTO" + pack(">HHHH", 0, 0, 0, 0), b"ttcf" + bytes(40)])
def test_a_file_that_is_no_font_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    font = tmp_path / "broken.otf"
    font.write_bytes(data)
    with pytest.raises(ValueError, match=r"broken\.otf"):
        Coverage(font)


def test_hanzi_and_their_marks_are_as_wide_as_sdl_measures_them(theme: Theme, fonts: Fonts) -> None:
    hanzi = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)]
    square = "".join(char for char in hanzi if char and SQUARE.fullmatch(char))
    assert len(square) > 6800
    face = pygame.font.Font(theme.fonts[0], 41)
    for i in range(0, len(square), 40):
        line = square[i : i + 40]
        assert fonts.width(line, 41, bold=False) == face.size(line)[0], line
