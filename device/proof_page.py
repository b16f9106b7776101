"""What the self test puts on paper."""

from __future__ import annotations

from device.version import hallside_version
from screens.document import Document
from screens.slips.selftest import SelftestFacts, compose


def proof_page(device: str, driver: str) -> Document:
    """The self test's page of this device."""
    return compose(SelftestFacts(device, driver, hallside_version()))
