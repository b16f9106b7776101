"""What the voice says."""

from __future__ import annotations

from string import ascii_uppercase

import pytest

from drivers.voice_clips import file_name
from screens.announce import (
    Phrase,
    bank,
    call_phrases,
    closing_phrases,
    opening_phrases,
    rate_phrases,
    sorry_phrases,
    thanks_phrases,
)
from screens.fonts import Fonts
from screens.numerals import counted, signs, spelled, time_of_day
from screens.phrases import languages
from tests.screens.test_phrases import offences


@pytest.mark.req("R026", "R083")
def test_a_call_gives_number_and_window_digit_by_digit_in_both_languages() -> None:
    assert call_phrases("A012", 3, ("zh", "en")) == (
        Phrase("zh", "请 A 零 一 二 号，到三号窗口办理", ("请", "A", "零", "一", "二", "号，到", "三", "号窗口办理")),
        Phrase(
            "en",
            "Ticket A, zero one two, please go to window three",
            ("Ticket", "A", "zero", "one", "two", "please go to window", "three"),
        ),
    )


@pytest.mark.req("R026", "R083")
def test_a_call_in_uyghur_names_letter_and_digits_one_by_one_and_chinese_follows() -> None:
    uyghur, chinese = call_phrases("A012", 3, ("ug",))
    assert uyghur == Phrase(
        "ug",
        "ئا نۆل بىر ئىككى نومۇر، ئۈچ نومۇرلۇق كۆزنەككە كېلىڭ",
        ("ئا", "نۆل", "بىر", "ئىككى", "نومۇر", "ئۈچ", "نومۇرلۇق كۆزنەككە كېلىڭ"),
    )
    assert chinese.lang == "zh"
    assert len({signs(letter, "ug") for letter in ascii_uppercase}) == 26  # no series sounds like another


@pytest.mark.req("R026", "R083")
def test_a_call_in_tibetan_or_mongolian_is_of_pieces_that_can_be_recorded_and_chinese_follows() -> None:
    tibetan, mongolian, chinese = call_phrases("A012", 3, ("bo", "mn"))
    assert tibetan == Phrase(
        "bo",
        "ཨང་རྟགས་ A ཀླད་ཀོར གཅིག གཉིས སྒེའུ་ཁུང་ཨང་ གསུམ ལ་ཕེབས་རོགས།",
        ("ཨང་རྟགས", "A", "ཀླད་ཀོར", "གཅིག", "གཉིས", "སྒེའུ་ཁུང་ཨང", "གསུམ", "ལ་ཕེབས་རོགས"),
    )
    assert mongolian.parts == (
        "ᠳᠤᠭᠠᠷ", "A", "ᠲᠡᠭ", "ᠨᠢᠭᠡ", "ᠬᠣᠶᠠᠷ", "ᠴᠣᠩᠬᠣᠨ\u202fᠤ ᠳᠤᠭᠠᠷ", "ᠭᠤᠷᠪᠠ", "ᠲᠡᠷᠡ ᠴᠣᠩᠬᠣᠨ\u202fᠳᠤ ᠣᠴᠢᠭᠠᠷᠠᠢ",
    )  # fmt: skip
    assert chinese.lang == "zh"


@pytest.mark.parametrize("lang", ["bo", "mn"])
def test_no_two_pieces_of_tibetan_or_mongolian_have_one_file_and_no_numeral_is_said_as_another(lang: str) -> None:
    pieces = [piece for its, piece in bank(ascii_uppercase, range(1, 1000), range(1441), (lang,)) if its == lang]
    assert len({file_name(piece) for piece in pieces}) == len(pieces)
    assert len({counted(n, lang) for n in range(1, 1000)}) == 999
    assert len({time_of_day(minute, lang) for minute in range(1441)}) == 1441


@pytest.mark.parametrize(
    ("n", "bo", "mn"),
    [
        (3, "གསུམ", "ᠭᠤᠷᠪᠠ"), (10, "བཅུ", "ᠠᠷᠪᠠ"), (15, "བཅོ་ལྔ", "ᠠᠷᠪᠠᠨ ᠲᠠᠪᠤ"), (20, "ཉི་ཤུ", "ᠬᠣᠷᠢ"),
        (21, "ཉི་ཤུ་རྩ་གཅིག", "ᠬᠣᠷᠢᠨ ᠨᠢᠭᠡ"), (36, "སུམ་ཅུ་སོ་དྲུག", "ᠭᠤᠴᠢᠨ ᠵᠢᠷᠭᠤᠭ\u180eᠠ"), (100, "བརྒྱ", "ᠵᠠᠭᠤ"),
        (101, "བརྒྱ་དང་གཅིག", "ᠵᠠᠭᠤᠨ ᠨᠢᠭᠡ"), (310, "སུམ་བརྒྱ་དང་བཅུ", "ᠭᠤᠷᠪᠠᠨ ᠵᠠᠭᠤᠨ ᠠᠷᠪᠠ"),
    ],
)  # fmt: skip
def test_a_windows_number_in_tibetan_and_mongolian_is_counted(n: int, bo: str, mn: str) -> None:
    assert (counted(n, "bo"), counted(n, "mn")) == (bo, mn)


def test_a_time_of_day_in_tibetan_and_mongolian_has_its_hour_and_its_minutes() -> None:
    assert time_of_day(1050, "bo") == "ཆུ་ཚོད་བཅུ་བདུན་དང་སྐར་མ་སུམ་ཅུ"
    assert (time_of_day(1080, "bo"), time_of_day(0, "bo")) == ("ཆུ་ཚོད་བཅོ་བརྒྱད", "ཆུ་ཚོད་ཀླད་ཀོར")
    assert time_of_day(1050, "mn") == "ᠠᠷᠪᠠᠨ ᠳᠣᠯᠣᠭᠠᠨ ᠴᠠᠭ ᠭᠤᠴᠢᠨ ᠮᠢᠨᠦ\u180bᠲ"
    assert (time_of_day(1080, "mn"), time_of_day(0, "mn")) == ("ᠠᠷᠪᠠᠨ ᠨᠠᠢᠮᠠᠨ ᠴᠠᠭ", "ᠲᠡᠭ ᠴᠠᠭ")


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (1, "بىر"),
        (10, "ئون"),
        (12, "ئون ئىككى"),
        (40, "قىرىق"),
        (100, "يۈز"),
        (101, "يۈز بىر"),
        (999, "توققۇز يۈز توقسان توققۇز"),
    ],
)
def test_a_windows_number_in_uyghur_is_counted(n: int, said: str) -> None:
    assert counted(n, "ug") == said


def test_a_time_of_day_in_uyghur_has_its_hour_and_its_minutes() -> None:
    assert time_of_day(1050, "ug") == "سائەت ئون يەتتە ئوتتۇز مىنۇت"
    assert (time_of_day(1080, "ug"), time_of_day(0, "ug")) == ("سائەت ئون سەككىز", "سائەت نۆل")


def test_languages_are_spoken_in_the_order_asked_for_each_once() -> None:
    assert [lang for lang, _, _ in call_phrases("A012", 3, ("en", "zh", "en"))] == ["en", "zh"]


@pytest.mark.req("R026")
@pytest.mark.parametrize("langs", [(), ("xx",)])
def test_mandarin_is_always_spoken(langs: tuple[str, ...]) -> None:
    assert [lang for lang, _, _ in call_phrases("A012", 3, langs)] == ["zh"]
    assert [lang for lang, _, _ in rate_phrases(("en",))] == ["en", "zh"]


@pytest.mark.req("R128")
def test_after_a_long_wait_the_call_begins_with_an_apology() -> None:
    [(_, chinese, _), (_, english, _)] = call_phrases("A012", 3, ("zh", "en"), waited=True)
    assert chinese == "对不起，让您久等了。请 A 零 一 二 号，到三号窗口办理"
    assert english.startswith("We are sorry for the long wait. Ticket A,")


def test_no_digit_is_left_to_the_synthesizer() -> None:
    for n in range(1, 1000):
        for _, text, _ in call_phrases(f"B{n:03d}", n, ("zh", "en", "ug", "bo", "mn")):
            assert not any(char.isdigit() for char in text)


@pytest.mark.parametrize(
    ("n", "zh", "en"),
    [
        (1, "一", "one"), (10, "十", "ten"), (12, "十二", "twelve"), (20, "二十", "twenty"),
        (21, "二十一", "twenty one"), (100, "一百", "one hundred"), (101, "一百零一", "one hundred and one"),
        (110, "一百一十", "one hundred and ten"), (999, "九百九十九", "nine hundred and ninety nine"),
    ],
)  # fmt: skip
def test_a_windows_number_is_said_as_people_say_it(n: int, zh: str, en: str) -> None:
    assert (counted(n, "zh"), counted(n, "en")) == (zh, en)


@pytest.mark.parametrize("n", [0, -1, 1000])
def test_a_window_that_cannot_be_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="1 to 999"):
        counted(n, "zh")


def test_a_number_without_a_letter_is_spelled_too() -> None:
    assert (spelled("012", "zh"), spelled("012", "en"), spelled("A", "en")) == ("零 一 二", "zero one two", "A")


@pytest.mark.req("R270", "R271", "R037")
def test_rating_thanks_and_apology_have_their_phrases() -> None:
    assert rate_phrases(("zh",)) == (Phrase("zh", "请您对我的服务作出评价", ("请您对我的服务作出评价",)),)
    assert thanks_phrases(("zh",))[0].text == "谢谢您的评价"
    assert sorry_phrases(("zh", "en"))[0].text.startswith("很抱歉")


def test_a_recall_is_told_from_the_first_call() -> None:
    [(_, chinese, parts), (_, english, _)] = call_phrases("A012", 3, ("zh", "en"), again=True)
    assert chinese == "再次提醒，请 A 零 一 二 号，到三号窗口办理"
    assert english == "Once more, ticket A, zero one two, please go to window three"
    assert parts[:2] == ("再次提醒，请", "A")


def test_a_hall_may_say_yao_for_one_in_numbers_and_never_for_windows() -> None:
    [(_, chinese, _)] = call_phrases("A011", 1, ("zh",), yao=True)
    assert chinese == "请 A 零 幺 幺 号，到一号窗口办理"
    assert signs("B101", "en", yao=True) == ("B", "one", "zero", "one")


@pytest.mark.parametrize(
    ("minute", "zh", "en"),
    [
        (1050, "十七点三十分", "five thirty p m"), (1080, "十八点", "six p m"),
        (725, "十二点零五分", "twelve oh five p m"),
        (0, "零点", "twelve a m"), (1440, "二十四点", "twelve a m"),
    ],
)  # fmt: skip
def test_a_time_of_day_is_said_by_the_clock(minute: int, zh: str, en: str) -> None:
    assert (time_of_day(minute, "zh"), time_of_day(minute, "en")) == (zh, en)


@pytest.mark.parametrize("minute", [-1, 1441])
def test_a_minute_no_day_has_is_refused(minute: int) -> None:
    with pytest.raises(ValueError, match="1440"):
        time_of_day(minute, "zh")


@pytest.mark.req("R029", "R074", "R243")
def test_the_opening_welcomes_and_the_closing_promises_service_and_offers_an_appointment() -> None:
    [(_, chinese, _), (_, english, _)] = closing_phrases(1050, ("zh", "en"))
    assert chinese.startswith("各位办事群众请注意，今天的服务时间到十七点三十分。已经取号的，会为您办完")
    assert "预约" in chinese
    assert "five thirty p m. If you hold a number we will serve you" in english
    assert opening_phrases(("zh",))[0].text.startswith("您好，欢迎")


# --- the bank ------------------------------------------------------------------------------------------------

SERIES, WINDOWS, CLOSINGS = ("A", "B", "F"), (1, 2, 12), (1050,)


def everything(*, yao: bool = False, langs: tuple[str, ...] = ("zh", "en")) -> list[Phrase]:
    """All that a hall of these series, windows and hours can say."""
    said = [
        call_phrases(f"{letter}{n:03d}", window, langs, waited=waited, again=again, yao=yao)
        for letter in SERIES for n in range(0, 1000, 37) for window in WINDOWS
        for waited in (False, True) for again in (False, True)
    ]  # fmt: skip
    said += [closing_phrases(minute, langs) for minute in CLOSINGS]
    said += [say(langs) for say in (rate_phrases, thanks_phrases, sorry_phrases, opening_phrases)]
    return [phrase for phrases in said for phrase in phrases]


@pytest.mark.parametrize("yao", [False, True])
@pytest.mark.parametrize("other", ["en", "ug", "bo", "mn"])
def test_the_bank_has_every_piece_of_everything_that_can_be_said_and_none_twice(yao: bool, other: str) -> None:
    held = bank(SERIES, WINDOWS, CLOSINGS, ("zh", other), yao=yao)
    needed = {(phrase.lang, part) for phrase in everything(yao=yao, langs=("zh", other)) for part in phrase.parts}
    assert len(held) == len(set(held)) <= 80
    assert set(held) == needed
    assert held[0][0] == "zh"


def words(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def test_what_is_read_as_a_caption_is_what_is_spoken_piece_by_piece() -> None:
    for phrase in everything(langs=languages()):
        assert words(phrase.text) == words("".join(phrase.parts))


@pytest.mark.req("R029", "R075", "R132", "R151")
def test_nothing_that_can_be_said_sends_anyone_away_also_not_across_its_pieces() -> None:
    said = everything(langs=languages())
    assert not offences([(phrase.lang, phrase.text, phrase.text) for phrase in said])
    assert not offences([(phrase.lang, phrase.text, "".join(phrase.parts)) for phrase in said])


def test_every_character_of_what_is_said_can_be_drawn_too(fonts: Fonts) -> None:
    assert fonts.lacks("".join(phrase.text for phrase in everything(langs=languages()))) == ""
