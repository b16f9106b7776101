"""Scripts that join, stack or run from the right: which stretch stands where on the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.shaping import Stretch, is_shaped, reads_from_the_right, script_of, stretches

NUMBER = "نومۇرىڭىز A012 بولدى"  # "your number is A012"


def test_chinese_and_latin_are_one_stretch_as_they_are() -> None:
    assert stretches("您的号码 A012，3 号窗口") == [Stretch("您的号码 A012，3 号窗口", "")]
    assert not is_shaped("您的号码 A012 é ñ ™")


def test_a_number_inside_uyghur_keeps_its_order_and_the_words_around_it_stand_from_the_right() -> None:
    assert reads_from_the_right(NUMBER)
    texts = [stretch.text.strip() for stretch in stretches(NUMBER)]
    assert [text for text in texts if text] == ["بولدى", "A012", "نومۇرىڭىز"]
    assert all(stretch.rtl == (stretch.script == "Arab") for stretch in stretches(NUMBER))


def test_uyghur_in_a_chinese_line_stands_where_it_is_written() -> None:
    line = "窗口 كۆزنەك 三号"
    assert not reads_from_the_right(line)
    assert [stretch.script for stretch in stretches(line)] == ["", "Arab", ""]


def test_brackets_around_uyghur_are_its_own_so_that_the_font_turns_them() -> None:
    (only,) = stretches("(رەھمەت)")
    assert (only.script, only.rtl) == ("Arab", True)


def test_tibetan_and_mongolian_read_from_the_left_in_stretches_of_their_own() -> None:
    assert [(s.text, s.script, s.rtl) for s in stretches("བོད་ཡིག A012")] == [
        ("བོད་ཡིག ", "Tibt", False),
        ("A012", "", False),
    ]
    assert [s.script for s in stretches("ᠮᠣᠩᠭᠣᠯ A")] == ["Mong", ""]


@pytest.mark.parametrize(
    ("char", "script"),
    [("ئ", "Arab"), ("ﻻ", "Arab"), ("ཀ", "Tibt"), ("ᠮ", "Mong"), ("国", ""), ("A", ""), ("\u0530", "")],
)
def test_the_script_of_a_character(char: str, script: str) -> None:
    assert script_of(char) == script


@given(
    st.text(
        st.one_of(
            st.sampled_from("A0 1(-)،.人ئۇيغكۆ་བོདᠮᠣ\u200c\u200d٣ע\u2066\u2069\u202e\u202c\U000ca264"), st.characters()
        )
    )
)
def test_no_character_is_lost_or_doubled_whatever_is_mixed(text: str) -> None:
    assert sorted("".join(stretch.text for stretch in stretches(text))) == sorted(text)
