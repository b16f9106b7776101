"""What may stand in hallside's config files: the hall, its staff, and one station. Attribute names are the keys.

Nothing here reads a file or looks from one file into another: `load` does the first, `cross` the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Final, Literal, NamedTuple

from pydantic import AfterValidator, Field, SecretStr

from config.hall_rules import (
    Calendar,
    Cases,
    Closing,
    Leave,
    Load,
    Outage,
    People,
    Power,
    Queue,
    Season,
    SpecialDay,
    Voice,
    Weekday,
    WindowNumber,
    Words,
)
from config.parts import (
    AnyButtons,
    AnyKeypad,
    AnyLamps,
    AnyPrinter,
    AnyScanner,
    AnyScreen,
    AnySpeaker,
    AnySupply,
    Part,
    Strict,
)
from config.parts_serial import AnyStrip
from config.public import Board, Content, Facility
from config.shapes import (
    Clockface,
    LocalTime,
    Located,
    MaybeText,
    Name,
    Phone,
    RatingUrl,
    Series,
    StaffNumber,
    StoredPin,
)

RoleName = Literal["kiosk", "board", "window", "evaluator", "coordinator"]
Language = Literal["zh", "en", "ug", "bo", "mn"]  # what `Words` carries
Beginning = Annotated[str, Field(min_length=4, max_length=200)]


def _long_enough(key: SecretStr) -> SecretStr:
    if 0 < len(key.get_secret_value()) < 32:
        raise ValueError("a key has 32 signs or more: `openssl rand -hex 32` makes one")
    return key


HashKey = Annotated[SecretStr, Field(max_length=200), AfterValidator(_long_enough)]  # of hashes that stand for people

# --- hall.toml -----------------------------------------------------------------------------------------------


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
    sizes: Annotated[dict[Name, Annotated[int, Field(ge=1, le=600)]], Field(max_length=5)] = {}  # noqa: RUF012  frozen
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


# --- staff.toml ----------------------------------------------------------------------------------------------


class Staff(Strict):
    """One person who may sign in. windows: where (empty: everywhere). Without a pin nobody can sign in as them.

    services: what they can do (empty: everything, R123); skills: languages and sign language they speak (R195).
    substitute: their B role (R168). duties: leader of an area, supervisor, head of the centre;
    maintenance mends devices and serves at no window (R224). card: its code.
    """

    number: StaffNumber
    name: Annotated[str, Field(min_length=1, max_length=40, repr=False)]
    stars: Annotated[int, Field(ge=0, le=5)] = 0
    duty: Annotated[str, Field(max_length=40)] = ""
    photo: Annotated[str, Field(max_length=80)] = ""
    windows: tuple[WindowNumber, ...] = ()
    pin: Annotated[StoredPin, Field(repr=False)] = ""
    services: Annotated[tuple[Name, ...], Field(max_length=64)] = ()
    skills: Annotated[tuple[Name, ...], Field(max_length=8)] = ()
    substitute: StaffNumber | None = None
    duties: tuple[Literal["leader", "supervisor", "head", "maintenance"], ...] = ()
    department: Annotated[str, Field(max_length=40)] = ""  # R052
    card: Annotated[StaffNumber | None, Field(repr=False)] = None


class Roster(Strict):
    """Who is expected at a window on these weekdays (empty: every day the hall is open)."""

    window: WindowNumber
    staff: StaffNumber
    days: Annotated[tuple[Weekday, ...], Field(max_length=7)] = ()


class Absence(Strict):
    """Somebody will not be there: written before it begins (R049, R122). substitute: who stands in (R119, R120).

    where: what the window's sign may say of it when nobody stands in (R157); why stands nowhere.
    """

    id: Name
    staff: StaffNumber
    begins: LocalTime
    ends: LocalTime
    substitute: StaffNumber | None = None
    approved_by: StaffNumber | None = None
    where: Literal["leave", "out", "meeting"] = "out"


class StaffFile(Strict):
    """staff.toml: the people of the hall; only the coordinator has it."""

    staff: Annotated[tuple[Staff, ...], Field(max_length=400)] = ()
    roster: tuple[Roster, ...] = ()
    absences: Annotated[tuple[Absence, ...], Field(alias="absence")] = ()


# --- one station ---------------------------------------------------------------------------------------------

SECTIONS: Final = ("screen", "sign", "printer", "buttons", "lamps", "keypad", "scanner", "speaker", "strip", "supply")

# role -> sections it must have, sections it may have. An evaluator is pressed: on buttons or on its screen.
ROLE_SECTIONS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "kiosk": (frozenset({"screen", "printer"}), frozenset({"scanner", "speaker", "supply"})),
    "board": (frozenset({"screen"}), frozenset({"speaker", "strip", "supply"})),
    "window": (frozenset({"screen"}), frozenset({"sign", "keypad", "scanner", "speaker", "strip", "supply"})),
    "evaluator": (frozenset(), frozenset({"screen", "buttons", "lamps", "speaker", "supply"})),
    "coordinator": (frozenset(), frozenset({"supply"})),
}


class Device(Strict):
    """One device: its name on the wire, its role, and its parts."""

    name: Name
    role: RoleName
    screen: AnyScreen | None = None
    sign: AnyScreen | None = None
    printer: AnyPrinter | None = None
    buttons: AnyButtons | None = None
    lamps: AnyLamps | None = None
    keypad: AnyKeypad | None = None
    scanner: AnyScanner | None = None
    speaker: AnySpeaker | None = None
    strip: AnyStrip | None = None
    supply: AnySupply | None = None

    def parts(self) -> dict[str, Part]:
        """The sections this device has, in the order of `SECTIONS`."""
        found = ((section, getattr(self, section)) for section in SECTIONS)
        return {section: part for section, part in found if part is not None}


OVERRIDES: Final = ("broker", "rating", "kiosk_rules")  # tables of the hall that a station may set for itself


class StationFile(Strict):
    """A station's own file, without the tables that override the hall's."""

    ALSO_KNOWN: ClassVar = OVERRIDES

    hall: Located
    staff: Located | None = None
    data: Located
    bench: Located | None = None
    recordings: Located | None = None
    clock: Literal["kernel", "trusted"]
    devices: Annotated[tuple[Device, ...], Field(alias="device", min_length=1, max_length=8)]


@dataclass(frozen=True, slots=True)
class Station:
    """One process's whole config, sound and complete. hash: SHA-256 of all that decides its behaviour, in hex."""

    path: Path
    hall: HallConfig
    staff: tuple[Staff, ...]
    data: Path
    bench: Path | None
    recordings: Path | None
    clock: Literal["kernel", "trusted"]
    devices: tuple[Device, ...]
    hash: str
    roster: tuple[Roster, ...] = ()
    absences: tuple[Absence, ...] = ()
