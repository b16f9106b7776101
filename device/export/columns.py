"""Columns that several tables of an export have, with the one meaning each has in all of them."""

from __future__ import annotations

from typing import Annotated

Day = Annotated[str, "business day"]
Window = Annotated[int, "window"]
Service = Annotated[str, "service"]
Staff = Annotated[str, "staff number"]
Department = Annotated[str, "home department, from the roster (R052)"]
Device = Annotated[str, "device"]
Began = Annotated[str, "from when"]
