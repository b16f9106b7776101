"""What the voice says."""

from __future__ import annotations

import pytest

from screens.announce import call_phrases, counted, rate_phrases, sorry_phrases, spelled, thanks_phrases


@pytest.mark.req("R026", "R083")
def test_a_call_gives_number_and_window_digit_by_digit_in_both_languages() -> None:
    assert call_phrases("A012", 3, ("zh", "en")) == (
        ("zh", "请 A 零 一 二 号，到三号窗口办理"),
        ("en", "Ticket A, zero one two, please go to window three"),
    )


def test_languages_are_spoken_in_the_order_asked_for_each_once() -> None:
    assert [lang for lang, _ in call_phrases("A012", 3, ("en", "zh", "en"))] == ["en", "zh"]


@pytest.mark.req("R026")
@pytest.mark.parametrize("langs", [(), ("xx",)])
def test_mandarin_is_always_spoken(langs: tuple[str, ...]) -> None:
    assert [lang for lang, _ in call_phrases("A012", 3, langs)] == ["zh"]
    assert [lang for lang, _ in rate_phrases(("en",))] == ["en", "zh"]


@pytest.mark.req("R128")
def test_after_a_long_wait_the_call_begins_with_an_apology() -> None:
    [(_, chinese), (_, english)] = call_phrases("A012", 3, ("zh", "en"), waited=True)
    assert chinese == "对不起，让您久等了。请 A 零 一 二 号，到三号窗口办理"
    assert english.startswith("We are sorry for the long wait. Ticket A,")


def test_no_digit_is_left_to_the_synthesizer() -> None:
    for n in range(1, 1000):
        for _, text in call_phrases(f"B{n:03d}", n, ("zh", "en")):
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
    assert rate_phrases(("zh",)) == (("zh", "请您对我的服务作出评价"),)
    assert thanks_phrases(("zh",)) == (("zh", "谢谢您的评价"),)
    assert sorry_phrases(("zh", "en"))[0][1].startswith("很抱歉")
