"""What all parts of a device have in common in a config."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Frozen, no unknown keys, no guessing between types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Part(Strict):
    """One part of a device."""

    driver: str

    def options(self) -> dict[str, Any]:
        """What the driver's constructor is given: every field but `driver`; a field left out is not in it."""
        return self.model_dump(exclude={"driver"}, exclude_none=True)
