"""Lines for journald on standard error: a level each, and no personal data in any."""

from __future__ import annotations

import logging
import os
import sys
from typing import Final

SYSLOG: Final = {logging.DEBUG: 7, logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3, logging.CRITICAL: 2}


class _Line(logging.Formatter):
    """`<4>text` under systemd (sd-daemon(3)), `WARNING text` elsewhere."""

    def __init__(self, journald: bool) -> None:
        super().__init__("%(levelname)s %(message)s")
        self._journald = journald

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        if not self._journald:
            return line
        level = f"<{SYSLOG.get(record.levelno, 6)}>"
        return "\n".join(level + part for part in line.removeprefix(f"{record.levelname} ").splitlines())


def log_to_stderr() -> None:
    """Everything from INFO on, once."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line("JOURNAL_STREAM" in os.environ))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
