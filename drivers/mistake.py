"""What is said of a mistake of ours on a driver's thread: what and where, never with which value.

The text of an exception may quote what was scanned or typed; that stands in no log.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Final

CODE: Final = "driver-fault"
PAUSE_SECONDS: Final = 5.0  # before the next try: who made a mistake mostly makes it again


def where(fault: BaseException) -> str:
    """As `KeyError at keypad_keys.py:88`; of one that was raised and caught."""
    *_, last = traceback.extract_tb(fault.__traceback__)
    return f"{type(fault).__name__} at {Path(last.filename).name}:{last.lineno}"
