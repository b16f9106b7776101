"""What the staff see and do at their desks, and lines that break and come back."""

from __future__ import annotations

from screens.views import BoardPage, ConsolePage
from tests.helpers.table import HallOnATable
from tests.scenarios.people import take


def console(hall: HallOnATable, window: int = 3) -> ConsolePage:
    """What the staff see."""
    page = hall.view(f"window-{window}")
    assert isinstance(page, ConsolePage)
    return page


def stands(hall: HallOnATable, window: int = 3) -> tuple[str, str]:
    """The window's state and number as its staff see them."""
    page = console(hall, window)
    return page.state, page.number


def by_hand(hall: HallOnATable, number: str, window: int = 3) -> None:
    """The staff read a number off a ticket and type it."""
    hall.tap(f"window-{window}", "number", *(f"type:{sign}" for sign in number), "enter")


def serve_by_hand(hall: HallOnATable, number: str, window: int = 3) -> None:
    """Called by number, served to the end."""
    by_hand(hall, number, window)
    hall.tap(f"window-{window}", "start", "finish")


def missed(hall: HallOnATable) -> tuple[str, ...]:
    """The numbers called in vain, as the board shows them."""
    page = hall.view("board-1")
    assert isinstance(page, BoardPage)
    return page.missed


def cut_desk(hall: HallOnATable, window: int) -> None:
    """Both lines of a desk break, and it notices."""
    hall.broker.cut(f"window-{window}")
    hall.broker.cut(f"evaluator-{window}")
    hall.settle()


def between_two_desks(hall: HallOnATable) -> str:
    """A number that either of two staffed desks may call."""
    number = take(hall)
    hall.sign_in("window-3", "1001")
    hall.sign_in("window-4", "1002")
    return number


def mend_desk(hall: HallOnATable, window: int) -> None:
    """They are whole again, and everything has arrived."""
    hall.broker.mend(f"window-{window}")
    hall.broker.mend(f"evaluator-{window}")
    hall.pass_time(5)


def nobody_waits(hall: HallOnATable) -> bool:
    """As the board says, and as a window finds that asks for the next."""
    board = hall.view("board-1")
    assert isinstance(board, BoardPage)
    hall.tap("window-3", "next")
    hall.pass_time(1)
    return board.waiting == 0 and console(hall).message == "console.call_empty"
