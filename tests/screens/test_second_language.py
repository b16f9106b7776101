"""Boards and signs beside Chinese in the hall's second language, whichever it is."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from screens.fonts import Fonts
from screens.gallery import EVALUATOR, KIOSK
from screens.gallery_board import BOARD, SECOND, SIGN, boards, infos, signs
from screens.gallery_evaluator import evaluators
from screens.layout import Picture, Screen, Text, layout
from screens.layout.board_sizes import EMBEDDED, EMBEDDED_END
from screens.layout.sheet import RIGHT_TO_LEFT_MARK
from screens.phrases import LEFT_TO_RIGHT, Second, beside, word
from screens.shaping import stretches
from screens.theme import Theme
from screens.views import DIMENSIONS, Bilingual, BoardPage, SignPage
from tests.screens.pictures import picture, ruler, said, texts
from tests.screens.test_directions import FURTHER, without

MARKS = RIGHT_TO_LEFT_MARK + LEFT_TO_RIGHT + EMBEDDED + EMBEDDED_END


def board(lang: str) -> BoardPage:
    view = boards()[f"board-{lang}"]
    assert isinstance(view, BoardPage)
    return view


def plain(page: Picture) -> str:
    """All that can be read on the page, without marks that only say which way it reads."""
    return "".join(char for char in said(page) if char not in MARKS)


def unbroken(text: str) -> str:
    """Without spaces and ends of lines."""
    return "".join(text.split())


@cache
def written(lang: str) -> frozenset[str]:
    """The letters of a language."""
    first, last = {"ug": ("\u0600", "\u06ff"), "bo": ("\u0f00", "\u0fff"), "mn": ("\u1820", "\u18af")}[lang]
    return frozenset(map(chr, range(ord(first), ord(last) + 1)))


def lines(page: Picture, lang: str) -> list[Text]:
    return [text for text in texts(page) if written(lang) & set(text.text)]


def english(page: Picture) -> list[str]:
    """Lines with an English word."""
    return [
        text.text
        for text in texts(page)
        if any(part.isalpha() and part.isascii() and len(part) > 2 for part in text.text.split())
    ]


@pytest.mark.parametrize("lang", SECOND)
@pytest.mark.parametrize("name", ["board", "info-guide", "sign-calling", "sign-paused"])
def test_a_public_page_is_in_chinese_and_the_halls_second_language_and_has_no_english(name: str, lang: str) -> None:
    page = picture(f"{name}-{lang}")
    assert lines(page, lang)
    assert english(page) == []
    assert any("社会保险" in text.text or "号窗口" in text.text for text in texts(page))


@pytest.mark.parametrize("lang", SECOND)
@pytest.mark.parametrize(
    "name", ["ask", "code", "thanks", "tags", "open", "paused", "closed", "complaint"], ids="evaluator-{}".format
)
def test_an_evaluator_is_in_chinese_and_the_halls_second_language_and_has_no_english(name: str, lang: str) -> None:
    for screen in EVALUATOR:
        page = picture(f"evaluator-{name}-{lang}", screen)
        assert lines(page, lang)
        assert english(page) == []
        assert page.flaws == ()


@pytest.mark.parametrize("lang", SECOND)
def test_every_key_of_an_evaluator_says_its_word_in_the_halls_second_language_too(lang: str) -> None:
    for name, keys in (
        ("ask", [f"level.{n}" for n in (5, 4, 3, 2, 1)]),
        ("tags", [f"dimension.{name}" for name in DIMENSIONS]),
        ("open", ["evaluator.complain", "evaluator.rest"]),
        ("complaint", ["evaluator.complain_yes", "evaluator.complain_no", "evaluator.complain_how"]),
    ):
        for screen in EVALUATOR:
            found = unbroken(plain(picture(f"evaluator-{name}-{lang}", screen)))
            for key in keys:
                assert unbroken(word(lang, key)) in found, (name, key)


@pytest.mark.parametrize("lang", SECOND)
def test_a_machine_out_of_order_says_what_to_do_in_the_halls_second_language(lang: str) -> None:
    for screen in (KIOSK[0], SIGN[0], EVALUATOR[0]):
        page = picture(f"out-of-order-{lang}", screen)
        assert all(
            unbroken(word(lang, key)) in unbroken(plain(page)) for key in ("fault.title", "fault.do", "fault.told")
        )
        assert page.flaws == ()


@pytest.mark.parametrize("lang", ["ug", "bo"])
def test_a_board_says_in_uyghur_and_tibetan_all_that_it_says_in_english(lang: str) -> None:
    words = plain(picture(f"board-{lang}"))
    for key, blanks in (
        ("board.now", {}), ("board.goto", {}), ("window.name", {"n": 3}), ("board.next", {}), ("board.missed", {}),
        ("board.missed_do", {}), ("board.paused", {}), ("board.busy", {"n": "45–60"}), ("notice.fault", {}),
        ("board.open_until", {"time": "12:00"}), ("board.phone", {"phone": "12345"}),
        ("board.until", {"time": "10:25"}),
    ):  # fmt: skip
        assert word(lang, key, **blanks) in words, key


@pytest.mark.parametrize("screen", SIGN)
def test_a_sign_says_in_mongolian_where_to_come_and_where_else_to_go(screen: Screen) -> None:
    for name, keys in (
        ("sign-calling-mn", {"sign.window": {}, "sign.come": {"number": "A012"}}),
        ("sign-paused-mn", {"state.paused": {}, "sign.until": {"time": "10:25"}}),
    ):
        page = picture(name, screen)
        found = " ".join(text.text for text in lines(page, "mn"))
        for key, blanks in keys.items():
            assert word("mn", key, **blanks) in found, (name, key)
        assert all(text.down and text.h > text.w for text in lines(page, "mn"))


def test_a_board_says_in_mongolian_in_columns_beside_the_newest_call_where_to_go() -> None:
    for screen in BOARD[:3]:
        page = layout(board("mn"), screen, ruler())
        assert all(text.down for text in lines(page, "mn"))
        found = " ".join(text.text for text in lines(page, "mn"))
        assert word("mn", "sign.elsewhere", windows=word("mn", "window.name", n=3)) in found


@pytest.mark.parametrize("lang", SECOND)
@pytest.mark.parametrize("screen", BOARD)
def test_chinese_is_as_large_from_afar_beside_any_language(lang: str, screen: Screen) -> None:
    """No flaw `far`, and the rows' type is that beside English."""
    here, usual = (layout(replace(board(lang), second=second), screen, ruler()) for second in (lang, "en"))
    assert here.flaws == ()
    sizes = [[t.size for t in texts(page) if t.text in ("B023", "4号窗口", "C007")] for page in (here, usual)]
    assert sizes[0] == sizes[1]


def test_uyghur_stands_at_the_right_end_and_its_days_and_times_are_the_right_way_round() -> None:
    page = picture("sign-paused-ug")
    until = next(text for text in lines(page, "ug") if "10:25" in text.text)
    assert until.align == "right"
    assert until.text.startswith(RIGHT_TO_LEFT_MARK)
    view = signs()["sign-paused-ug"]
    assert isinstance(view, SignPage)
    other = layout(replace(view, until="11-25 08:30"), SIGN[1], ruler())
    line = next(text.text for text in lines(other, "ug") if "08:30" in text.text)
    shown = "".join(part.text for part in stretches(line)).replace(LEFT_TO_RIGHT, "")
    assert "11-25 08:30" in shown  # from the left, as it is on the glass


def test_of_two_languages_on_one_line_uyghur_keeps_its_own_numbers() -> None:
    line = next(text.text for text in texts(picture("board-ug")) if text.text.startswith("监督"))
    shown = [part.text.strip(MARKS + " ") for part in stretches(line)]
    # The Uyghur is read from the right: its number comes last, at its left end.
    assert [part for part in shown if part] == [
        "监督投诉电话 12345",
        "12345",
        word("ug", "board.phone", phone="").strip(),
    ]


@pytest.mark.parametrize(("lang", "script"), FURTHER.items())
def test_a_second_language_whose_font_is_missing_leaves_chinese_alone_and_is_named(
    lang: str, script: str, theme: Theme
) -> None:
    bare: Fonts = without(theme, script)
    for view, screen in ((board(lang), BOARD[0]), (infos()[f"info-guide-{lang}"], BOARD[0]),
                         (signs()[f"sign-paused-{lang}"], SIGN[0])):  # fmt: skip
        page = layout(view, screen, bare)
        assert page.flaws == (f"font: {lang}",)
        assert not lines(page, lang)
        assert english(page) == []


@pytest.mark.parametrize("name", ["evaluator-ask", "evaluator-thanks"])
def test_an_evaluator_without_the_font_asks_in_english_beside_chinese_and_names_the_language(
    name: str, theme: Theme
) -> None:
    page = layout(evaluators()[f"{name}-ug"], EVALUATOR[0], without(theme, "Arab"))
    assert page.flaws == ("font: ug",)
    assert english(page)
    assert not lines(page, "ug")


def test_what_a_hall_has_not_translated_is_said_in_english_beside_chinese() -> None:
    place = Bilingual("东区", "In the east")
    view = board("mn")
    assert view.newest is not None
    page = layout(replace(view, newest=replace(view.newest, place=place), rows=()), BOARD[0], ruler())
    assert "In the east" in said(page)
    assert page.flaws == ()
    assert Second("ug").own(Bilingual("东区")) == ""
    assert beside("zh").own(place) == beside("zh")("board.now") == ""


def test_numbers_of_a_phrase_that_reads_from_the_right_are_kept_in_order_and_words_are_left_to_themselves() -> None:
    uyghur = Second("ug")
    assert f"{LEFT_TO_RIGHT}11-25 08:30{LEFT_TO_RIGHT}" in uyghur("sign.until", time="11-25 08:30")
    window = uyghur("window.name", n=3)
    assert LEFT_TO_RIGHT + window not in uyghur("sign.elsewhere", windows=window)
    assert LEFT_TO_RIGHT not in Second("bo")("sign.until", time="11-25 08:30")


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ("كۆزنەك 1-3 دا", ["1-3"]), ("تېل 0452-5550110 غا", ["0452-5550110"]),
        ("ئوچۇق 08:30-17:30 غىچە", ["08:30-17:30"]),
        ("كۈنى 2026-11-25 08:30 دا", ["2026-11-25 08:30"]), ("كۆزنەك 1-3، 5-7 دا", ["5-7", "1-3"]),
    ],
)  # fmt: skip
def test_numbers_of_a_halls_own_uyghur_are_the_right_way_round_and_of_two_the_first_stays_first(
    own: str, shown: list[str]
) -> None:
    line = Second("ug").own(Bilingual("一至三号", ug=own))
    found = (part.text.strip(MARKS) for part in stretches(RIGHT_TO_LEFT_MARK + line))
    assert [part for part in found if part[:1].isdigit()] == shown  # from the left, as on the glass
    assert Second("ug").own(Bilingual("一至三号", ug=line)) == line  # a notice's words are put together of such
    assert Second("bo").own(Bilingual("一至三号", bo="1-3")) == "1-3"


def test_a_notice_too_long_for_columns_is_in_chinese_a_part_at_a_time() -> None:
    zh = "".join(f"{n}号电梯检修请走{n + 20}号扶梯；" for n in range(1, 9))
    long = Bilingual(zh, mn="ᠵᠡᠭᠦᠨ ᠰᠠᠲᠤ\u202fᠪᠠᠷ ᠶᠠᠪᠤᠭᠠᠷᠠᠢ᠂ " * 9)
    shown: dict[str, None] = {}
    for turn in range(8):
        page = layout(replace(board("mn"), notices=(("fault", long),), turn=turn), BOARD[0], ruler())
        assert page.flaws == ()
        told = [text for text in texts(page) if text.on == "alert"]
        assert not any(text.down for text in told)
        shown |= dict.fromkeys(text.text for text in told if "梯" in text.text)
    assert "".join(shown) == zh


@pytest.mark.parametrize("lang", SECOND)
def test_a_board_without_its_line_and_without_calls_has_its_second_language_too(lang: str) -> None:
    page = layout(replace(board(lang), live=False, muted=True, newest=None, rows=()), BOARD[2], ruler())
    assert page.flaws == ()
    assert word(lang, "board.nobody") in " ".join(text.text for text in lines(page, lang)).replace(
        RIGHT_TO_LEFT_MARK, ""
    )
