"""How commands end, for systemd, cron and scripts: sysexits.h where it has a number for it."""

from __future__ import annotations

from typing import Final

EXIT_REFUSED: Final = 1
EXIT_USAGE: Final = 64  # EX_USAGE
EXIT_FACTS: Final = 65  # EX_DATAERR
EXIT_MISSING: Final = 69  # EX_UNAVAILABLE: a part, a file or a programme is not there
EXIT_SOFTWARE: Final = 70  # EX_SOFTWARE
EXIT_DISK: Final = 74  # EX_IOERR
EXIT_LATER: Final = 75  # EX_TEMPFAIL
EXIT_CONFIG: Final = 78  # EX_CONFIG: systemd must not try again
EXIT_INTERRUPTED: Final = 128 + 2  # as a shell says it of SIGINT
EXIT_UNHEARD: Final = 128 + 13  # as if ended by SIGPIPE, which Python ignores
