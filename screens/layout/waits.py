"""A forecast in words: how long, and what most waits do not exceed (R242). Only what is known is said."""

from __future__ import annotations

from screens.phrases import Words


def about(minutes: int, most: int, words: Words) -> str:
    """Both figures, or the first alone where they are the same or the second is not known; "" without any."""
    if not minutes:
        return ""
    first = words("kiosk.wait_about", n=minutes)
    return f"{first}{words('closing.and')}{words('kiosk.wait_most', n=most)}" if most > minutes else first


def span(minutes: int, most: int) -> str:
    """The same where there is room for a figure only: from what is usual to what is rarely exceeded, 45–60."""
    return f"{minutes}–{most}" if most > minutes else str(minutes)
