"""What the public screens of a hall show: boards with their zones, pages of information, things that can break down."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.hall_rules import WindowNumber, Words
from config.parts import Strict
from config.shapes import Name

ZoneWindows = Annotated[tuple[WindowNumber, ...], Field(min_length=1, max_length=999)]


class Zone(Strict):
    """Some windows that a board shows together, and what it calls them."""

    name: Words
    windows: ZoneWindows


class Board(Strict):
    """One display. windows: whose calls its voice says; empty: of the whole hall.

    zones: one a page, each shown for page_seconds; one alone stays; none: the whole hall on one page. shows: the calls,
    or the pages of [[content]] where no queue is to be followed (R251).
    """

    device: Name
    place: Words
    windows: tuple[WindowNumber, ...] = ()
    zones: Annotated[tuple[Zone, ...], Field(max_length=16)] = ()
    page_seconds: Annotated[float, Field(ge=3, le=600)] = 10.0
    shows: Literal["calls", "content"] = "calls"


class Content(Strict):
    """One page of information, of a kind that may be public (R250): who serves, how things are done, how to follow
    one's own case or get its result, where to ask or complain. Nothing of any one case stands here.
    """

    kind: Literal["staff", "guide", "progress", "result", "contact"]
    title: Words
    lines: Annotated[tuple[Words, ...], Field(min_length=1, max_length=8)]


class Facility(Strict):
    """Something of the building that can break down: a lift. instead: what to use meanwhile (R286)."""

    id: Name
    name: Words
    instead: Words | None = None
