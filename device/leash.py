"""Runs a programme that dies with whoever started it: `leash.py PARENT PROGRAM ARGUMENTS…`. Linux.

Started as a file with `python -I -S`, before anything else is loaded. A process of its own does what `preexec_fn`
would do in the parent's threads, where it may hang (Python's documentation of subprocess).
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)


def main() -> None:
    """Become the programme. Exit 1 if the parent is gone already."""
    parent, program = int(sys.argv[1]), sys.argv[2:]
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)
    os.execvp(program[0], program)  # noqa: S606  our own list of words, no shell


if __name__ == "__main__":
    main()
