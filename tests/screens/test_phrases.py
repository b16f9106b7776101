"""Every word people read or hear: in every language, drawable, asked for, and never one that sends people away."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from string import Formatter

import pytest

from screens.fonts import Fonts
from screens.gallery_kiosk import kiosk_views
from screens.guidance import page_said
from screens.phrases import COMPLETE, SOURCE, UnknownWord, Words, languages, tree, word
from screens.ticket import words as ticket_words
from screens.views import Bilingual, KioskPage
from tests.screens.words_asked import ROOT, asked_for

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


FOR_STAFF = (
    "console.", "check.", "alarm.", "device.", "strip.", "fault.note", "evaluator.safe", "lang.no_font",
)  # fmt: skip


def test_the_other_languages_have_all_that_citizens_read_and_hear_and_nothing_that_chinese_has_not() -> None:
    further = [lang for lang in languages() if lang not in COMPLETE]
    assert further == ["bo", "mn", "ug"]
    for lang in further:
        assert tree(lang).keys() <= tree(SOURCE).keys(), lang
        assert [key for key in tree(SOURCE) if not key.startswith(FOR_STAFF) and key not in tree(lang)] == [], lang


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


QUOTING = ("R029", "R030", "R132", "R150")  # rows that quote what must not be said


@pytest.mark.req("R029", "R030", "R132", "R150")
def test_the_forbidden_list_catches_what_the_requirements_quote() -> None:
    with (ROOT / "tests/requirements.tsv").open(encoding="utf-8", newline="") as file:
        quotes = {row["id"]: row["quote"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    for row in QUOTING:
        said = re.findall("“(.+?)”", quotes[row]) or [quotes[row]]
        assert {key for key, _ in offences([("zh", text, text) for text in said])} == set(said), row


@pytest.mark.req("R029", "R075", "R132")
@pytest.mark.parametrize("path", ["config/examples/hall.toml", "screens/slips/words.toml", "screens/ticket.toml"])
def test_what_a_hall_writes_itself_and_what_stands_on_paper_send_nobody_away(path: str) -> None:
    texts = list(_texts(tomllib.loads((ROOT / path).read_text("utf-8"))))
    assert len(texts) > 5
    assert not offences([("zh", text, text) for text in texts] + [("en", text, text) for text in texts])


def test_the_notices_hallside_writes_itself_send_nobody_away() -> None:
    """What is put together of phrases: boards, signs, voice and guidance say these and the hall's own words alone."""
    said = [(lang, text, text) for view in kiosk_views().values() for lang in COMPLETE for text in _aloud(view, lang)]
    assert said
    assert not offences(said)


def _aloud(view: KioskPage, lang: str) -> tuple[str, ...]:
    return page_said(replace(view, lang=lang))


def _texts(branch: object) -> Iterator[str]:
    if isinstance(branch, str):
        yield branch
    elif isinstance(branch, dict):
        for below in branch.values():
            yield from _texts(below)
    elif isinstance(branch, list):
        for below in branch:
            yield from _texts(below)


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
