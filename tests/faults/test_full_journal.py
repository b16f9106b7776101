"""N8: nothing that nobody has taken is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.journal_sqlite import SqliteJournal
from tests.faults import full_journal


@pytest.mark.req("R287")
@pytest.mark.timeout(60)
def test_a_journal_that_fills_up_warns_stops_in_time_and_loses_nothing() -> None:
    outcome = full_journal.run(False, None)
    assert outcome.kept, outcome.why
    assert "warned at 8" in outcome.why


def test_a_journal_that_takes_more_than_it_holds_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert full_journal.overfilled(tmp_path / "one.db", 100) == []
    monkeypatch.setattr(SqliteJournal, "waiting", 0)
    assert full_journal.overfilled(tmp_path / "other.db", 100) == [
        ("failed", "1 more were taken, and there is room for 100")
    ]
