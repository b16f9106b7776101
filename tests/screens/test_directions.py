"""Pages that read from the right, and pages whose lines run down: the same pages, numbers the right way round."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from screens.fonts import Fonts
from screens.gallery import KIOSK
from screens.gallery_kiosk import kiosk_views
from screens.layout import Figure, Panel, Picture, Screen, Text, layout
from screens.layout.direction import turned
from screens.layout.fit import pieces
from screens.layout.sheet import RIGHT_TO_LEFT_MARK
from screens.phrases import LEFT_TO_RIGHT, Second, Words, direction, letters, tree
from screens.shaping import stretches
from screens.theme import ScriptFace, Theme
from screens.views import KioskHome
from tests.screens.pictures import picture, ruler, texts

WIDE, _, UPRIGHT = KIOSK
FURTHER = {"ug": "Arab", "bo": "Tibt", "mn": "Mong"}


def centres(page: Picture, name: str) -> tuple[float, float]:
    x, y, w, h = page.targets[name]
    return (x + w / 2) / page.width, (y + h / 2) / page.height


def without(theme: Theme, script: str) -> Fonts:
    """A device on which the fonts of one script are not installed."""
    missing = {script: replace(theme.scripts[script], path=None)}
    return Fonts(theme.fonts, {**theme.scripts, **missing})


def test_a_page_in_uyghur_is_the_chinese_page_from_the_other_side() -> None:
    uyghur, chinese = (layout(replace(_home(), lang=lang), WIDE, ruler()) for lang in ("ug", "zh"))
    assert uyghur.targets.keys() == chinese.targets.keys()
    for name in ("help", "service:social", "service:medical", "lang:zh", "mode:low"):
        (x, y), (mirrored, same) = centres(chinese, name), centres(uyghur, name)
        assert (mirrored < 0.5) == (x > 0.5), name
        assert same == pytest.approx(y, abs=0.08), name


def test_a_mirrored_page_has_its_texts_at_the_other_end() -> None:
    inside = Text(10, 0, 30, 10, "社保", 8, "ink", "card", "left")
    page = Picture("p", 100, 50, (Panel(5, 0, 40, 20, "card"), inside), {"k": (5, 0, 40, 20)})
    mirrored = turned("rtl", Screen(100, 50, 100, 50), lambda _: page)
    assert mirrored.targets == {"k": (55, 0, 40, 20)}
    assert mirrored.boxes[1] == replace(inside, x=60, align="right")


def test_columns_are_the_rows_of_the_glass_on_its_side() -> None:
    seen: list[Screen] = []

    def draw(glass: Screen) -> Picture:
        seen.append(glass)
        line = Text(10, 5, 60, 12, "ᠮᠣᠩᠭᠣᠯ", 8, "ink", "card", down=True)
        return Picture("p", glass.width_px, glass.height_px, (line, Figure(0, 0, 20, 10, "arrow", "ink", "card")))

    page = turned("down", Screen(200, 100, 400, 200), draw)
    assert (seen[0].width_px, seen[0].height_px, seen[0].width_mm, seen[0].height_mm) == (100, 200, 200, 400)
    assert (page.width, page.height) == (200, 100)
    line, arrow = page.boxes
    assert isinstance(line, Text)
    assert isinstance(arrow, Figure)
    assert (line.x, line.y, line.w, line.h, line.down) == (5, 10, 12, 60, True)
    assert (arrow.w, arrow.h, arrow.name) == (10, 20, "arrow-down")


@pytest.mark.parametrize("screen", [WIDE, UPRIGHT])
def test_mongolian_runs_down_and_its_first_column_is_on_the_left(screen: Screen) -> None:
    page = picture("kiosk-take-mn", screen)
    lines = [text for text in texts(page) if any("\u1800" <= char <= "\u18af" for char in text.text)]
    assert lines
    assert all(text.down and text.h > text.w for text in lines)
    ahead, wait = (next(t for t in lines if sign in t.text.split()) for sign in ("5", "40"))
    assert ahead.x < wait.x


@pytest.mark.parametrize("lang", FURTHER)
def test_a_tickets_number_stands_upright_and_whole_in_every_language(lang: str) -> None:
    for name in ("kiosk-take", "kiosk-no-paper"):
        for screen in (WIDE, UPRIGHT):
            [number] = [text for text in texts(picture(f"{name}-{lang}", screen)) if text.text == "A012"]
            assert not number.down
            assert number.size * 0.733 * screen.width_mm / screen.width_px >= 8.6


@pytest.mark.parametrize("lang", FURTHER)
def test_keyed_in_digits_and_the_keypad_are_read_from_the_left_or_from_above(lang: str) -> None:
    page = picture(f"kiosk-lookup-digits-{lang}")
    slots = [text for text in texts(page) if text.text in ("A", "0", "1") and text.on == "card"][:3]
    places = [(text.x, text.y) for text in slots]
    assert [text.text for text in slots] == ["A", "0", "1"]
    assert places == sorted(places, key=lambda place: place[1] if lang == "mn" else place[0])
    one, two = centres(page, "type:1"), centres(page, "type:2")
    assert one[1] < two[1] if lang == "mn" else one[0] < two[0]


def test_a_line_of_a_uyghur_page_that_begins_with_a_number_still_reads_from_the_right(fonts: Fonts) -> None:
    for text in texts(picture("kiosk-home-ug")):
        if any("\u0600" <= char <= "\u06ff" for char in text.text) and text.text != tree("ug")["lang.name"]:
            assert text.text.startswith(RIGHT_TO_LEFT_MARK)
    words = "5 كىشى"
    ink = fonts.draw(RIGHT_TO_LEFT_MARK + words, 60, bold=False, colour=(0, 0, 0))[0]
    five = fonts.draw("5", 60, bold=False, colour=(0, 0, 0))[0]
    right = ink.subsurface((ink.get_width() - five.get_width(), 0, five.get_width(), ink.get_height()))
    assert _inked(right) == pytest.approx(_inked(five), rel=0.1)


@pytest.mark.parametrize(
    ("key", "blank", "value"),
    [
        ("elsewhere.phone", "phone", "0452-5550110"), ("desk.none_kept", "phone", "0452-5550110"),
        ("booked.until", "time", "11-23 09:30"), ("board.open_until", "time", "11-25 08:30"),
    ],
)  # fmt: skip
def test_a_telephone_number_and_a_day_in_an_uyghur_sentence_are_the_right_way_round(
    key: str, blank: str, value: str
) -> None:
    shown = "".join(part.text for part in stretches(RIGHT_TO_LEFT_MARK + Words("ug")(key, **{blank: value})))
    assert value in shown.replace(LEFT_TO_RIGHT, "")
    plain = "".join(part.text for part in stretches(RIGHT_TO_LEFT_MARK + tree("ug")[key].format(**{blank: value})))
    assert value not in plain or key == "booked.until"  # a sentence that begins with a day has it right by itself


def test_uyghur_letters_are_joined_and_tibetan_ones_stacked(fonts: Fonts) -> None:
    for text in ("كىشى", "སྒྲ"):
        together = fonts.width(text, 60, bold=False)
        assert together < 0.95 * sum(fonts.width(char, 60, bold=False) for char in text)


@pytest.mark.parametrize("lang", FURTHER)
def test_every_character_of_every_phrase_has_a_glyph_of_its_own(lang: str, theme: Theme, fonts: Fonts) -> None:
    face = theme.scripts[FURTHER[lang]]
    assert face.path is not None, "tests need Debian's fonts-ukij-uyghur or fonts-noto-core"
    assert fonts.lacks(letters(lang)) == ""


@pytest.mark.parametrize(("lang", "script"), FURTHER.items())
def test_a_language_whose_font_is_missing_is_shown_in_chinese_named_and_not_offered(
    lang: str, script: str, theme: Theme
) -> None:
    bare = without(theme, script)
    page = layout(replace(_home(), lang=lang), WIDE, bare)
    assert f"font: {lang}" in page.flaws
    assert f"lang:{lang}" not in page.targets
    assert any(text.text == tree(lang)["lang.chinese"] for text in texts(page))  # visible, by its Chinese name
    assert not any(char in bare.lacks(letters(lang)) for text in texts(page) for char in text.text)
    chinese = layout(_home(), WIDE, bare)  # and whoever reads Chinese sees that it is not there, too
    assert f"lang:{lang}" not in chinese.targets


def test_text_breaks_between_tibetan_syllables_and_at_spaces() -> None:
    assert pieces("བོད་ཡིག") == ("བོད་", "ཡིག")
    assert pieces("ᠳᠤᠭᠠᠷ\u202fᠢᠶᠠᠨ ᠠᠪᠬᠤ") == ("ᠳᠤᠭᠠᠷ\u202fᠢᠶᠠᠨ ", "ᠠᠪᠬᠤ")


def test_hanzi_in_a_column_are_upright(fonts: Fonts) -> None:
    across, base = fonts.draw("口土", 60, bold=False, colour=(0, 0, 0))
    lying, _ = fonts.draw("口土", 60, bold=False, colour=(0, 0, 0), down=True)
    column = pygame.transform.rotate(lying, -90)
    assert column.get_height() == pytest.approx(across.get_width(), abs=3)
    upper = column.subsurface((0, 0, column.get_width(), column.get_height() // 2)).copy()
    first = across.subsurface((0, 0, across.get_width() // 2, across.get_height())).copy()
    assert upper.get_bounding_rect().size == pytest.approx(first.get_bounding_rect().size, abs=2)
    assert base


def test_every_language_says_how_it_reads() -> None:
    assert [direction(lang) for lang in ("zh", "en", "ug", "bo", "mn")] == ["ltr", "ltr", "rtl", "ltr", "down"]


def test_a_script_whose_files_are_all_missing_has_no_face() -> None:
    fonts = Fonts((), {"Arab": ScriptFace(None, 1.0, 0.0)})
    assert fonts.lacks("ئ") == "ئ"
    assert not Path("nowhere").exists()


def _home() -> KioskHome:
    view = kiosk_views()["kiosk-home-ug"]
    assert isinstance(view, KioskHome)
    return replace(view, lang="zh")


def _inked(surface: pygame.Surface) -> int:
    return sum(1 for alpha in pygame.image.tobytes(surface, "RGBA")[3::4] if alpha > 128)


@pytest.mark.parametrize("lang", FURTHER)
def test_an_evaluator_asks_in_the_halls_second_language_and_leaves_the_five_where_their_buttons_are(lang: str) -> None:
    usual, page = picture("evaluator-plain-ask"), picture(f"evaluator-ask-{lang}")
    assert page.targets == usual.targets
    said = {text.text.removeprefix(RIGHT_TO_LEFT_MARK): text for text in texts(page)}
    best = said[tree(lang)["level.5"]]
    assert best.down == (lang == "mn")


def test_what_the_second_language_has_no_words_for_is_said_in_english() -> None:
    assert Second("ug")("evaluator.safe") == tree("en")["evaluator.safe"]
    assert Second("ug")("evaluator.rate") == tree("ug")["evaluator.rate"]
