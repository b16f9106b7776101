"""Every word people read or hear: in every language, drawable, asked for, and never one that sends people away."""

from __future__ import annotations

import re
from importlib.resources import files
from string import Formatter

import pytest

from screens.fonts import Fonts
from screens.phrases import COMPLETE, SOURCE, UnknownWord, Words, languages, tree, word
from screens.ticket import words as ticket_words
from screens.views import Bilingual
from tests.screens.words_asked import asked_for

# What staff must not say, and so no machine either (R029, R030, R075, R132, R150, R151): whole phrases of the
# requirements' quotations, and the turns of speech they are made of.
FORBIDDEN = {
    "zh": (
        "不知道", "不清楚", "不归我管", "不是我的事", "明天再来", "改天再来", "下次再来", "已经下班", "要下班",
        "下班了", "到点了", "自己看", "你自己", "办不了", "回去吧", "没办法", "不行", "急什么", "等着吧", "没空",
        "不能办", "找别人", "问别人", "系统坏了", "你", "去投诉", "叫什么", "快点",
    ),
    "en": (
        "come back tomorrow", "come tomorrow", "not my job", "don't know", "do not know", "go home", "go away",
        "read the notice", "nothing can be done", "can't be done", "hurry", "not our fault", "we are closed",
    ),
    # come tomorrow, I do not know, it is over, go home (to be checked by a native speaker, as the phrases are)
    "ug": ("ئەتە كېلىڭ", "بىلمەيمەن", "ئىشتىن چۈشتۇق", "قايتىپ كېتىڭ"),
    "bo": ("སང་ཉིན་ཤོག", "སང་ཉིན་ཕེབས", "ཤེས་ཀྱི་མེད", "ཕྱིར་སོང་"),
    "mn": ("ᠮᠠᠷᠭᠠᠰᠢ ᠢᠷᠡ", "ᠮᠡᠳᠡᠬᠦ ᠦᠭᠡᠢ", "ᠬᠠᠷᠢᠭᠠᠷᠠᠢ"),
}  # fmt: skip


LOCALE = files("screens").joinpath("locale")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def everything() -> list[tuple[str, str, str]]:
    return [(lang, key, text) for lang in languages() for key, text in tree(lang).items()]


def test_complete_languages_have_the_same_keys() -> None:
    for lang in COMPLETE:
        assert tree(lang).keys() == tree(SOURCE).keys(), lang


FOR_CITIZENS = ("mode.", "need.", "class.", "help.", "elsewhere.", "still.", "times.", "booked.", "sorry.", "level.")


def test_the_other_languages_have_what_citizens_read_and_nothing_that_chinese_has_not() -> None:
    further = [lang for lang in languages() if lang not in COMPLETE]
    assert further == ["bo", "mn", "ug"]
    for lang in further:
        assert tree(lang).keys() <= tree(SOURCE).keys(), lang
        assert [key for key in tree(SOURCE) if key.startswith(FOR_CITIZENS) and key not in tree(lang)] == [], lang


@pytest.mark.parametrize("lang", ["ug", "bo", "mn"])
def test_a_language_nobody_here_speaks_says_that_a_native_speaker_must_check_it(lang: str) -> None:
    assert "TO BE CHECKED BY A NATIVE SPEAKER" in LOCALE.joinpath(f"{lang}.toml").read_text("utf-8")


def test_a_phrase_that_a_language_has_not_is_said_in_chinese() -> None:
    assert Words("ug")("console.next") == Words("zh")("console.next")


def test_every_language_has_the_same_blanks_in_every_phrase() -> None:
    for lang, key, text in everything():
        assert blanks(text) == blanks(tree(SOURCE)[key]), (lang, key)


def test_chinese_and_english_are_there_and_chinese_comes_first() -> None:
    assert languages()[:1] == ("zh",)
    assert "en" in languages()


@pytest.mark.req("R029", "R030", "R075", "R132", "R150", "R151")
def test_no_phrase_sends_anyone_away_or_shrugs() -> None:
    assert not offences(everything())


def offences(said: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    return [(key, bad) for lang, key, text in said for bad in FORBIDDEN[lang] if bad in text.lower()]


def test_the_forbidden_list_catches_what_the_requirements_quote() -> None:
    quoted = ("已经下班,明天再来", "有公示牌,你自己看", "到点了或要下班了,明天再来", "系统坏了,办不了,你回去吧")
    assert {key for key, _ in offences([("zh", text, text) for text in quoted])} == set(quoted)


def test_the_ticket_sends_nobody_away_either() -> None:
    said = [(lang, key, text) for lang, phrases in ticket_words().items() for key, text in phrases.items()]
    assert not offences(said)


def test_people_are_addressed_politely_and_staff_speak_of_themselves_only_when_asking_for_a_rating() -> None:
    for key, text in tree("zh").items():
        assert "你" not in text, key
        assert "我" not in text or key in ("evaluator.rate", "evaluator.rest", "say.rate", "kiosk.done"), key


def test_every_character_can_be_drawn(fonts: Fonts) -> None:
    for lang, key, text in everything():
        assert not fonts.lacks(text), (lang, key)


def test_no_phrase_is_left_over() -> None:
    asked = asked_for()
    assert [key for key in tree(SOURCE) if not asked.asks(key)] == []


def test_every_phrase_the_roles_name_is_there() -> None:
    named = re.compile(r"(kiosk|console|sorry|board|state|evaluator|say)\.[a-z_]+")
    assert {key for key in asked_for().keys if named.fullmatch(key)} <= tree(SOURCE).keys()


def test_chinese_has_full_width_marks_and_english_has_none() -> None:
    for key, text in tree("zh").items():
        assert not re.search(r"[一-鿿][,;:!?]", text), key
    for key, text in tree("en").items():
        assert text.isascii() or key == "lang.chinese", key


def test_a_phrase_is_filled_with_its_blanks() -> None:
    assert word("zh", "kiosk.waiting", n=5) == "等候 5 人"
    assert Words("en")("kiosk.waiting", n=5) == "5 waiting"


def test_a_language_without_words_speaks_chinese() -> None:
    assert Words("fr")("kiosk.waiting", n=5) == word("fr", "kiosk.waiting", n=5) == "等候 5 人"


def test_a_key_nobody_wrote_is_an_error_that_names_it() -> None:
    with pytest.raises(UnknownWord, match=r"no\.such"):
        word("zh", "no.such")


@pytest.mark.parametrize(("lang", "said"), [("zh", "社保"), ("en", "Social"), ("fr", "社保")])
def test_a_halls_own_word_is_in_the_pages_language(lang: str, said: str) -> None:
    assert Words(lang).own(Bilingual("社保", "Social")) == said


def test_a_halls_word_without_english_stands_for_both() -> None:
    assert Words("en").own(Bilingual("社保")) == "社保"


@pytest.mark.req("R256")
def test_the_five_levels_have_the_standards_wording() -> None:
    levels = [tree("zh")[f"level.{n}"] for n in (5, 4, 3, 2, 1)]
    assert levels == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
