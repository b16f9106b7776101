"""A scenario that names what cannot or must not be read is refused with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.errors import ConfigErrors
from config.scenario import load_scenario


@pytest.mark.parametrize("like", ["\\u0000", "/dev/zero", "a-pipe", "."])
def test_a_scenario_like_something_that_is_no_file_is_refused(like: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a-pipe")
    (tmp_path / "day.toml").write_text(f'title = "a day"\nlike = "{like}"\n')
    with pytest.raises(ConfigErrors) as wrong:
        load_scenario(tmp_path / "day.toml")
    (error,) = wrong.value.errors
    assert error.what
    assert error.mend
