"""The QR codes on screens: read back from the painted page by a scanner's own library, and as large as promised."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pygame
import pytest

from screens.fonts import Fonts
from screens.gallery import samples
from screens.gallery_evaluator import URL
from screens.layout import Figure, Panel, Picture, Screen, layout
from screens.paint import Painter
from screens.qr import QUIET, modules
from screens.theme import load_theme

SHOWN = {  # every page with a code, on every screen it is made for
    (sample.name, screen): sample.view
    for sample in samples()
    for screen in sample.screens
    if getattr(sample.view, "url", "")
}


@pytest.fixture(scope="module")
def painter() -> Painter:
    theme = load_theme()
    return Painter(theme, Fonts.of(theme))


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts.of(load_theme())


def code_of(page: Picture) -> Figure:
    (code,) = [box for box in page.boxes if isinstance(box, Figure) and box.name == "qr"]
    return code


@pytest.mark.parametrize(("name", "screen"), SHOWN)
def test_a_phone_reads_the_address_from_the_page(
    name: str, screen: Screen, painter: Painter, fonts: Fonts, tmp_path: Path
) -> None:
    zbarimg = shutil.which("zbarimg")
    if zbarimg is None:
        pytest.skip("zbarimg (Debian: zbar-tools) is not installed")
    page = layout(SHOWN[name, screen], screen, fonts)
    glass = pygame.Surface((page.width, page.height), depth=24)
    painter.paint(glass, page)
    file = tmp_path / "page.png"
    pygame.image.save(glass, file)
    scanned = subprocess.run(
        [zbarimg, "-q", "--raw", "-Sdisable", "-Sqrcode.enable", file],
        capture_output=True, text=True, check=True, timeout=8,
    )  # fmt: skip
    assert scanned.stdout.strip() == URL


@pytest.mark.parametrize(("name", "screen"), SHOWN)
def test_a_code_is_20_mm_wide_with_whole_modules_and_light_all_around(name: str, screen: Screen, fonts: Fonts) -> None:
    page = layout(SHOWN[name, screen], screen, fonts)
    code = code_of(page)
    assert min(screen.mm(code.w, code.h)) >= 20
    step, rest = divmod(code.w, len(modules(URL)))
    assert (code.w, rest) == (code.h, 0)
    around = QUIET * step
    cards = [box for box in page.boxes if isinstance(box, Panel) and box.colour == code.on]
    assert any(
        card.x <= code.x - around
        and card.y <= code.y - around
        and code.x + code.w + around <= card.x + card.w <= page.width
        and code.y + code.h + around <= card.y + card.h <= page.height
        for card in cards
    )


def test_there_is_a_page_with_a_code_on_every_evaluator() -> None:
    assert {name for name, _ in SHOWN} == {"evaluator-ask", "evaluator-ask-again"} | {
        f"evaluator-code-{lang}" for lang in ("ug", "bo", "mn")
    }
