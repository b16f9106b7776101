"""The finder of lines agrees with tomllib on what is where."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from config.lines import Path, find_lines, line_of
from tests.config.site import COORDINATOR, DESK, HALL, KIOSK, STAFF


def paths(value: Any, at: Path = ()) -> set[Path]:
    """Every table and key of TOML data, down to (and without) what stands inside one value."""
    if isinstance(value, dict):
        return {at} | {p for key, inner in value.items() for p in paths(inner, (*at, key))}
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        return {at} | {p for i, row in enumerate(value) for p in paths(row, (*at, i))}
    return {at}


def test_every_table_and_key_of_our_own_files_is_found_on_the_line_where_it_is_written() -> None:
    for text in (HALL, KIOSK, DESK, COORDINATOR, STAFF):
        lines = find_lines(text)
        found = text.split("\n")
        for path in paths(tomllib.loads(text)) - {()}:
            line = found[(line_of(path, lines) or 0) - 1]
            names = [step for step in path if isinstance(step, str)]
            assert any(name in line for name in names), (path, line)
        assert set(lines) <= paths(tomllib.loads(text)), "a line was claimed for something that is not there"


def test_strings_comments_and_lists_over_several_lines_do_not_mislead() -> None:
    text = 'a = """\nb = 1\n[c]\n"""\nd = [ # [e]\n  1,\n  2,\n]\n"f.g" = 1\n'
    text += '[h."i.j"]\nk.l = 2\n# m = 3\n[[h.n]]\no = "[x]"\n'
    assert find_lines(text) == {
        ("a",): 1, ("d",): 5, ("f.g",): 9, ("h", "i.j"): 10, ("h", "i.j", "k"): 11, ("h", "i.j", "k", "l"): 11,
        ("h", "n"): 13, ("h", "n", 0): 13, ("h", "n", 0, "o"): 14,
    }  # fmt: skip


def test_a_path_that_is_not_written_leads_to_what_is_around_it() -> None:
    lines = find_lines("[a]\nb = { c = 1 }\n")
    assert line_of(("a", "b", "c"), lines) == 2
    assert line_of(("a", "x"), lines) == 1
    assert line_of(("y",), lines) is None


@given(st.text(alphabet="ab.=[]{}\"'#\n\\ 1,", max_size=60))
def test_no_text_stops_the_finder(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in find_lines(text).values())
