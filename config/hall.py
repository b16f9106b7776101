"""What may stand in hall.toml: what every station of the hall must agree on. Attribute names are the keys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field, SecretStr

from config.hall_rules import (
    Calendar,
    Cases,
    Closing,
    Language,
    Leave,
    Load,
    Outage,
    People,
    Power,
    Queue,
    Season,
    SpecialDay,
    Voice,
    WindowNumber,
    Words,
)
from config.part import Strict
from config.public import Board, Content, Facility
from config.shapes import Clockface, Located, MaybeText, Name, Phone, RatingUrl, Series

Beginning = Annotated[str, Field(min_length=4, max_length=200)]


def _long_enough(key: SecretStr) -> SecretStr:
    if 0 < len(key.get_secret_value()) < 32:
        raise ValueError("a key has 32 signs or more: `openssl rand -hex 32` makes one")
    return key


HashKey = Annotated[SecretStr, Field(max_length=200), AfterValidator(_long_enough)]  # of hashes that stand for people


class Hall(Strict):
    """The hall itself. sessions: opening hours of a working day, hall time, in order."""

    id: Name
    name: Words
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    rollover: Clockface  # the business day changes here
    complaint_phone: Phone  # R057
    sessions: Annotated[tuple[tuple[Clockface, Clockface], ...], Field(max_length=8)]
    always_open: bool
    theme: Located | None = None  # the look of every screen, one file for the hall; left out: hallside's own (R007)
    city_codes: tuple[Beginning, ...] = ()  # what the city's QR codes for its people begin with
    identity_key: HashKey = SecretStr("")  # "": kiosks take numbers without asking who one is, and nothing else


class TlsFiles(NamedTuple):
    """The three files of one device's identity, and the passphrase of its key ("" if none)."""

    ca: Path
    cert: Path
    key: Path
    key_password: str


class Tls(Strict):
    """Where a device's certificate lives; `{device}` stands for its name, so one hall.toml serves all."""

    ca: Located
    cert: Located
    key: Located
    key_password: SecretStr = SecretStr("")  # from the environment only

    def of(self, device: str) -> TlsFiles:
        """The files of this device."""
        ca, cert, key = (Path(str(p).replace("{device}", device)) for p in (self.ca, self.cert, self.key))
        return TlsFiles(ca, cert, key, self.key_password.get_secret_value())


class Broker(Strict):
    """The hall's MQTT 5 broker."""

    host: Annotated[str, Field(min_length=1, max_length=253)]
    port: Annotated[int, Field(ge=1, le=65535)]
    tls: Tls | None = None


class Numbers(Strict):
    """A day's 999 numbers of a series: the coordinator gives 1..online_last, kiosks hold blocks above."""

    online_last: Annotated[int, Field(ge=1, le=998)]
    block: Annotated[int, Field(ge=1, le=998)]
    days: Annotated[int, Field(ge=1, le=31)]  # how many days ahead blocks are granted


class Calls(Strict):
    """How long a call is worth hearing and seeing, and how often it is made."""

    valid_seconds: Annotated[int, Field(ge=5, le=600)]
    fresh_seconds: Annotated[int, Field(ge=1, le=600)]
    max_attempts: Annotated[int, Field(ge=1, le=9)]
    rejoin_after: Annotated[int, Field(ge=0, le=99)]  # a missed number that comes back waits for so many others (R267)


class Rating(Strict):
    """How long an evaluator waits for a press, and how long it thanks.

    tags: the eight dimensions are asked while it thanks (R259); complaint_key: one may complain there (R057). Both need
    a screen that is touched. url: a page of the city's for rating by phone, shown as a QR code while it waits;
    {invitation} stands for the service's own number, which names nobody. reminder: in the thanks' place for papers
    (R028).
    """

    seconds: Annotated[int, Field(ge=5, le=600)]
    thanks_seconds: Annotated[int, Field(ge=1, le=60)]
    tags: bool
    complaint_key: bool
    url: RatingUrl | None = None
    reminder: Words | None = None


class KioskRules(Strict):
    """answer_ms: after this long without an answer a kiosk gives a number of its own block.

    idle_seconds without a touch: somebody who has begun is asked, for warn_seconds, whether they are still there.
    closing_minutes: so long before closing a kiosk says how long it may take before it gives a number; 0: only when the
    forecast goes beyond closing (R243).

    reprint_seconds: for so long a ticket that did not come out is printed when the printer can again; 0: never.
    contact_days: so long the phone number of whoever agreed to be called back is kept; 0: none is asked for (R279).
    """

    answer_ms: Annotated[int, Field(ge=50, le=10_000)]
    take_seconds: Annotated[int, Field(ge=1, le=120)]
    idle_seconds: Annotated[int, Field(ge=5, le=600)]
    warn_seconds: Annotated[int, Field(ge=20, le=120)]
    closing_minutes: Annotated[int, Field(ge=0, le=240)]
    reprint_seconds: Annotated[int, Field(ge=0, le=7200)]
    contact_days: Annotated[int, Field(ge=0, le=90)]
    needs: Annotated[tuple[Literal["sign", "en"], ...], Field(max_length=2)]  # skills one can ask for (R054)


class Service(Strict):
    """One thing citizens come for. series: the letter of its tickets; minutes: how long it usually takes.

    limit_minutes: one item may take so long (0: no limit; R063, R077); sizes: limits by size class (R078).
    promise_days: 0 is settled at once, else working days (R041). offered: kiosks give numbers; else by transfer (R042).
    """

    id: Name
    name: Words
    series: Series
    minutes: Annotated[int, Field(ge=1, le=600)]
    limit_minutes: Annotated[int, Field(ge=0, le=600)] = 0
    sizes: Annotated[dict[Name, Annotated[int, Field(ge=1, le=600)]], Field(max_length=5)] = {}  # noqa: RUF012  pydantic copies it
    promise_days: Annotated[int, Field(ge=0, le=365)] = 0
    code: MaybeText = ""  # in the catalogue of government services, with its level and type (R288)
    level: MaybeText = ""
    kind: MaybeText = ""
    registers: bool = False  # staff key in the number under which an item is handled from then on (R133)
    offered: bool = True
    modes: tuple[Literal["walk-in", "appointment", "home-visit"], ...] = ("walk-in", "appointment")  # R009
    group: Words | None = None  # its department or zone, where not all services fit on a kiosk's first page (R207)
    always: bool = False  # kiosks give its numbers even when the hall is closed (R217)
    plain: Words | None = None  # its name in plain words: kiosks show it above the official one (R146)


class Window(Strict):
    """One window: who serves there changes daily and is never written here (R194).

    also: services it can take over when a queue is long (R031). counter: windows that must not all be left (R113).
    """

    number: WindowNumber
    place: Words
    services: Annotated[tuple[Name, ...], Field(min_length=1, max_length=64)]
    device: Name
    evaluator: Name | None = None  # bound to this window alone (R005)
    also: Annotated[tuple[Name, ...], Field(max_length=64)] = ()
    counter: Name | None = None


class Kiosk(Strict):
    """One ticket kiosk."""

    device: Name
    place: Words


class Elsewhere(Strict):
    """What this hall does not do: where it is done, and whom to ask (R208)."""

    name: Words
    place: Words
    phone: Phone | None = None


class Notices(Strict):
    """What public screens say in their fixed slots (R004); the fourth, faults, is the coordinator's own."""

    business: Words | None = None
    announcement: Words | None = None
    sample: Words | None = None


class HallConfig(Strict):
    """hall.toml: what every station of the hall must agree on."""

    hall: Hall
    broker: Broker
    numbers: Numbers
    calls: Calls
    rating: Rating
    kiosk_rules: KioskRules
    voice: Voice
    notices: Notices = Notices()
    calendar: Calendar
    queue: Queue
    leave: Leave
    closing: Closing
    people: People
    load: Load
    cases: Cases
    power: Power
    seasons: Annotated[tuple[Season, ...], Field(alias="season", max_length=8)] = ()
    days: Annotated[tuple[SpecialDay, ...], Field(alias="day", max_length=366)] = ()
    outages: Annotated[tuple[Outage, ...], Field(alias="outage", max_length=64)] = ()
    services: Annotated[tuple[Service, ...], Field(alias="service", min_length=1, max_length=64)]
    windows: Annotated[tuple[Window, ...], Field(alias="window", min_length=1, max_length=999)]
    kiosks: Annotated[tuple[Kiosk, ...], Field(alias="kiosk")] = ()
    boards: Annotated[tuple[Board, ...], Field(alias="board")] = ()
    contents: Annotated[tuple[Content, ...], Field(alias="content", max_length=64)] = ()
    facilities: Annotated[tuple[Facility, ...], Field(alias="facility", max_length=32)] = ()
    elsewhere: Annotated[tuple[Elsewhere, ...], Field(max_length=64)] = ()
