"""What a Pi installs is a wheel, and these tests run from the folder: the wheel must have all that is in the folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
ROOMS: Final = ("device", "drivers", "screens", "config", "provisioning")
PACKED: Final = """
from setuptools import Distribution
wheel = Distribution({"script_name": "setup.py"})
wheel.parse_config_files(["pyproject.toml"])
build = wheel.get_command_obj("build_py")
build.ensure_finalized()
print(*build.get_source_files(), sep="\\n")
print(*(f"{folder}/{name}" for _, folder, _, names in build.data_files for name in names), sep="\\n")
"""


def said(*command: str) -> set[str]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=9)
    return set(done.stdout.splitlines())


def test_every_file_of_the_rooms_is_in_the_wheel() -> None:
    files = said("git", "ls-files", *ROOMS)
    assert "device/app.py" in files
    assert files - said(sys.executable, "-W", "ignore", "-c", PACKED) == set()
