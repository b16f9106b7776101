"""A test that says it shows a requirement names one that exists."""

from __future__ import annotations

from tests.requirements import NOT_YET, named, rows, shown


def test_every_row_that_a_test_names_exists() -> None:
    assert {row for row in shown() if row not in rows()} == set()


def test_every_core_and_office_row_is_shown_by_a_test_or_says_what_is_missing_of_it() -> None:
    ours = {row for row, (scope, _) in rows().items() if scope in ("core", "office")}
    assert ours - shown().keys() == NOT_YET.keys()


def test_marks_are_found_also_where_one_names_several_rows() -> None:
    source = '@pytest.mark.req("R001", "R002")\n@other\ndef test_a() -> None: ...\n\ndef test_b() -> None: ...\n'
    assert list(named(source)) == [("R001", "test_a"), ("R002", "test_a")]


def test_rows_have_a_scope_and_a_demand() -> None:
    assert {scope for scope, _ in rows().values()} == {"core", "slip", "office"}
    assert rows()["R125"][1].startswith("Name/number shown")
