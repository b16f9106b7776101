"""Where lines of paper break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.paper_lines import width, wrap


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("请到休息区稍坐，注意叫号。", 10, ["请到休息区", "稍坐，注意", "叫号。"]),
        ("请到休息区稍坐，注意", 14, ["请到休息区稍", "坐，注意"]),
        ("见（说明）和附件", 4, ["见", "（说", "明）", "和附", "件"]),
        ("叫号3次未到", 6, ["叫号", "3次未", "到"]),
        ("约40分钟", 6, ["约40分", "钟"]),
        ("Please take a seat", 8, ["Please", "take a", "seat"]),
        ("12345678901234", 8, ["12345678", "901234"]),
        ("到A区3号窗口", 6, ["到A区", "3号窗", "口"]),
        ("", 10, [""]),
    ],
)
def test_lines_break_where_readers_expect(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


@given(st.text(st.characters(codec="gbk", exclude_categories=["Cc", "Zs", "Zl", "Zp"])), st.integers(4, 48))
def test_wrapping_loses_and_adds_nothing(text: str, columns: int) -> None:
    assert "".join("".join(wrap(text, columns)).split()) == "".join("".join(wrap(text, 10_000)).split())


@given(st.text(), st.integers(2, 48))
def test_no_line_is_wider_than_the_paper(text: str, columns: int) -> None:
    assert all(width(line) <= columns for line in wrap(text, columns))
