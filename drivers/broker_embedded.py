"""The broker where no Mosquitto is installed: iotcore's, in a process of its own.

`python -m drivers.broker_embedded --host 127.0.0.1 --port 1883` says one line when it listens and ends on SIGTERM or
SIGINT at once, leaving nothing. No TLS, no access rules, memory only: for one machine, demos and tests, not for a hall.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

LISTEN_SECONDS = 5.0
SETTLE_SECONDS = 0.05
PAYLOAD_BYTES = 20_480

# rumqttd's own words. connection_timeout_ms: how long somebody may stay silent before CONNECT.
_CONFIG = """
id = 0
[router]
id = 0
max_connections = 1000
max_outgoing_packet_count = 200
max_segment_size = 1048576
max_segment_count = 10
[v5.1]
name = "hall"
listen = "{host}:{port}"
next_connection_delay_ms = 1
[v5.1.connections]
connection_timeout_ms = 5000
max_payload_size = {payload}
max_inflight_count = 100
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to end. 0: ended as told; 1: cannot listen there, said on standard error."""
    parser = argparse.ArgumentParser(prog="python -m drivers.broker_embedded", description="An MQTT 5 broker.")
    parser.add_argument("--host", default="127.0.0.1", help="IPv4 address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=1883, help="TCP port (default 1883)")
    parser.add_argument("--with-parent", action="store_true", help="end too when standard input is closed")
    options = parser.parse_args(arguments)

    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # before the broker's threads begin, so that none of them is asked
    try:
        _listen(options.host, options.port)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"broker: {options.host}:{options.port}: {error}. Choose another --host or --port\n")
        return 1
    if options.with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.stdout.write(f"broker: listening on {options.host}:{options.port}\n")
    sys.stdout.flush()
    signal.sigwait(ends)
    os._exit(0)  # the Rust broker has no way to be stopped; it holds nothing but memory and sockets


def _listen(host: str, port: int) -> None:
    """Start the broker's threads. OSError if the port is taken or never opens."""
    from iotcore import IotCoreBroker

    logging.getLogger("rumqttd").setLevel(logging.CRITICAL)  # it calls every packet an ERROR
    with TemporaryDirectory() as folder:
        config = Path(folder) / "broker.toml"
        config.write_text(_CONFIG.format(host=host, port=port, payload=PAYLOAD_BYTES))
        broker = IotCoreBroker(config_path=str(config))
    broker.check_ports()
    broker.start()
    deadline = monotonic() + LISTEN_SECONDS
    while not _no_delay(port):
        if monotonic() > deadline:
            raise TimeoutError(f"nothing listens after {LISTEN_SECONDS:g} s")
        sleep(0.002)
    sleep(SETTLE_SECONDS)
    _no_delay(port)  # whoever was quicker than we were at first has been taken by now


def _no_delay(port: int) -> bool:
    """Set TCP_NODELAY on our listening socket and on what it has taken. False if there is none yet.

    rumqttd cannot be told to, and Nagle's algorithm with delayed acknowledgements makes a question and its answer take
    44 ms. On Linux an accepted socket inherits the option from the one that listens: 0.6 ms.
    """
    found = False
    for link in Path("/proc/self/fd").iterdir():
        if not link.is_socket():
            continue
        with suppress(OSError), socket.socket(fileno=os.dup(int(link.name))) as sock:  # it may be gone meanwhile
            if sock.family == socket.AF_INET and sock.type == socket.SOCK_STREAM and sock.getsockname()[1] == port:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                found |= bool(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    return found


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
