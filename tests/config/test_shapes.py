"""Config and wire use the same shapes of names, though neither may import the other."""

from __future__ import annotations

from typing import get_args

import pytest

from config import shapes
from config.schema import ROLE_SECTIONS, SECTIONS, Device, RoleName
from device.contract import messages


@pytest.mark.parametrize(("ours", "wire"), [("NAME", "Name"), ("SERIES", "Series"), ("STAFF", "Staff")])
def test_a_shape_in_a_config_file_is_the_shape_on_the_wire(ours: str, wire: str) -> None:
    (pattern,) = (m for m in get_args(getattr(messages, wire)) if isinstance(m, messages.Pattern))
    assert getattr(shapes, ours) == pattern.regex


def test_every_shape_has_a_sentence_for_people() -> None:
    patterns = {
        shapes.whole(getattr(shapes, name)) for name in ("NAME", "SERIES", "STAFF", "CLOCKFACE", "PHONE", "PIN")
    }
    assert patterns == set(shapes.SAYS)


def test_every_role_and_every_section_is_known_to_the_table_of_parts() -> None:
    assert set(get_args(RoleName)) == set(ROLE_SECTIONS)
    assert set(SECTIONS) == set(Device.model_fields) - {"name", "role"}
    assert all(must | may <= set(SECTIONS) for must, may in ROLE_SECTIONS.values())
