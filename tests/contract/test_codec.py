"""Messages to bytes and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from device.contract import messages as m
from device.contract.codec import (
    BODIES,
    LIMIT,
    RECORDS,
    Malformed,
    TooLarge,
    carried,
    decode,
    encode,
    read,
    record_hash,
)
from device.contract.examples import EXAMPLES, Example
from device.contract.rules import RULES
from device.contract.shape import members
from tests.contract.made import changed, message, named, refusal, without

ASK = next(each for each in EXAMPLES if each.body.type == "ask.sign_in")
STATE = next(each for each in EXAMPLES if each.body.type == "device.state")
RATING = next(each for each in EXAMPLES if each.body.type == "rating.given")
WINDOW = next(each for each in EXAMPLES if each.body.type == "hall.window")
HERE = "019aa429-6540-7000-8000-000000000001"


# --- there and back ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", sorted(BODIES))
def test_any_sound_message_comes_back_as_it_was(word: str) -> None:
    @settings(max_examples=12)
    @given(message(word))
    def check(made: tuple[m.Envelope, m.Body]) -> None:
        payload = encode(*made)
        assert read(payload) == made
        assert encode(*read(payload)) == payload
        assert len(payload) <= LIMIT

    check()


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_a_message_is_heard_where_it_is_said(example: Example) -> None:
    assert decode(example.topic, example.payload) == (example.envelope, example.body)


def test_a_message_is_one_flat_object_in_readable_order() -> None:
    example = next(each for each in EXAMPLES if each.body.type == "hall.service")
    assert example.payload == (
        b'{"type":"hall.service","v":1,"id":"019aa429-6540-7000-8000-000000000001","at":"2026-11-21T09:30:00.000+08:00",'
        b'"clock":"synced","device":"coordinator","service":"social","rev":41,"waiting":4,"minutes":15,"open":true,'
        b'"closes":"","most":22,"next":["A013","A014"],"due":0}'
    )


def test_chinese_travels_as_itself() -> None:
    assert "王馨".encode() in WINDOW.payload


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_only_records_carry_their_number_and_their_journal(example: Example) -> None:
    envelope, _ = read(example.payload)
    assert (envelope.seq > 0 and envelope.journal != "") == (type(example.body) in RECORDS)


@pytest.mark.req("R142", "R254")
def test_a_record_carries_the_hash_of_the_bytes_before_it() -> None:
    first = encode(replace(RATING.envelope, seq=1, prev=""), RATING.body)
    second = encode(replace(RATING.envelope, seq=2, prev=record_hash(first)), RATING.body)
    assert read(second)[0].prev == record_hash(first)
    assert record_hash(first.replace(b'"level":5', b'"level":4')) != record_hash(first)


# --- growth --------------------------------------------------------------------------------------------------


def test_fields_of_a_later_version_are_passed_over() -> None:
    assert read(changed(RATING, mood="sunny", later={"deep": [1, 2.5, None]})) == (RATING.envelope, RATING.body)


def test_a_field_that_is_not_said_has_its_default() -> None:
    _, body = read(without(WINDOW, "person"))
    assert isinstance(body, m.HallWindow)
    assert body.person is None


def test_a_part_may_grow_too() -> None:
    person = json.loads(WINDOW.payload)["person"] | {"pronoun": "x"}
    assert read(changed(WINDOW, person=person)) == (WINDOW.envelope, WINDOW.body)


# --- what is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"1",
        b"{}{}",
        b'{"type":"receipt",}',
        b"\xff\xfe{}",
        b"\xef\xbb\xbf" + STATE.payload,
        STATE.payload.decode().encode("utf-16"),
        STATE.payload[:-1],
        STATE.payload + b"x",
        STATE.payload.replace(b'"v":1', b'"v":1,"v":1'),
        STATE.payload.replace(b'"part":"printer"', b'"part":"printer","part":"printer"'),
        STATE.payload.replace(b'"v":1', b'"v":1,"x":NaN'),
        STATE.payload.replace(b'"v":1', b'"v":1,"x":-Infinity'),
        STATE.payload.replace(b'"v":1', b'"v":1,"x":"\\ud800"'),
        STATE.payload.replace(b'"v":1', b'"v":1,"x":' + b"9" * 5000),
        b"[" * 4000 + b"]" * 4000,
        b'{"a":' * 1000 + b"1" + b"}" * 1000,
    ],
)
def test_what_is_not_one_plain_json_object_is_refused(payload: bytes) -> None:
    assert refusal(payload).kind == "not-json"


def test_a_payload_may_have_8192_bytes_and_no_more() -> None:
    full = STATE.payload.replace(b'"v":1', b'"v":1,"x":"%s"' % (b"x" * (LIMIT - len(STATE.payload) - 7)))
    assert len(full) == LIMIT
    assert read(full) == (STATE.envelope, STATE.body)
    assert refusal(full.replace(b'"x":"', b'"x":"x')).kind == "too-large"


def test_a_message_that_would_be_too_large_is_not_made() -> None:
    body = m.SelftestDone("OK", ("印" * 200,) * 32)
    with pytest.raises(TooLarge) as caught:
        encode(RATING.envelope, body)
    assert caught.value.kind == "too-large"


@pytest.mark.parametrize("version", [0, 2, "1", 1.0, True, None, [1]])
def test_another_version_is_refused(version: object) -> None:
    assert refusal(changed(STATE, v=version)).kind == "version"


def test_a_message_says_its_version() -> None:
    assert refusal(without(STATE, "v")).kind == "version"


@pytest.mark.parametrize("word", ["", "nothing", "DEVICE.STATE", None, 7, ["device.state"], {"device.state": 1}])
def test_a_type_nobody_knows_is_refused(word: object) -> None:
    assert refusal(changed(STATE, type=word)).kind == "unknown-type"


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_every_field_that_must_be_said_is_asked_for(example: Example) -> None:
    kind: type = type(example.body)
    own = {member.name for member in members(kind) if member.required}
    for field in sorted({*carried(kind), *own} - {"prev"}):
        assert refusal(without(example, field)).kind == "bad-field", field


@pytest.mark.parametrize(
    ("example", "fields"),
    [
        (WINDOW, {"window": "3"}),
        (WINDOW, {"window": 3.0}),
        (WINDOW, {"window": True}),
        (WINDOW, {"window": 0}),
        (WINDOW, {"window": 1000}),
        (WINDOW, {"rev": -1}),
        (WINDOW, {"rev": 2**53 + 1}),
        (WINDOW, {"rev": 10**400}),
        (WINDOW, {"state": "asleep"}),
        (WINDOW, {"state": ["open"]}),
        (WINDOW, {"person": "王馨"}),
        (WINDOW, {"person": []}),
        (WINDOW, {"person": {"number": "1003"}}),
        (WINDOW, {"services": "social"}),
        (WINDOW, {"services": {"social": 1}}),
        (WINDOW, {"services": ["social"] * 65}),
        (WINDOW, {"services": ["Social"]}),
        (WINDOW, {"ticket": None}),
        (WINDOW, {"ticket": "20261121-A٠١٢"}),
        (WINDOW, {"ticket": "20261121-A012\n"}),
        (WINDOW, {"ticket": "20260230-A012"}),
        (WINDOW, {"called_at": "2026-11-21T25:00:00+08:00"}),
        (WINDOW, {"called_at": "2026-11-21T09:30:00Z"}),
        (WINDOW, {"called_at": "2026-11-21T09:30:00"}),
        (STATE, {"at": "2026-02-30T09:30:00+08:00"}),
        (STATE, {"at": "0001-01-01T00:00:00+23:59"}),
        (STATE, {"at": 1763688600}),
        (STATE, {"clock": "sundial"}),
        (STATE, {"device": "kiosk 1"}),
        (STATE, {"device": "k" * 33}),
        (STATE, {"id": "x"}),
        (STATE, {"version": "1\x00"}),
        (STATE, {"version": "1\u2028"}),
        (STATE, {"version": "1\x85"}),
        (RATING, {"seq": 0}),
        (RATING, {"journal": ""}),
        (RATING, {"prev": "xyz"}),
    ],
)
def test_nothing_is_coerced_and_every_bound_holds(example: Example, fields: dict[str, object]) -> None:
    assert refusal(changed(example, **fields)).kind == "bad-field"


@pytest.mark.req("R256", "R257")
@pytest.mark.parametrize("fields", [{"level": 0}, {"level": 6}, {"level": "5"}, {"level": None}, {"source": "self"}])
def test_a_rating_has_one_of_five_levels_and_comes_from_a_citizen(fields: dict[str, object]) -> None:
    assert refusal(changed(RATING, **fields)).kind == "bad-field"


@pytest.mark.req("R125", "R260")
@pytest.mark.parametrize("field", ["staff", "window", "ticket", "invitation", "pressed_at", "shown_at"])
def test_a_rating_without_who_where_and_when_is_none(field: str) -> None:
    assert refusal(without(RATING, field)).kind == "bad-field"


@pytest.mark.req("R236")
def test_no_rating_has_no_level() -> None:
    assert "level" not in m.RatingNone.__dataclass_fields__


@pytest.mark.req("R254")
def test_every_message_says_how_far_its_clock_can_be_believed() -> None:
    for example in EXAMPLES:
        assert refusal(without(example, "clock")).kind == "bad-field"


UNRULY = [
    m.AnswerBlock(HERE, (m.Block("A", "2026-11-21", 700, 699),)),
    m.TicketIssued(HERE, "20261121-A012", "A013", "2026-11-21", "social", "online"),
    m.TicketCalled("20261121-A012", "social", 3, "1003", "hand"),
    m.TicketTransferred("20261121-A012", 3, "1003"),
    m.AskCall("1003", "A012"),
    m.AnswerNumber(HERE, "given", "A012"),
    m.AnswerCall(HERE, "called"),
    m.AnswerPlace(HERE, "called"),
    m.AnswerSignIn(HERE, "welcome"),
]


@pytest.mark.req("R023")
@pytest.mark.parametrize("body", UNRULY, ids=lambda body: body.type)
def test_a_message_that_breaks_its_rule_as_a_whole_is_not_made(body: m.Body) -> None:
    with pytest.raises(Malformed) as caught:
        encode(RATING.envelope, body)
    assert caught.value.kind == "bad-field"


def test_every_rule_is_broken_once_above() -> None:
    assert {type(body) for body in UNRULY} == {*RULES, m.AnswerBlock} - {m.Block}


@pytest.mark.parametrize(
    "body",
    [
        m.HelpAsked("Not A Name"),
        m.HelpAsked("\ud800"),
        m.PaperLow(7),  # type: ignore[arg-type]  # the mistake that is tried
    ],
)
def test_what_a_reader_would_refuse_is_not_said(body: m.Body) -> None:
    with pytest.raises(Malformed):
        encode(RATING.envelope, body)


def test_a_record_without_number_is_not_said() -> None:
    with pytest.raises(Malformed):
        encode(replace(RATING.envelope, seq=0), RATING.body)
