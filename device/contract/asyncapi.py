"""The AsyncAPI 3.0 document: every channel, and every operation as a device and as the coordinator see it."""

from __future__ import annotations

import json
from typing import Any, Final

from device.contract.channels import CHANNELS, COORDINATOR, ROOT, Channel
from device.contract.codec import BODIES
from device.contract.examples import EXAMPLES
from device.contract.messages import DeviceState
from device.contract.schemas import definitions, sentence

Node = dict[str, Any]

VERSION: Final = "1.0.0"  # the first figure is the wire's and stands in every topic
_BINDING: Final = "0.2.0"  # of AsyncAPI's MQTT bindings
_SIDES: Final = ("device", COORDINATOR)
_PARAMETERS: Final[Node] = {
    "hall": {"description": "The hall's name, one a broker or many.", "examples": ["longjiang"]},
    "device": {"description": "The device's name; it is the name on its certificate too.", "examples": ["kiosk-1"]},
    "window": {"description": "The window's number, without leading zeros.", "examples": ["3"]},
    "service": {"description": "The service's name.", "examples": ["social"]},
}


def document() -> Node:
    """The whole agreement between hallside's devices and whoever takes the coordinator's place, or a device's."""
    return {
        "asyncapi": "3.0.0",
        "id": "urn:hallside:contract:1",
        "info": _info(),
        "defaultContentType": "application/json",
        "servers": {"hall": _server()},
        "channels": {_word(channel): _channel(channel) for channel in CHANNELS},
        "operations": dict(_operation(side, channel) for side in _SIDES for channel in CHANNELS)
        | dict(_question(side, word) for side in _SIDES for word in BODIES if word.startswith("ask.")),
        "components": {
            "schemas": definitions("#/components/schemas/"),
            "messages": {word: _message(word, kind) for word, kind in BODIES.items()},
            "securitySchemes": {
                "certificate": {
                    "type": "X509",
                    "description": "TLS 1.3 with a client certificate; its common name is the device's name, the MQTT "
                    "user name and the MQTT client id. The broker lets nobody speak below another's name.",
                }
            },
        },
    }


def _info() -> Node:
    return {
        "title": "hallside",
        "version": VERSION,
        "description": "Ticket kiosks, call displays, window controllers, satisfaction evaluators and the coordinator "
        "of a public service hall. CONTRACT.md beside this file says in words what a schema cannot: order, receipts, "
        "numbers, authority, growth.",
        "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        "contact": {"name": "the hallside team"},
        "tags": [
            {"name": "device", "description": "What a device does."},
            {"name": COORDINATOR, "description": "What the coordinator does, or whoever takes its place."},
        ],
    }


def _server() -> Node:
    return {
        "host": "{broker}:{port}",
        "protocol": "secure-mqtt",
        "protocolVersion": "5.0",
        "description": "The hall's own broker. No device needs another one, or the world outside.",
        "variables": {
            "broker": {"default": "localhost", "description": "Where the hall's broker is."},
            "port": {"default": "8883", "description": "8883 with TLS; 1883 only inside one machine."},
        },
        "security": [{"$ref": "#/components/securitySchemes/certificate"}],
        "bindings": {
            "mqtt": {
                "keepAlive": 10,
                "lastWill": {
                    "topic": f"{ROOT}/{{hall}}/{{device}}/state",
                    "qos": 1,
                    "retain": True,
                    "message": f"a {DeviceState.type} with status offline; will delay 10 s",
                },
                "bindingVersion": _BINDING,
            }
        },
    }


def _channel(channel: Channel) -> Node:
    below = "hall" if channel.of_hall else "device"
    names = ["hall", *([] if channel.of_hall else [below]), *([channel.key] if channel.key else [])]
    return {
        "address": address(channel),
        "title": channel.name,
        "description": f"{channel.what} Written by {written_by(channel)}; {kept(channel)}.",
        "messages": {kind.type: {"$ref": f"#/components/messages/{kind.type}"} for kind in channel.types},
        "parameters": {name: _PARAMETERS[name] for name in names},
    }


def _operation(side: str, channel: Channel) -> tuple[str, Node]:
    says = channel.writer == side
    mqtt: Node = {"qos": channel.qos, "retain": channel.retained, "bindingVersion": _BINDING}
    if channel.expiry is not None:
        mqtt["messageExpiryInterval"] = channel.expiry
    word = _word(channel)
    return f"{side}.{word}", {
        "action": "send" if says else "receive",
        "channel": {"$ref": f"#/channels/{word}"},
        "title": f"The {side} {'says' if says else 'hears'} {channel.name}",
        "summary": channel.what,
        "tags": [{"name": side}],
        "bindings": {"mqtt": mqtt},
        "messages": [{"$ref": f"#/channels/{word}/messages/{kind.type}"} for kind in channel.types],
    }


def _question(side: str, word: str) -> tuple[str, Node]:
    matter = word.removeprefix("ask.")
    return f"{side}.ask.{matter}", {
        "action": "send" if side == "device" else "receive",
        "channel": {"$ref": "#/channels/ask"},
        "title": f"The {side} {'asks' if side == 'device' else 'is asked'}: {matter.replace('_', ' ')}",
        "summary": sentence(BODIES[word]),
        "tags": [{"name": side}],
        "messages": [{"$ref": f"#/channels/ask/messages/{word}"}],
        "reply": {
            "channel": {"$ref": "#/channels/answer"},
            "messages": [{"$ref": f"#/channels/answer/messages/answer.{matter}"}],
        },
    }


def _message(word: str, kind: type) -> Node:
    example = next(each for each in EXAMPLES if each.body.type == word)
    found: Node = {
        "name": word,
        "title": word,
        "summary": sentence(kind),
        "contentType": "application/json",
        "payload": {"$ref": f"#/components/schemas/{word}"},
        "bindings": {"mqtt": {"payloadFormatIndicator": 1, "bindingVersion": _BINDING}},
        "examples": [{"name": "example", "summary": f"on {example.topic}", "payload": json.loads(example.payload)}],
    }
    if word.startswith(("ask.", "answer.")):
        field = "id" if word.startswith("ask.") else "to"
        found["correlationId"] = {
            "description": "An answer's `to` is the `id` of the question.",
            "location": f"$message.payload#/{field}",
        }
    return found


def address(channel: Channel) -> str:
    """The channel's topic with its parameters in braces."""
    tail = f"{channel.name}/{{{channel.key}}}" if channel.key else channel.name
    return f"{ROOT}/{{hall}}/{tail}" if channel.of_hall else f"{ROOT}/{{hall}}/{{device}}/{tail}"


def written_by(channel: Channel) -> str:
    """Who writes on this channel, in words."""
    return "that device alone" if channel.writer == "device" else "the coordinator alone"


def kept(channel: Channel) -> str:
    """Quality of service, retained and expiry, in words."""
    end = "" if channel.expiry is None else f", dropped by the broker after {channel.expiry} s"
    return f"QoS {channel.qos}{', retained' * channel.retained}{end}"


def _word(channel: Channel) -> str:
    """The channel's key in the document: `hall/window` -> `hallWindow`."""
    first, *rest = channel.name.split("/")
    return first + "".join(word.title() for word in rest)
