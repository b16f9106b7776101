"""The kiosk's pages of a service desk: keying something in, and registering what nobody can serve now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from screens.views.kiosk import Modes, ServiceKey
from screens.views.words import Bilingual

Keyed = Literal["staff", "pin", "identity", "phone"]
RequestKind = Literal["home-visit", "unserved"]


@dataclass(frozen=True, slots=True)
class KioskKeypad:
    """Key something in that concerns a person. Touch targets: `type:<digit>`, `back`, `enter`, `done`, `help`.

    shown: what may be seen of it, the rest as dots; the thing itself is in no view. letters: beside the digits.
    wrong: it was not accepted.
    """

    lang: str
    what: Keyed
    shown: str = ""
    wrong: bool = False
    letters: str = ""
    days: int = 0  # so long a phone number is kept
    modes: Modes = Modes()


@dataclass(frozen=True, slots=True)
class KioskRequest:
    """Register a request (R066, R160): of what kind, for which service, and may somebody call back (R245, R279).

    Touch targets: `kind:<kind>`, `item:<service>`, `more`, `consent:yes`, `consent:no`, `done`, `help`.
    days: so long a phone number would be kept; 0: none is asked for.
    """

    lang: str
    stage: Literal["kind", "service", "consent", "asking"]
    kinds: tuple[RequestKind, ...] = ()
    services: tuple[ServiceKey, ...] = ()
    page: int = 0
    days: int = 0
    modes: Modes = Modes()


@dataclass(frozen=True, slots=True)
class KioskRegistered:
    """The request is registered. Touch target: `done`.

    phone: whom to ask about it. until: a phone number is kept until then, "2026-12-21"; "": none is. lost: it was
    given, and could not be kept.
    """

    lang: str
    code: str
    kind: RequestKind
    service: Bilingual
    phone: str = ""
    until: str = ""
    lost: bool = False
    modes: Modes = Modes()
