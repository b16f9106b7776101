"""How texts are made to fit: reckoned with a plain ruler, and tried with many texts and places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from screens.layout.fit import ELLIPSIS, NOT_FIRST, NOT_LAST, Para, fit, pieces
from tests.screens.plain_ruler import PlainRuler

RULER = PlainRuler()
texts = st.text("社会保险办理，。（）请到 abcXYZ 0123-:", min_size=1, max_size=60).map(str.strip).filter(bool)


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert fit(Para("社会保险", 20), 80, 26, RULER).lines == ("社会保险",)


def test_a_text_too_wide_gets_smaller_before_it_is_broken() -> None:
    done = fit(Para("社会保险", 20, lines=1), 60, 26, RULER)
    assert (done.lines, done.whole) == (("社会保险",), True)
    assert 10 <= done.size <= 15


def test_large_type_on_two_lines_is_preferred_to_small_type_on_one() -> None:
    done = fit(Para("社会保险办理", 20, lines=2), 60, 60, RULER)
    assert (done.lines, done.size) == (("社会保", "险办理"), 20)


def test_a_sentence_is_broken_where_it_pauses() -> None:
    done = fit(Para("号票没有打印，号码有效", 20, lines=2), 180, 60, RULER)
    assert done.lines == ("号票没有打印，", "号码有效")


def test_lines_are_balanced_so_that_no_word_is_left_alone() -> None:
    done = fit(Para("Please take your ticket now", 20, lines=2), 240, 60, RULER)
    assert done.lines == ("Please take", "your ticket now")


def test_what_does_not_fit_even_smaller_ends_in_an_ellipsis_and_says_so() -> None:
    done = fit(Para("社会保险办理须知", 20, least=16), 80, 30, RULER)
    assert not done.whole
    assert done.lines[0].endswith(ELLIPSIS)
    assert done.size == 16


def test_english_words_are_never_broken() -> None:
    assert pieces("Please take  A012, now") == ("Please ", "take  ", "A012, ", "now")


def test_a_line_neither_begins_with_a_closing_mark_nor_ends_with_an_opening_one() -> None:
    assert pieces("请（您）坐。") == ("请", "（您）", "坐。")


@given(texts, st.integers(10, 400), st.integers(20, 200), st.integers(8, 60), st.integers(1, 4))
def test_lines_are_within_the_place_and_nothing_is_lost(
    text: str, width: int, height: int, size: int, lines: int
) -> None:
    para = Para(text, size, lines=lines)
    done = fit(para, width, height, RULER)
    assert para.smallest <= done.size <= size
    assert len(done.lines) <= lines
    assert all(RULER.width(line, done.size, bold=False) <= width or line == ELLIPSIS for line in done.lines)
    if done.whole:
        assert "".join(done.lines).replace(" ", "") == text.replace(" ", "")
        assert len(done.lines) * para.step(done.size) <= max(height, para.step(done.size))
    else:
        assert done.lines[-1].endswith(ELLIPSIS) or any(line.endswith(ELLIPSIS) for line in done.lines)


@given(texts)
def test_pieces_put_together_are_the_text(text: str) -> None:
    parts = pieces(text)
    assert "".join(parts) == text
    assert all(part[0] not in NOT_FIRST for part in parts[1:])
    assert all(part.rstrip()[-1:] not in NOT_LAST or " " in part for part in parts[:-1] if part.strip())
