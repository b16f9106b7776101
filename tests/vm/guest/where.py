"""Whether this is the virtual machine, and which of its two starts: told by its kernel's command line."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_WORDS = Path("/proc/cmdline").read_text().split()

IN_GUEST: Final = any(word.startswith("HALLSIDE=") for word in _WORDS)
CROWDED: Final = "CROWD=1" in _WORDS  # other devices of each kind were there first, so all numbers are different
TOLD: Final = Path("/dev/ttyS1")  # where results go, one line each
