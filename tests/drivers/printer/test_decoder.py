"""Every template's bytes, read back by a decoder that is not ours: text, QR codes, pictures, cuts."""

from __future__ import annotations

import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pygame
import pytest

from device.press import paper_of, press_of
from drivers.printer_profiles import PROFILES
from screens.document import Cut, Document, Line, Pair, Qr
from screens.paper_picture import EDGE, picture
from screens.paper_type import INK
from screens.slips.samples import papers
from tests.drivers.printer.decoded import Piece, decoded

CHINESE, BARE = ("generic-80", "generic-58"), ("generic-80-raster",)
SCRIPTS = Document(
    "scripts",
    (
        Line("نومۇرىڭىز A012 بولدى، 3-كۆزنەككە بېرىڭ"),
        Line("经办人 𬱖𠮷 ¥10 👍", 2, "center", bold=True),
        Pair("窗口 كۆزنەك", "3 号"),
        Line("བོད་ཡིག A012", align="right"),
        Cut(),
    ),
)
PAPERS = {**papers(), "scripts": SCRIPTS}


def pieces_of(document: Document) -> list[Document]:
    """What is between the cuts."""
    ends = [-1, *(n for n, block in enumerate(document.blocks) if block == Cut())]
    return [Document("", document.blocks[before + 1 : end]) for before, end in pairwise(ends)]


def read_back(document: Document, model: str) -> list[Piece]:
    return decoded(paper_of(model)(document), PROFILES[model].dots)


def squeezed(text: str) -> str:
    """Without spaces: where a line breaks, one is left out."""
    return "".join(text.split())


@pytest.mark.parametrize("model", CHINESE)
@pytest.mark.parametrize("name", papers())
def test_a_printer_with_chinese_reads_every_text_and_every_code_of_every_template(name: str, model: str) -> None:
    document = papers()[name]
    pieces = read_back(document, model)
    assert len(pieces) == len(pieces_of(document))
    for said, piece in zip(pieces_of(document), pieces, strict=True):
        on_paper = squeezed("".join(piece.texts))
        for block in said.blocks:
            for text in (
                (block.text,)
                if isinstance(block, Line)
                else (block.left, block.right)
                if isinstance(block, Pair)
                else ()
            ):
                assert squeezed(text) in on_paper
        assert piece.codes == [block.text for block in said.blocks if isinstance(block, Qr)]
        assert bool(piece.images) == (name == "selftest"), "no line of a template needs to be drawn"
        assert all(len(text.encode("gb18030")) <= PROFILES[model].columns for text in piece.texts)


@pytest.mark.parametrize("model", BARE)
@pytest.mark.parametrize("name", PAPERS)
def test_a_printer_without_characters_prints_dot_by_dot_what_the_picture_shows(name: str, model: str) -> None:
    document = PAPERS[name]
    pieces = read_back(document, model)
    assert len(pieces) == len(pieces_of(document))
    for said, piece in zip(pieces_of(document), pieces, strict=True):
        assert not piece.texts
        assert not piece.codes
        assert piece.dots == inked_rows(picture(said, press=press_of(PROFILES[model])), PROFILES[model].dots)


def inked_rows(paper: pygame.Surface, dots: int) -> list[str]:
    """The rows with ink, of what the head can print on, as text of 0 and 1."""
    left = (paper.get_width() - dots) // 2
    assert EDGE != INK
    raw = pygame.image.tobytes(paper.subsurface((left, 0, dots, paper.get_height())), "RGB")[::3]
    lines = (raw[at : at + dots] for at in range(0, len(raw), dots))
    return ["".join("1" if dot == INK[0] else "0" for dot in line) for line in lines if INK[0] in line]


def test_only_the_lines_whose_script_the_printer_lacks_are_drawn() -> None:
    document = Document("", (Line("社会保险"), Line("ئۇيغۇرچە"), Line("请到3号窗口"), Line("𠮷"), Cut()))
    (piece,) = read_back(document, "generic-80")
    assert piece.texts == ["社会保险", "请到3号窗口"]
    assert piece.images
    assert all(width < 200 for width, _ in piece.images), "as wide as the text, not as the paper"


@pytest.mark.req("R060")
@pytest.mark.parametrize(
    "name", [name for name, paper in papers().items() if any(isinstance(b, Qr) for b in paper.blocks)]
)
def test_a_drawn_code_can_be_scanned_off_the_decoders_paper(name: str, tmp_path: Path) -> None:
    zbarimg = shutil.which("zbarimg")
    if zbarimg is None:
        pytest.skip("zbarimg (Debian: zbar-tools) is not installed")
    document = papers()[name]
    piece = read_back(document, "generic-80-raster")[0]
    framed = pygame.Surface((piece.picture.width + 64, piece.picture.height + 64))  # the paper around it
    framed.fill("white")
    framed.blit(pygame.image.frombytes(piece.picture.convert("RGB").tobytes(), piece.picture.size, "RGB"), (32, 32))
    file = tmp_path / "paper.png"
    pygame.image.save(framed, file)
    scanned = subprocess.run([zbarimg, "-q", "--raw", file], capture_output=True, text=True, check=True, timeout=8)
    assert scanned.stdout.strip() == next(block.text for block in document.blocks if isinstance(block, Qr))


def test_the_decoder_sees_what_is_wrong() -> None:
    job = paper_of("generic-80")(Document("", (Line("社会保险"), Cut())))
    assert decoded(job, 576)[0].texts == ["社会保险"]
    for broken in (job[:-4], job.replace(b"\x1bE", b"\x1b\x07") + b"\x1b\x07", job[:-1]):
        with pytest.raises(AssertionError):
            decoded(broken, 576)
