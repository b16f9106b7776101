"""pygame-ce, imported without its greeting, and what SDL reads from the process's environment.

SDL takes its back ends from environment variables. Here the config decides, so the variable is set for one call only
and put back: nothing that somebody exported earlier can turn a real screen or loudspeaker into a pretended one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # stdout belongs to the command that was started
os.environ.setdefault("SDL_NO_SIGNAL_HANDLERS", "1")  # SIGTERM is systemd's word to the process, not a window's

import pygame

__all__ = ["environment", "pygame"]


@contextmanager
def environment(**variables: str | None) -> Iterator[None]:
    """Inside, these variables have these values (None: not set); afterwards what they had before."""
    before = {name: os.environ.get(name) for name in variables}
    _set(variables)
    try:
        yield
    finally:
        _set(before)


def _set(variables: dict[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
