"""An independent pair of eyes on the wire: hears everything, writes it down, and can be asked whether a thing was said.

Its connection is its own, made with paho alone; it shares no code with the devices' links. Secrets are masked before
anything is written or kept.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.subscribeoptions import SubscribeOptions

from device.contract.channels import ECHO, ROOT, parse
from device.contract.codec import masked
from device.moment import HALL_TIME

ECHO_BYTES: Final = 64
AGAIN_SECONDS: Final = 0.05  # sooner than any device comes back, so that nothing they say is missed


@dataclass(frozen=True, slots=True)
class Said:
    """One message as it was seen: where (below the hall), what, and whether the broker had kept it from before."""

    where: str
    payload: dict[str, Any]
    retained: bool

    @property
    def type(self) -> str:
        """The message's type, "" for what is none."""
        return str(self.payload.get("type", ""))


class Watcher:
    """Use as a context manager. heard: everything so far, in order; `wait` waits for what is still to come."""

    def __init__(self, host: str, port: int, hall: str, events: Path | None) -> None:
        self._below = f"{ROOT}/{hall}/"
        self._where = (host, port)
        self._file: TextIO | None = events.open("w", encoding="utf-8") if events else None
        self._listening = threading.Event()
        self._over = threading.Event()
        self._changed = threading.Condition()
        self._client = Client(
            CallbackAPIVersion.VERSION2, client_id=f"{hall}-watcher", protocol=MQTTProtocolVersion.MQTTv5,
            reconnect_on_failure=False,
        )  # fmt: skip
        self._client.on_connect = lambda client, *_: client.subscribe("#", options=SubscribeOptions(qos=1))
        self._client.on_subscribe = lambda *_: self._listening.set()
        self._client.on_message = lambda _client, _data, message: self._on_message(message)
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self.heard: list[Said] = []

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._client.disconnect()
        self._thread.join(2.0)
        if self._file:
            self._file.close()

    def listening(self, seconds: float) -> bool:
        """Wait until it hears everything."""
        return self._listening.wait(seconds)

    def wait(self, true_of: Callable[[Said], bool], seconds: float, since: int = 0) -> Said | None:
        """The first message from number `since` on of which this is true; None if none comes in time."""
        end = time.monotonic() + seconds
        at = since
        with self._changed:
            while True:
                while at < len(self.heard):
                    if true_of(self.heard[at]):
                        return self.heard[at]
                    at += 1
                if not self._changed.wait(end - time.monotonic()) and time.monotonic() >= end:
                    return None

    def said(self, kind: str = "") -> Iterator[Said]:
        """What was heard so far, of this type."""
        return (said for said in list(self.heard) if not kind or said.type == kind)

    def forget_retained(self, seconds: float) -> None:
        """Take this hall's retained messages from a broker that is not ours."""
        topics = dict.fromkeys(self._below + said.where for said in self.said())
        kept = [topic for topic in topics if (address := parse(topic)) and address.channel.retained]
        gone = [self._client.publish(topic, b"", qos=1, retain=True) for topic in kept]
        for info in gone:
            with suppress(RuntimeError):  # the line is gone; then so is our right to tidy up
                info.wait_for_publish(seconds)

    # --- its thread ------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._over.is_set():
            with suppress(OSError):
                self._client.connect(*self._where, keepalive=10)
                if not self._over.is_set():
                    self._client.loop_forever(retry_first_connection=False)
            self._over.wait(AGAIN_SECONDS)

    def _on_message(self, message: MQTTMessage) -> None:
        if not message.topic.startswith(self._below):
            self._write(message, {"not-ours": len(message.payload)})  # whose it is, and what about, we do not know
            return
        if not message.payload:
            self._write(message, "")  # a retained message is taken away
            return
        payload = masked(bytes(message.payload))
        self._write(message, payload if not message.topic.endswith(f"/{ECHO}") else _short(bytes(message.payload)))
        with self._changed:
            self.heard.append(Said(message.topic.removeprefix(self._below), payload, message.retain))
            self._changed.notify_all()

    def _write(self, message: MQTTMessage, payload: dict[str, Any] | str) -> None:
        if self._file:
            line = {
                "time": datetime.now(HALL_TIME).isoformat(timespec="milliseconds"),
                "topic": message.topic,
                "qos": message.qos,
                "retained": message.retain,
                "payload": payload,
            }
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()


def _short(payload: bytes) -> str:
    """A heartbeat's own words: no message of the contract, and nothing that anybody said."""
    return payload[:ECHO_BYTES].decode("utf-8", "replace")
