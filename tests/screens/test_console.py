"""The staff's controller: in the staff's language, and what it tells them large enough beside everything else."""

from __future__ import annotations

import pytest

from screens.gallery import CONSOLE
from screens.layout import Picture, Screen, Text
from screens.phrases import Words
from screens.views import ConsolePage
from tests.screens.pictures import by_name, picture, texts

NAMES = sorted(name.removesuffix("-en") for name in by_name() if name.startswith("console") and name.endswith("-en"))
OWN = {"王晓明", "军人", "军人证件"}  # a name, a hall's class and its proof stay as the hall wrote them


def hanzi(page: Picture) -> list[str]:
    found = [text.text for text in texts(page) if any(char >= "\u2e80" for char in text.text)]
    return [text for text in found if not any(own in text for own in OWN)]


@pytest.mark.parametrize("screen", CONSOLE)
@pytest.mark.parametrize("name", NAMES)
def test_a_controller_in_english_has_every_word_in_english_and_the_same_keys(name: str, screen: Screen) -> None:
    english, chinese = picture(f"{name}-en", screen), picture(name, screen)
    assert hanzi(english) == []
    assert english.flaws == ()
    assert english.targets == chinese.targets


@pytest.mark.parametrize("screen", CONSOLE)
@pytest.mark.parametrize(
    "name", [name for name in NAMES if "calling" in name or "serving" in name or "refused" in name]
)
def test_state_ticket_and_message_are_never_smaller_than_what_an_arm_s_length_needs(name: str, screen: Screen) -> None:
    """16 arc minutes, also while a message stands beside them on a low panel."""
    view = by_name()[name].view
    assert isinstance(view, ConsolePage)
    words = Words("zh")
    wanted = {words(f"console.state_{view.state}"), view.number} - {""}
    if view.message:
        wanted.add(words(view.message, **dict(view.blanks)))
    page = picture(name, screen)
    found: dict[str, Text] = {text.text: text for text in texts(page)}
    for said in wanted:
        lines = [text for line, text in found.items() if line in said or said in line]
        assert lines, said
        assert all(text.size >= screen.type_of_arc(16) for text in lines if len(text.text) > 1), said
