"""Whoever sends whatever: authority, secrets, and bytes of any kind."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import traceback
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.contract import messages as m
from device.contract.codec import Kind, Malformed, decode, encode, masked, read
from device.contract.examples import EXAMPLES, Example
from tests.contract.made import changed, named, refusal

ASK = next(each for each in EXAMPLES if each.body.type == "ask.sign_in")

# --- authority -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_a_message_is_refused_on_every_topic_but_its_own(example: Example) -> None:
    others = {each.topic for each in EXAMPLES} - {example.topic}
    for topic in sorted(others):
        if topic.endswith(("/receipt", "/answer")) and example.topic.split("/")[-1] == topic.split("/")[-1]:
            continue  # the coordinator may answer anybody
        with pytest.raises(Malformed) as caught:
            decode(topic, example.payload)
        assert caught.value.kind == "not-allowed"


def test_a_message_on_no_topic_of_ours_is_refused_unread() -> None:
    with pytest.raises(Malformed) as caught:
        decode("hallside/1/longjiang/kiosk-1/secrets", b"whatever")
    assert caught.value.kind == "bad-topic"


# --- secrets -------------------------------------------------------------------------------------------------

CANARY = "canary7731"


@pytest.mark.req("R204")
def test_a_pin_is_masked_and_the_rest_can_be_read() -> None:
    payload = encode(ASK.envelope, m.AskSignIn("1003", CANARY))
    assert masked(payload) == json.loads(payload) | {"pin": "***"}


@pytest.mark.req("R204")
@pytest.mark.parametrize(
    "payload",
    [
        changed(ASK, pin=CANARY * 7),
        changed(ASK, pin=[CANARY]),
        changed(ASK, pin=CANARY, staff=CANARY + "!"),
        changed(ASK, pin=CANARY, at=CANARY),
        changed(ASK, pin=CANARY, type=CANARY),
        changed(ASK, pin=CANARY, v=CANARY),
        changed(ASK, pin=CANARY)[:-1],
        changed(ASK, pin=CANARY).replace(b'"pin"', b'"pin":"%s","pin"' % CANARY.encode()),
    ],
)
def test_no_value_of_a_malformed_message_is_written_down(payload: bytes) -> None:
    assert CANARY in payload.decode()
    assert CANARY not in "".join(traceback.format_exception(refusal(payload)))
    assert masked(payload).keys() == {"malformed", "bytes"}
    assert CANARY not in str(masked(payload))


def test_a_secret_is_masked_at_any_depth() -> None:
    payload = changed(ASK, pin=CANARY, later={"pin": CANARY, "list": [{"pin": CANARY}]})
    assert masked(payload)["later"] == {"pin": "***", "list": [{"pin": "***"}]}


def test_a_pin_stays_out_of_a_message_that_is_printed() -> None:
    assert CANARY not in repr(m.AskSignIn("1003", CANARY))


# --- whatever the bytes are ----------------------------------------------------------------------------------


@given(st.binary(max_size=300))
def test_any_bytes_are_malformed_or_sound(payload: bytes) -> None:
    with pytest.raises(Malformed):
        read(payload)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(EXAMPLES), st.data())
def test_any_value_in_any_field_is_malformed_or_sound(example: Example, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(sorted(json.loads(example.payload))))
    sound_or_malformed(example.topic, changed(example, **{field: data.draw(_JSON)}))


def test_any_damage_to_a_message_leaves_it_malformed_or_sound() -> None:
    dice = random.Random(20261121)
    sound = 0
    for _ in range(20_000):
        example = dice.choice(EXAMPLES)
        payload = bytearray(example.payload)
        for _ in range(dice.choice((1, 1, 2, 8))):
            at = dice.randrange(len(payload))
            match dice.randrange(4):
                case 0:
                    payload[at] = dice.randrange(256)
                case 1:
                    del payload[at : at + dice.randrange(1, 9)]
                case 2:
                    payload[at:at] = dice.choice((b'"', b"0", b"{", b"}", b",", b"\\", b"\xe7", b"null", b"1e9", b"\n"))
                case _:
                    payload[at:at] = payload[at : at + dice.randrange(1, 60)]
        sound += sound_or_malformed(example.topic, bytes(payload))
    assert 0 < sound < 10_000  # both roads were taken


def sound_or_malformed(topic: str, payload: bytes) -> bool:
    """True: sound, and can be said again. False: malformed, in a word that is counted. Raises anything else."""
    try:
        envelope, body = decode(topic, payload)
    except Malformed as malformed:
        if malformed.kind not in get_args(Kind):
            raise
        return False
    if read(encode(envelope, body)) != (envelope, body):
        raise AssertionError(f"said again it is another message: {payload!r}")
    return True


def test_the_codec_is_ready_without_building_a_validator_or_importing_pydantic_itself() -> None:
    asked = (
        "import sys, device.contract.codec as c; print(c._validator.cache_info().currsize, 'pydantic' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["0", "False"]
