"""The one line of a strip sign, from the page a screen in its place would show. Pure; Chinese, as such signs are."""

from __future__ import annotations

from typing import Final

from screens.phrases import Words
from screens.views import BoardPage, SignPage, View

ZH: Final = Words("zh")
CALLED: Final = frozenset({"calling", "serving", "overtime"})  # states in which a number is shown


def strip_line(view: View) -> tuple[str, str] | None:
    """(text, the number in it); None for a page that says nothing to a strip sign. No name of anybody (R125)."""
    match view:
        case SignPage(state="calling", number=number) if number:
            return ZH("strip.come", number=number), number
        case SignPage(state=state, number=number) if number and state in CALLED:
            return f"{number} {ZH(f'state.{state}')}", number
        case SignPage(state=state, window=window):
            return ZH("strip.state", window=window, state=ZH(f"state.{state}")), ""
        case BoardPage(newest=newest) if newest is not None:
            return ZH("strip.go", number=newest.number, window=newest.window), newest.number
        case BoardPage():
            return ZH("state.open"), ""
        case _:
            return None
