"""Bad ratings come first in what is asked (R259), and nobody at the window may tell them from good ones (R166, R271).

Both hold at once only in one way: after a press of any level the same page asks the same question, for what was not
good first. A page that came with bad ratings alone, or asked otherwise then, would tell the window who was
dissatisfied.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from device.effects import Effect, Light, Remind, Say, Tapped
from device.roles.evaluator import Evaluator
from drivers.events import ButtonPressed, LinkUp
from screens.gallery import EVALUATOR
from screens.layout import Picture, Text, layout
from screens.phrases import languages, word
from screens.views import DIMENSIONS, EvaluatorIdle, EvaluatorThanks
from tests.roles.at_evaluator import invited
from tests.roles.stage import PLAN, Stage
from tests.screens.plain_ruler import PlainRuler

# What the question says, in this order: whether something was not good, in which respect, that nobody needs to say.
ASKED = {
    "zh": ("如有不足", "哪一方面", "可不选"),
    "en": ("not good", "What?", "optional"),
    "ug": ("يېتەرسىزلىك", "قايسى جەھەتتە", "تاللىمىسىڭىزمۇ بولىدۇ"),
    "bo": ("ཞན་ཆ", "ཕྱོགས་གང", "མི་འདེམས་ཀྱང་ཆོག"),
    "mn": ("ᠳᠤᠲᠠᠭᠳᠠᠯ", "ᠠᠯᠢ ᠲᠠᠯ", "ᠰᠣᠩᠭᠣᠬᠤ ᠦᠭᠡᠢ ᠪᠠᠢᠵᠤ"),
}
LEVELS = (1, 2, 3, 4, 5)
SECOND = ("en", "ug", "bo", "mn")
SCREEN = EVALUATOR[0]


def asked(lang: str) -> Stage:
    """A citizen is asked for a rating, in a hall with this second language."""
    plan = replace(PLAN, languages=("zh", lang))
    stage = Stage(Evaluator("evaluator-3", plan, plan.windows[3], "c0ffee", speaks=True, touch=True))
    stage.began()
    stage.send(LinkUp())
    stage.hear(invited())
    return stage


def page(stage: Stage) -> Picture:
    view = stage.view()
    assert isinstance(view, EvaluatorThanks)
    return layout(view, SCREEN, PlainRuler())


def noticed(effects: list[Effect]) -> list[Effect]:
    """Of these, what can be heard, seen beside the screen, or counted in seconds."""
    return [effect for effect in effects if isinstance(effect, Say | Light | Remind)]


@pytest.mark.req("R259")
@pytest.mark.parametrize("lang", languages())
def test_the_question_is_for_what_was_not_good_first_and_nobody_needs_to_answer_it(lang: str) -> None:
    said = word(lang, "evaluator.tags")
    places = [said.find(part) for part in ASKED[lang]]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.req("R166", "R259", "R271")
@pytest.mark.parametrize("lang", SECOND)
def test_after_a_press_of_any_level_the_same_page_asks_it_above_the_eight_with_the_same_sound(lang: str) -> None:
    pages, sounds = [], []
    for level in LEVELS:
        stage = asked(lang)
        sounds.append(noticed(stage.send(ButtonPressed(level))))
        pages.append(page(stage))
    assert all(one == pages[0] for one in pages)
    assert any(isinstance(effect, Say) for effect in sounds[0])
    assert all(one == sounds[0] for one in sounds)
    texts = "".join(box.text for box in pages[0].boxes if isinstance(box, Text))
    assert ASKED[lang][0].replace(" ", "") in texts.replace(" ", "")
    (question,) = [box for box in pages[0].boxes if isinstance(box, Text) and ASKED["zh"][0] in box.text]
    keys = [pages[0].targets[f"tag:{name}"] for name in DIMENSIONS]
    assert question.y + question.h <= min(y for _, y, _, _ in keys)


@pytest.mark.req("R166", "R271")
def test_the_thanks_stand_for_the_same_time_whatever_the_level_and_whatever_is_touched() -> None:
    for level in LEVELS:
        for touch in ((), ("tag:attitude",), ("tag:attitude", "tag:rules")):
            stage = asked("en")
            stage.send(ButtonPressed(level))
            for key in touch:
                stage.send(Tapped(key))
            stage.wait(PLAN.rules.thanks_seconds - 0.1)
            assert isinstance(stage.view(), EvaluatorThanks), (level, touch)
            stage.wait(0.2)
            assert isinstance(stage.view(), EvaluatorIdle), (level, touch)
