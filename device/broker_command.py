"""`hallside broker`: the embedded MQTT 5 broker, for trying things out where no Mosquitto is installed."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError


def register(parser: ArgumentParser) -> None:
    """The same words as `python -m drivers.broker_embedded`."""
    parser.description = "Run an MQTT 5 broker in memory: no TLS, no access rules; for one machine, not for a hall."
    parser.add_argument("--host", default="127.0.0.1", help="IPv4 address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=_port, default=1883, help="TCP port (default 1883)")
    parser.set_defaults(act=lambda args: run(args.host, args.port))


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise ArgumentTypeError(f"{text!r} is no port: 1 to 65535, like 1883")
    return int(text)


def run(host: str, port: int) -> int:
    """Until told to end; 1 if it cannot listen there."""
    from drivers.broker_embedded import main

    return main(["--host", host, "--port", str(port)])
