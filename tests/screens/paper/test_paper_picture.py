"""The picture of the paper: sharp, scannable, and broken into lines where the printer breaks them."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pygame
import pytest

from screens.document import Cut, Document, Feed, Line, Pair, Rule
from screens.paper_picture import picture, png
from screens.paper_type import EM, INK
from screens.raster import GENERIC
from screens.ticket import compose
from tests.screens.paper.facts import facts


def inked(surface: pygame.Surface) -> pygame.Rect:
    """The smallest rectangle with everything dark in it, without the edge that is drawn around the paper."""
    dark = pygame.mask.from_threshold(surface, INK, (60, 60, 60, 255))
    rects = dark.get_bounding_rects()
    return rects[0].unionall(rects[1:])


@pytest.mark.req("R060")
@pytest.mark.parametrize("width_mm", [80, 58])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_code_on_the_picture_can_be_scanned(width_mm: int, lang: str, tmp_path: Path) -> None:
    zbarimg = shutil.which("zbarimg")
    if zbarimg is None:
        pytest.skip("zbarimg (Debian: zbar-tools) is not installed")
    file = tmp_path / "ticket.png"
    file.write_bytes(png(compose(facts(lang=lang)), width_mm))
    scanned = subprocess.run([zbarimg, "-q", "--raw", file], capture_output=True, text=True, check=True, timeout=8)
    assert scanned.stdout.strip() == facts().qr


@pytest.mark.parametrize("width_mm", [80, 58])
def test_nothing_is_drawn_where_the_printer_cannot_print(width_mm: int) -> None:
    whole = picture(compose(facts(lang="en")), width_mm)
    box, margin = inked(whole), (whole.get_width() - GENERIC[width_mm].dots) // 2
    assert margin <= box.left
    assert box.right <= whole.get_width() - margin


def test_a_larger_scale_is_drawn_larger() -> None:
    heights = [inked(picture(Document("", (Line("国", scale),)))).height for scale in (1, 2, 3, 4)]
    assert [round(height / heights[0]) for height in heights] == [1, 2, 3, 4]
    assert heights[0] > EM * 0.8


def test_left_centre_and_right_stand_there() -> None:
    left, centre, right = (
        inked(picture(Document("", (Line("国", 2, align),)))) for align in ("left", "center", "right")
    )
    assert left.left < centre.left < right.left
    assert abs(centre.centerx - 640 // 2) <= 2


def test_bold_is_drawn_darker() -> None:
    def ink(bold: bool) -> int:
        return pygame.mask.from_threshold(
            picture(Document("", (Line("龙江政务服务中心", 1, "left", bold),))), INK, (60, 60, 60, 255)
        ).count()

    assert ink(True) > 1.2 * ink(False)


def test_a_character_no_font_has_is_drawn_as_a_geta() -> None:
    lacking, geta = (inked(picture(Document("", (Line(text),)))) for text in ("\U00016b00", "〓"))
    assert abs(lacking.width - geta.width) <= 2
    assert abs(lacking.height - geta.height) <= 1


def test_feeds_rules_pairs_and_pieces_lengthen_the_paper() -> None:
    lengths = [
        picture(Document("", blocks)).get_height()
        for blocks in ((), (Rule(),), (Rule(), Pair("a", "b")), (Rule(), Pair("a", "b"), Feed(2), Cut()))
    ]
    assert lengths == sorted(set(lengths))


def test_a_width_that_no_printer_has_is_refused() -> None:
    with pytest.raises(ValueError, match="no paper is 70 mm wide; there is 80, 58"):
        picture(compose(facts()), 70)


def test_a_png_is_the_picture() -> None:
    loaded = pygame.image.load(BytesIO(png(compose(facts()))), "ticket.png")
    assert loaded.get_size() == picture(compose(facts())).get_size()
