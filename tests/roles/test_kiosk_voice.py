"""Voice guidance: what the kiosk says to whoever cannot see it, and that a touch names a key before it presses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from device.contract.messages import AnswerBlock, AskNumber
from device.effects import Effect, Say, Tapped
from device.hall.plan import Plan
from device.roles.kiosk import Kiosk
from drivers.events import LinkUp, PartFailed, PartMended, PrinterReport
from screens.gallery import KIOSK
from screens.gallery_kiosk import kiosk_views
from screens.guidance import fixed, key_aloud, key_said, page_aloud, page_said, spoken_lang, voice_of
from screens.layout import layout
from screens.phrases import tree, word
from screens.views import Bilingual, KioskHome, KioskKeypad, KioskTake, Modes
from tests.roles.at_kiosk import BLOCKS, WHOLE, home
from tests.roles.stage import Stage, said, uid
from tests.screens.plain_ruler import PlainRuler


def kiosk(plan: Plan = WHOLE, *, speaks: bool = True) -> Stage:
    stage = Stage(Kiosk("kiosk-1", plan, speaks))
    stage.began()
    stage.send(PrinterReport(ready=True))
    stage.send(LinkUp())
    stage.hear(AnswerBlock(uid(1), BLOCKS))
    return stage


def aloud(effects: Sequence[Effect]) -> list[str]:
    return [spoken.text for effect in effects if isinstance(effect, Say) for spoken in effect.utterance.phrases]


@pytest.mark.req("R274")
def test_with_voice_on_the_page_and_the_touched_key_are_said_and_a_second_touch_presses() -> None:
    stage = kiosk()
    assert "voice" in home(stage).can
    assert aloud(stage.send(Tapped("mode:voice"))) == [word("zh", "kiosk.lead"), word("zh", "guide.how")]
    effects = stage.send(Tapped("service:social"))
    assert aloud(effects) == ["社会保险"]
    assert not said(effects, AskNumber)
    assert home(stage).modes.focus == "service:social"
    effects = stage.send(Tapped("service:tax"))  # the finger goes on searching
    assert aloud(effects) == ["税务"]
    effects = stage.send(Tapped("service:tax"))
    assert said(effects, AskNumber)[0].service == "tax"
    assert aloud(effects) == [word("zh", "kiosk.getting")]


def test_whoever_did_not_ask_for_the_voice_hears_none_and_presses_at_once() -> None:
    stage = kiosk()
    effects = stage.send(Tapped("service:social"))
    assert said(effects, AskNumber)
    assert not aloud(stage.effects)


def test_a_kiosk_without_a_loudspeaker_or_with_a_broken_one_does_not_offer_it() -> None:
    assert "voice" not in home(kiosk(speaks=False)).can
    stage = kiosk()
    stage.send(PartFailed("speaker", "missing", "no card"))
    assert "voice" not in home(stage).can
    stage.send(PartMended("speaker"))
    assert "voice" in home(stage).can


def test_a_loudspeaker_that_breaks_leaves_a_kiosk_that_is_touched_once() -> None:
    stage = kiosk()
    stage.send(Tapped("mode:voice"))
    stage.send(PartFailed("speaker", "missing", "no card"))
    assert said(stage.send(Tapped("service:social")), AskNumber)


def test_the_voice_is_the_next_citizens_choice_again() -> None:
    stage = kiosk()
    stage.send(Tapped("mode:voice"))
    stage.wait(WHOLE.rules.idle_seconds + WHOLE.rules.warn_seconds)
    assert home(stage).modes == Modes()


def test_what_is_said_last_takes_the_place_of_what_waits_and_has_no_chime() -> None:
    stage = kiosk()
    stage.send(Tapped("mode:voice"))
    utterances = [e.utterance for e in stage.effects if isinstance(e, Say)]
    assert utterances
    assert all(one.instead and not one.chime and one.until for one in utterances)


def test_a_pin_and_a_phone_number_are_never_read_aloud() -> None:
    stage = kiosk()
    stage.send(Tapped("mode:voice"))
    for key in ("help", "assist"):
        stage.send(Tapped(key))
        stage.send(Tapped(key))
    for key in ("type:1", "type:1", "enter", "enter"):
        stage.send(Tapped(key))
    page = stage.view()
    assert isinstance(page, KioskKeypad)
    assert page.what == "pin"
    assert aloud(stage.send(Tapped("type:7"))) == []
    assert page_said(page)


def test_every_page_says_what_it_is_for_and_every_key_its_name() -> None:
    for name, view in kiosk_views().items():
        if view.modes == Modes():
            texts = page_said(view)
            assert texts, name
            assert all(texts), name
            for key in layout(view, KIOSK[0], PlainRuler()).targets:
                assert key_said(view, key), (name, key)


@pytest.mark.parametrize("lang", ["en", "ug", "bo", "mn"])
def test_every_text_brings_the_same_in_chinese_for_a_voice_that_has_not_all_of_the_language(lang: str) -> None:
    assert spoken_lang(lang) == lang
    for name, view in kiosk_views().items():
        page = page_aloud(replace(view, lang=lang))
        chinese = page_aloud(replace(view, lang="zh"))
        assert [one.chinese or one for one in page] == [one.chinese or one for one in chinese], name
        for key in layout(view, KIOSK[0], PlainRuler()).targets:
            said = key_aloud(replace(view, lang=lang), key)
            assert said, (name, key)
            assert said.lang == "zh" or (said.chinese and said.chinese.lang == "zh"), (name, key)


def test_what_cannot_be_said_in_the_pages_language_goes_to_the_speaker_with_its_chinese() -> None:
    stage = kiosk(replace(WHOLE, languages=("zh", "bo")))
    stage.send(Tapped("lang:bo"))
    (said,) = [e.utterance for e in stage.send(Tapped("mode:voice")) if isinstance(e, Say)]
    assert [(one.lang, one.text) for one in said.phrases] == [
        ("bo", word("bo", "kiosk.lead")), ("bo", word("bo", "guide.how")),
    ]  # fmt: skip
    assert [one.otherwise and (one.otherwise.lang, one.otherwise.text) for one in said.phrases] == [
        ("zh", word("zh", "kiosk.lead")), ("zh", word("zh", "guide.how")),
    ]  # fmt: skip


def test_a_number_is_read_of_the_same_clips_as_in_a_call() -> None:
    view = kiosk_views()["kiosk-take-zh"]
    assert isinstance(view, KioskTake)
    number = page_aloud(replace(view, number="A012"))[1]
    assert number == ("zh", "A 零 一 二", ("A", "零", "一", "二"), None)
    tibetan = page_aloud(replace(view, number="A012", lang="bo"))[1]
    assert (tibetan.lang, tibetan.parts) == ("bo", ("A", "ཀླད་ཀོར", "གཅིག", "གཉིས"))
    assert tibetan.chinese == number


OF_KIOSKS = (
    "booked", "class", "closing", "desk", "elsewhere", "guide", "help", "kiosk", "mode", "need", "place", "sorry",
    "still", "times",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "bo"])
def test_whatever_is_read_of_phrases_without_blanks_can_be_made_or_recorded_beforehand(lang: str) -> None:
    mine = (text for key, text in tree(lang).items() if key.startswith(OF_KIOSKS))
    phrases = {text for text in mine if "{" not in text}
    before = set(fixed(lang))
    for name, view in kiosk_views().items():
        here = replace(view, lang=lang)
        keys = (key_said(here, key) for key in layout(here, KIOSK[0], PlainRuler()).targets)
        assert {*page_said(here), *keys} & phrases <= before, name
    assert before <= phrases


@pytest.mark.parametrize("code", ["language-silent", "clip-damaged"])
def test_a_language_that_is_silent_takes_the_voice_from_nobody(code: str) -> None:
    stage = kiosk()
    stage.send(PartFailed("speaker", "card-lost", "pulled"))
    stage.send(PartFailed("speaker", code, "bo: no such voice"))
    assert "voice" in home(stage).can


def test_a_language_is_named_in_its_own_voice_with_its_chinese_name() -> None:
    view = kiosk_views()["kiosk-home-bo"]
    named = {lang: key_aloud(view, f"lang:{lang}") for lang in ("zh", "ug", "bo", "mn")}
    assert [one and (one.lang, one.text) for one in named.values()] == [
        ("zh", "中文"), ("ug", "ئۇيغۇرچە"), ("bo", "བོད་ཡིག"), ("mn", "ᠮᠣᠩᠭᠣᠯ"),
    ]  # fmt: skip
    assert [one and one.chinese and one.chinese.text for one in named.values()] == [None, "维吾尔文", "藏文", "蒙古文"]


def test_a_service_named_in_chinese_alone_is_read_by_the_chinese_voice_on_every_page() -> None:
    for lang in ("en", "ug"):
        assert voice_of("户籍与身份证", lang) == "zh"
    assert (voice_of("Call for help", "en"), voice_of("ياردەم", "ug"), voice_of("11-23 08:30", "ug")) == (
        "en",
        "ug",
        "ug",
    )


def test_what_is_read_aloud_has_no_marks_that_only_a_screen_needs() -> None:
    said = "".join("".join(page_said(replace(view, lang="ug"))) for view in kiosk_views().values())
    assert "17:30" in said
    home = kiosk_views()["kiosk-home-ug"]
    assert isinstance(home, KioskHome)
    ranged = replace(home, services=(replace(home.services[0], name=Bilingual("一", ug="1-3 كۆزنەك")),))
    key = key_aloud(ranged, f"service:{ranged.services[0].id}")
    assert key
    assert key.text == "1-3 كۆزنەك"
    assert all(char.isprintable() for char in said)
