"""The shapes of short texts in config files, each with the sentence people read when a text does not fit.

Names, numbers and letters are the wire's own (`device/contract/messages/values.py`); config may not import the device,
so the patterns stand here again and `tests/config/test_shapes.py` holds the two together.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from pydantic import BeforeValidator, StringConstraints, ValidationInfo

NAME: Final = r"[a-z][a-z0-9-]{0,31}"
SERIES: Final = r"[A-Z]"
STAFF: Final = r"[A-Za-z0-9]{1,12}"
CLOCKFACE: Final = r"([01][0-9]|2[0-3]):[0-5][0-9]"
MONTH_DAY: Final = r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
DATE: Final = r"2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
LOCAL_TIME: Final = rf"{DATE}T{CLOCKFACE}"
PHONE: Final = r"[0-9][0-9 -]{1,18}[0-9]"
PIN: Final = r"(scrypt\$[0-9]{1,8}\$[0-9]{1,3}\$[0-9]{1,3}\$[A-Za-z0-9+/=]{24,64}\$[A-Za-z0-9+/=]{40,128})?"
RATING_URL: Final = r"https?://[!-z|~]{1,60}\{invitation\}[!-z|~]{0,40}"  # short: its QR code is read at arm's length


def whole(regex: str) -> str:
    """The same pattern, of the whole text."""
    return f"^(?:{regex})$"


SAYS: Final = {
    whole(NAME): "is not a name: small letters a-z, digits and '-', a letter first, at most 32",
    whole(SERIES): "is not a series: one capital letter A-Z",
    whole(STAFF): "is not a staff number: 1 to 12 letters and digits",
    whole(CLOCKFACE): 'is not a time of day: write it as "08:30"',
    whole(MONTH_DAY): 'is not a day of the year: write it as "05-01"',
    whole(DATE): 'is not a date: write it as "2026-10-01"',
    whole(LOCAL_TIME): 'is not a date and time: write it as "2026-12-05T12:00"',
    whole(PHONE): "is not a telephone number: digits, spaces and '-'",
    whole(RATING_URL): "is not a short address (http or https) with {invitation} in it",
    whole(PIN): "is not a stored PIN: let `hallside provision staff` write it",
}

Name = Annotated[str, StringConstraints(pattern=whole(NAME))]
Series = Annotated[str, StringConstraints(pattern=whole(SERIES))]
StaffNumber = Annotated[str, StringConstraints(pattern=whole(STAFF))]
Clockface = Annotated[str, StringConstraints(pattern=whole(CLOCKFACE))]
MonthDay = Annotated[str, StringConstraints(pattern=whole(MONTH_DAY))]
Date = Annotated[str, StringConstraints(pattern=whole(DATE))]
LocalTime = Annotated[str, StringConstraints(pattern=whole(LOCAL_TIME))]
Phone = Annotated[str, StringConstraints(pattern=whole(PHONE))]
RatingUrl = Annotated[str, StringConstraints(pattern=whole(RATING_URL))]
StoredPin = Annotated[str, StringConstraints(pattern=whole(PIN))]
Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
MaybeText = Annotated[str, StringConstraints(max_length=200)]


def _from_file(value: object, info: ValidationInfo) -> object:
    """Paths are relative to the file that names them (the validation context is that file's folder)."""
    folder = info.context
    if isinstance(value, str) and "\0" in value:
        raise ValueError("no path has a NUL in it")
    return folder / value if isinstance(value, str) and value and isinstance(folder, Path) else value


Located = Annotated[Path, BeforeValidator(_from_file, json_schema_input_type=str)]
