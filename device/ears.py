"""What a device of a station listens to on the wire, as the config has it.

In a large hall most of what is said is about other windows. Who has nothing to do with it need not wake for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from config.hall import Window
from config.schema import Device
from config.schema import Station as Config
from device.contract.channels import subscriptions

NOT_FOR_WINDOWS = ("hall/call", "hall/missed")  # calls and what was missed are for boards, and for kiosks
NOT_FOR_EVALUATORS = ("hall/service", "hall/call", "hall/missed", "hall/alarms")


def ears(config: Config, device: Device) -> Sequence[str]:
    """The topics to subscribe to."""
    return subscriptions(config.hall.hall.id, device.name, device.role, _only(config.hall.windows, device))


def _only(windows: Sequence[Window], device: Device) -> Mapping[str, Sequence[str]]:
    """Of some channels of the hall the keys that matter here: an evaluator's window; a window's neighbours (R109)."""
    here = next((w for w in windows if device.name in (w.device, w.evaluator)), None)
    if here and device.role == "evaluator":
        return {"hall/window": (str(here.number),), **dict.fromkeys(NOT_FOR_EVALUATORS, ())}
    if here and device.role == "window":
        beside = tuple(str(other.number) for other in windows if _beside(here, other))
        return {"hall/window": beside, "hall/service": here.services, **dict.fromkeys(NOT_FOR_WINDOWS, ())}
    return {}


def _beside(here: Window, other: Window) -> bool:
    """Also itself: so it hears what the coordinator knows of it."""
    counter = here.counter is not None and here.counter == other.counter
    return counter or here is other or not set(here.services).isdisjoint(other.services)
