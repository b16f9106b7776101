"""What a printer lacks is drawn, what it has is left to it, and what nobody can draw is seen and named."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screens import paper_type
from screens.document import Align, Block, Cut, Document, Feed, Image, Line, Pair, Qr, Rule
from screens.paper_lines import width
from screens.paper_picture import png
from screens.raster import GENERIC, Press, for_printer
from screens.slips.samples import papers
from screens.ticket import compose
from screens.views import Bilingual
from tests.screens.paper.facts import facts

WIDE, NARROW = GENERIC[80], GENERIC[58]
BARE = replace(WIDE, rom=False, native_qr=False)
UYGHUR, TIBETAN, MONGOLIAN = "نومۇرىڭىز A012 بولدى", "ཁྱེད་ཀྱི་ཨང་གྲངས་ A012", "ᠲᠠᠨ ᠤ ᠨᠣᠮᠧᠷ"
RARE = "经办人𬱖先生"
SCRIPTS = {"Uyghur": UYGHUR, "Tibetan": TIBETAN, "Mongolian": MONGOLIAN, "rare hanzi": RARE, "emoji": "谢谢😀"}


def drawn(*blocks: Block, press: Press = WIDE) -> list[Block]:
    return list(for_printer(Document("", blocks), press).document.blocks)


def ink(image: Image) -> int:
    return sum(row.count("1") for row in (f"{int.from_bytes(row, 'big'):b}" for row in image.rows))


@pytest.mark.parametrize("name", papers())
def test_a_chinese_printer_is_left_to_print_every_template_by_itself(name: str) -> None:
    document = papers()[name]
    blocks = for_printer(document, WIDE).document.blocks
    for kind in (Image, Qr):
        assert [b for b in blocks if isinstance(b, kind)] == [b for b in document.blocks if isinstance(b, kind)]
    assert all(width(block.text) * block.scale <= WIDE.columns for block in blocks if isinstance(block, Line))


def test_no_graphics_library_is_loaded_for_a_ticket_that_needs_no_drawing() -> None:
    script = (
        "import sys; from device.press import paper_of; from screens.slips.samples import papers;"
        "[paper_of(m)(p) for m in ('generic-80', 'generic-58') for n, p in papers().items()];"
        "print(sorted({'pygame', 'segno', 'bidi'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=9)
    assert run.stdout.strip() == "[]"


@pytest.mark.req("R059")
@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_a_line_in_a_script_the_printer_lacks_is_drawn_with_a_font_that_has_it(text: str) -> None:
    done = for_printer(Document("", (Line("社会保险"), Line(text), Line("请稍坐"))), WIDE)
    first, image, last = done.document.blocks
    assert (first, last) == (Line("社会保险"), Line("请稍坐"))
    assert isinstance(image, Image)
    assert image.width <= WIDE.dots
    assert ink(image) > 100
    assert done.flaws == (), "a font for it is installed (provisioning/setup.sh)"


def test_only_that_line_of_a_paragraph_is_drawn_which_has_the_rare_character() -> None:
    blocks = drawn(Line("请到三号窗口办理业务" * 3 + "经办人𬱖先生" + "请到三号窗口办理业务" * 4))
    assert [type(block) for block in blocks].count(Image) == 1
    assert len(blocks) == 4


def test_uyghur_begins_at_the_right_edge() -> None:
    (image,) = drawn(Line(UYGHUR))
    assert isinstance(image, Image)
    assert image.align == "right"
    (centred,) = drawn(Line(UYGHUR, align="center"))
    assert isinstance(centred, Image)
    assert centred.align == "center"


def test_uyghur_too_long_for_a_line_breaks_between_words() -> None:
    words = ["ئۇيغۇرچە", "ئۇزۇن", "بىر", "قۇر", "تېكىست", "سىناق", "قىلىنىدۇ"]
    lines = [block for block in drawn(Line(" ".join(words * 4)), press=NARROW) if isinstance(block, Image)]
    assert len(lines) > 2
    assert all(image.width <= NARROW.dots for image in lines)


def test_a_word_wider_than_the_paper_is_still_on_it() -> None:
    images = [block for block in drawn(Line("ئ" * 200)) if isinstance(block, Image)]
    assert len(images) > 1
    assert all(image.width <= WIDE.dots for image in images)


def test_letters_are_joined() -> None:
    whole = paper_type.measure("سالام", 1)
    assert whole < sum(paper_type.measure(letter, 1) for letter in "سالام")


def test_a_pair_the_printer_lacks_is_drawn_on_one_line_or_below_one_another() -> None:
    (one,) = drawn(Pair("窗口 كۆزنەك", "3 号"))
    assert isinstance(one, Image)
    assert one.width == WIDE.dots
    below = drawn(Pair("كۆزنەك " * 10, "3 号"), press=NARROW)
    assert len(below) >= 2
    assert below[-1] == Line("3 号", align="right")


@pytest.mark.parametrize("name", papers())
def test_a_printer_without_characters_gets_nothing_but_pictures(name: str) -> None:
    kinds = {type(block) for block in for_printer(papers()[name], BARE).document.blocks}
    assert kinds <= {Image, Feed, Cut}


def test_signs_that_have_a_twin_in_the_printer_are_no_pictures() -> None:
    assert drawn(Line("工本费 ¥10")) == [Line("工本费 ￥10")]


def test_an_image_wider_than_the_paper_is_brought_down_and_that_is_said() -> None:
    image = Image(1000, tuple(b"\xff" * 125 if y % 5 == 0 else bytes(125) for y in range(50)))
    done = for_printer(Document("", (image,)), NARROW)
    (small,) = done.document.blocks
    assert isinstance(small, Image)
    assert (small.width, len(small.rows), len(small.rows[0])) == (333, 17, 42)
    assert ink(small) > 0
    assert done.flaws == ("an image of 1000 dots was brought down 3 times to fit 384",)


def test_an_image_that_fits_is_left_alone() -> None:
    image = Image(384, (b"\x55" * 48,) * 9, "left")
    assert drawn(image, press=NARROW) == [image]


def test_without_a_font_each_letter_is_a_geta_and_the_script_is_named_but_not_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paper_type, "_face_of", lambda _: None)
    done = for_printer(Document("", (Line(UYGHUR),)), WIDE)
    (image,) = done.document.blocks
    assert isinstance(image, Image)
    assert image.width == paper_type.CELL * (5 + 2 * (len(UYGHUR) - 6) + 1)  # "A012", two spaces, and getas
    assert "no font for Arabic characters" in done.flaws
    assert not [char for flaw in done.flaws for char in flaw if char > "~"]


def test_a_name_with_a_character_no_font_has_is_called_a_rare_hanzi_and_no_more() -> None:
    done = for_printer(Document("", (Line("\U000323b0先生"),)), WIDE)  # the first of CJK extension J
    assert done.flaws in ((), ("no font for a rare hanzi",))  # the next font may have it
    (image,) = done.document.blocks
    assert isinstance(image, Image)
    assert ink(image) > 100


@pytest.mark.parametrize("press", [WIDE, NARROW, BARE], ids=["80 mm", "58 mm", "no characters"])
@pytest.mark.parametrize("name", ["社" * 90, "Integrated-Government-" * 5, UYGHUR * 5, "社会保险 𠮷" * 15])
def test_a_service_name_of_90_characters_is_whole_on_the_paper(name: str, press: Press) -> None:
    blocks = for_printer(compose(facts(service=Bilingual(name))), press).document.blocks
    assert all(image.width <= press.dots for image in blocks if isinstance(image, Image))
    assert blocks[-1] == Cut()


@given(
    st.text(
        st.one_of(
            st.sampled_from("ئۇيغ()1-،བོད༣ᠮᠣ\u180b\u200d\u200f国𬱖😀❤\ufe0fA \n\x10¥éעไ\U000ca264"), st.characters()
        ),
        max_size=60,
    ),
    st.integers(-1, 9),
    st.sampled_from(["left", "center", "right"]),
    st.booleans(),
    st.sampled_from([WIDE, NARROW, BARE]),
)
@settings(max_examples=60)
def test_any_line_becomes_what_the_printer_can_print(
    text: str, scale: int, align: Align, bold: bool, press: Press
) -> None:
    for block in drawn(Line(text, scale, align, bold), Pair(text, "3 号"), press=press):
        if isinstance(block, Image):
            assert 0 < block.width <= press.dots
            assert {len(row) for row in block.rows} == {-(-block.width // 8)}
        else:
            assert isinstance(block, Line)
            assert press.rom
            assert not press.lacks(block.text)
            assert width(block.text) * block.scale <= press.columns


@pytest.mark.req("R060")
@pytest.mark.parametrize(
    "press", [BARE, replace(NARROW, native_qr=False), replace(WIDE, dots=512, dots_per_mm=180 / 25.4)]
)
@pytest.mark.parametrize("different", [{}, {"lang": "en"}, {"reprint": True}])
def test_a_code_drawn_for_a_printer_that_has_none_can_be_scanned(
    different: dict[str, Any], press: Press, tmp_path: Path
) -> None:
    zbarimg = shutil.which("zbarimg")
    if zbarimg is None:
        pytest.skip("zbarimg (Debian: zbar-tools) is not installed")
    file = tmp_path / "paper.png"
    file.write_bytes(png(compose(facts(**different)), press=press))
    scanned = subprocess.run([zbarimg, "-q", "--raw", file], capture_output=True, text=True, check=True, timeout=8)
    assert scanned.stdout.strip() == facts().qr


@pytest.mark.parametrize("text", ["ئ\U000ca264", "ئ\u2066a\u2069", "\u180b", "ئ\u202e1", "\ud800", "नमस्ते", "\0"])
def test_what_stops_a_shaping_library_stops_no_ticket(text: str) -> None:
    for press in (WIDE, BARE):
        assert all(isinstance(block, Image | Line) for block in drawn(Line(text), press=press))


def test_rules_and_codes_are_drawn_only_where_the_printer_has_none() -> None:
    assert drawn(Rule(), Qr("x")) == [Rule(), Qr("x")]
    assert [type(block) for block in drawn(Rule(), Qr("x"), press=BARE)] == [Image, Image]
