"""Staff PINs as the coordinator keeps them: scrypt (RFC 7914), never the PIN itself. Pure: the salt comes from outside.

A short PIN can be tried out by anybody who has the stored text; scrypt makes each try cost memory and time, the
coordinator's lock after wrong tries does the rest, and the file belongs to the coordinator alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from itertools import pairwise
from typing import Final

N, R, P = 2**14, 8, 1  # about 16 MiB and 50 ms a try; RFC 7914 section 2 for interactive use
KEY_BYTES: Final = 32
SALT_MIN, SALT_MAX = 16, 48
SHORTEST, LONGEST = 6, 64  # characters


def make_pin(pin: str, salt: bytes, n: int = 0) -> str:
    """What staff.toml stores: `scrypt$n$r$p$salt$hash`, the last two in base64. salt: 16 to 48 bytes used once.

    n: the cost, 0 for the usual one. Raises ValueError for another salt. Whether the PIN is a good one is asked of
    `weak` when it is chosen.
    """
    if not SALT_MIN <= len(salt) <= SALT_MAX:
        raise ValueError(f"a salt has {SALT_MIN} to {SALT_MAX} bytes, not {len(salt)}")
    cost = n or N
    key = _key(pin, salt, cost, R, P)
    return f"scrypt${cost}${R}${P}${_text(salt)}${_text(key)}"


def weak(pin: str) -> str:
    """Why this PIN must not be used, or ""."""
    if not SHORTEST <= len(pin) <= LONGEST:
        return f"a PIN has {SHORTEST} to {LONGEST} characters"
    if not (pin.isascii() and pin.isprintable()) or " " in pin:
        return "a PIN is made of letters, digits and signs of a plain keyboard, without spaces"
    steps = {ord(b) - ord(a) for a, b in pairwise(pin)}
    if steps <= {0} or steps == {1} or steps == {-1}:
        return "a PIN that repeats one sign or counts up or down is the first one tried"
    return ""


def pin_ok(pin: str, stored: str) -> bool:
    """Whether this is the PIN; "" stored (nobody was provisioned) or anything malformed is never right."""
    try:
        scheme, n, r, p, salt, key = stored.split("$")
        cost = 1 < int(n) <= N and 1 <= int(r) <= R and 1 <= int(p) <= P
        if scheme != "scrypt" or not cost or len(pin) > LONGEST:
            return False
        want = base64.b64decode(key, validate=True)
        have = _key(pin, base64.b64decode(salt, validate=True), int(n), int(r), int(p))
    except ValueError:
        return False
    return len(want) == KEY_BYTES and hmac.compare_digest(have, want)


def _key(pin: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=n, r=r, p=p, maxmem=2**26, dklen=KEY_BYTES)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
