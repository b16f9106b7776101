"""Which modules a device has loaded once it is ready: for a bare interpreter that imports the same and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Final

from tests.bench.rig import SECONDS, BenchFailed, Rig

# As `hallside run` does it, to the point of READY; said by the process itself, which is then closed again.
MAKE: Final = """
import json, sys
from pathlib import Path
import device.cli
from config.load import load
from device.app import App
app = App(load(Path(sys.argv[1])))
names = [name for name in sys.modules if name != "__main__"]  # in the order of loading
app.close()
print(json.dumps(names))
"""
IMPORT: Final = """
import importlib
for name in {names!r}:
    try:
        importlib.import_module(name)
    except ImportError:
        pass  # made by its package while that was imported, not a file
"""


def loaded_by(hall: Rig, station: str) -> list[str]:
    """Asked of a process of its own. The device itself must not be running: its journal is one process's."""
    environ = [f"{key}={value}" for key, value in hall.environ.items()]
    done = subprocess.run(
        ["env", *environ, sys.executable, "-c", MAKE, str(hall.hall.stations[station])],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise BenchFailed(f"{station}: {done.stderr}")
    names: list[str] = json.loads(done.stdout.splitlines()[-1])
    return names


def importing(names: list[str]) -> str:
    """Code that imports all of these."""
    return IMPORT.format(names=names)
