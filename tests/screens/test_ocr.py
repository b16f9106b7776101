"""What is on boards and signs is what it should say: Debian's tesseract reads number and window off the pictures.

Of every call on every board, and of every sign, the pixels of the number and of the window are cut out where the page
says they are, brought to one height, dark on light, and put below one another: as two pages to be read, each line of
which must be right.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pygame
import pytest

from screens.gallery_board import BOARD, SIGN, boards, signs
from screens.layout import Picture, Screen, Text
from screens.paint import Painter
from screens.views import BoardPage, SignPage, View
from tests.screens.pictures import kept_page

TYPE = 40  # pixels: what tesseract reads best is 30 to 60
ASIDE = 6 * TYPE
MID_GREY = 3 * 128
NUMBERS = ("-l", "eng", "-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
WINDOWS = ("-l", "chi_sim")
Shown = tuple[str, View, Screen, Picture]  # which picture it is
Piece = tuple[str, str, pygame.Surface]  # which picture it is of, what it says, its pixels


def tesseract() -> str:
    found = shutil.which("tesseract")
    if found is None:
        pytest.skip("tesseract (Debian: tesseract-ocr) is not installed")
    has = subprocess.run([found, "--list-langs"], capture_output=True, text=True, check=True, timeout=8).stdout.split()
    if not {"eng", "chi_sim"} <= set(has):
        pytest.skip("tesseract has no Chinese (Debian: tesseract-ocr-chi-sim)")
    return found


def pictures() -> Iterator[Shown]:
    """Every board and every sign at every size it is made for."""
    made = [(name, view, screen) for name, view in boards().items() for screen in BOARD]
    made += [(name, view, screen) for name, view in signs().items() for screen in SIGN]
    for name, view, screen in made:
        yield f"{name} {screen.width_px}x{screen.height_px}", view, screen, kept_page(name, screen)


def wanted(view: View) -> tuple[list[str], list[str]]:
    """The numbers and the windows it tells people to look for."""
    if isinstance(view, BoardPage):
        calls = [view.newest, *view.rows] if view.newest else []
        return [call.number for call in calls], [f"{call.window}号窗口" for call in calls]
    assert isinstance(view, SignPage)
    return [str(view.window), *([view.number] if view.number else [])], []


def cut(canvas: pygame.Surface, box: Text) -> pygame.Surface:
    """The pixels of one text, TYPE high, dark on light."""
    wide = min(box.w, 6 * box.size)
    x = box.x + (box.w - wide) // 2 if box.align == "center" else box.x
    area = pygame.Rect(x, box.y, wide, box.h).clip(canvas.get_rect())
    scale = TYPE / box.size
    piece = pygame.transform.smoothscale(
        canvas.subsurface(area), (max(1, round(area.w * scale)), max(1, round(area.h * scale)))
    )
    if sum(piece.get_at((0, 0))[:3]) < MID_GREY:
        light = pygame.Surface(piece.get_size())
        light.fill("white")
        light.blit(piece, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
        piece = light
    return pygame.transform.grayscale(piece)


def pieces(painter: Painter, shown: Iterable[Shown]) -> tuple[list[Piece], list[Piece]]:
    """Numbers and windows of the pictures. Only what reaches into them is painted: the rest takes seconds."""
    numbers: list[Piece] = []
    windows: list[Piece] = []
    for name, view, screen, page in shown:
        texts = {box.text: box for box in page.boxes if isinstance(box, Text) and box.main}
        found = [[(say, texts[say]) for say in says if say in texts] for says in wanted(view)]
        areas = [pygame.Rect(box.x, box.y, box.w, box.h) for some in found for _, box in some]
        near = tuple(box for box in page.boxes if pygame.Rect(box.x, box.y, box.w, box.h).collidelist(areas) >= 0)
        canvas = pygame.Surface((screen.width_px, screen.height_px), 0, 32)
        painter.paint(canvas, replace(page, boxes=near))
        for kept, some in zip((numbers, windows), found, strict=True):
            kept += [(name, say, cut(canvas, box)) for say, box in some]
    return numbers, windows


def read(file: Path, kept: list[Piece], how: tuple[str, ...]) -> list[str]:
    """What tesseract reads on one page of these pieces, line by line."""
    height = TYPE * 2
    page = pygame.Surface((ASIDE + TYPE, height * len(kept)))
    page.fill("white")
    for index, (_, _, piece) in enumerate(kept):
        page.blit(piece, (TYPE // 2, index * height + (height - piece.get_height()) // 2))
    pygame.image.save(page, file)
    done = subprocess.run(
        [tesseract(), str(file), "-", "--psm", "6", *how],
        capture_output=True,
        text=True,
        check=True,
        timeout=9,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return [line.replace(" ", "") for line in done.stdout.splitlines() if line.strip()]


def once(kept: list[Piece]) -> list[Piece]:
    """Each different piece of pixels once: the same are read the same."""
    return list(
        {
            (say, piece.get_size(), pygame.image.tobytes(piece, "RGB")): (n, say, piece) for n, say, piece in kept
        }.values()
    )


@pytest.mark.timeout(30)
@pytest.mark.req("R008", "R022", "R188")
def test_number_and_window_can_be_read_off_every_board_and_sign(painter: Painter, tmp_path: Path) -> None:
    tesseract()
    numbers, windows = pieces(painter, pictures())
    told = {name for name, _, _ in (*numbers, *windows)}
    silent = {name for name, view, _, _ in pictures() if not any(wanted(view))}
    assert told | silent == {name for name, _, _, _ in pictures()}
    assert silent == {name for name in silent if name.startswith("board-quiet")}
    for file, kept, how in (("numbers.png", once(numbers), NUMBERS), ("windows.png", once(windows), WINDOWS)):
        lines = read(tmp_path / file, kept, how)
        assert lines == [say for _, say, _ in kept], [
            (name, say, line) for (name, say, _), line in zip(kept, lines, strict=False) if say != line
        ]


def test_the_reader_tells_another_number_apart(painter: Painter, tmp_path: Path) -> None:
    numbers, _ = pieces(painter, islice(pictures(), 2))
    first, other = numbers[0], next(piece for piece in numbers if piece[1] != numbers[0][1])
    assert read(tmp_path / "two.png", [other, first], NUMBERS) == [other[1], first[1]]
