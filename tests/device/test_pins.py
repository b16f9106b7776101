"""Staff PINs: stored as scrypt, found again, and nothing malformed ever lets anybody in."""

from __future__ import annotations

import hashlib
from base64 import b64decode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.hall.pins import make_pin, pin_ok, weak

SALT = bytes(range(16))


def test_the_right_pin_opens_and_every_other_one_does_not() -> None:
    stored = make_pin("314159", SALT)
    assert pin_ok("314159", stored)
    assert not any(pin_ok(other, stored) for other in ("314158", "31415", "3141599", "", " 314159"))


def test_what_is_stored_is_scrypt_of_the_pin_with_the_parameters_written_before_it() -> None:
    scheme, n, r, p, salt, key = make_pin("314159", SALT).split("$")
    assert scheme == "scrypt"
    assert b64decode(salt) == SALT
    expected = hashlib.scrypt(b"314159", salt=SALT, n=int(n), r=int(r), p=int(p), dklen=32)
    assert b64decode(key) == expected
    assert int(n) >= 2**14


def test_two_people_with_one_pin_are_not_stored_alike() -> None:
    assert make_pin("314159", SALT) != make_pin("314159", SALT[::-1])


def test_a_person_who_was_not_given_a_pin_cannot_sign_in_with_any() -> None:
    assert not any(pin_ok(pin, "") for pin in ("", "0", "000000", "314159"))


def test_a_stored_pin_that_would_cost_more_than_ours_is_refused_without_being_tried() -> None:
    stored = make_pin("314159", SALT)
    for cost in (f"{2**30}$8$1", "-1$8$1", "16384$-8$1", "16384$8$0", "16384$8$99"):
        assert not pin_ok("314159", stored.replace("16384$8$1", cost))


def test_a_salt_that_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="a salt has 16 to 48 bytes, not 4"):
        make_pin("314159", b"salt")


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_nothing_malformed_lets_anybody_in_or_stops_the_coordinator(stored: str) -> None:
    assert not pin_ok("314159", stored)
    assert not pin_ok("314159", f"scrypt$16384$8$1${stored}")


@pytest.mark.parametrize("pin", ["", "1234", "12345", "111111", "123456", "987654", "12 456", "一二三四五六"])
def test_a_pin_that_is_tried_first_is_called_weak(pin: str) -> None:
    assert weak(pin)


@pytest.mark.parametrize("pin", ["314159", "correct-horse", "121212"])
def test_other_pins_are_accepted(pin: str) -> None:
    assert weak(pin) == ""
