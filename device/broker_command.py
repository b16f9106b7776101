"""`hallside broker`: the embedded MQTT 5 broker, for trying things out where no Mosquitto is installed."""

from __future__ import annotations

from argparse import ArgumentParser


def register(parser: ArgumentParser) -> None:
    """The same words as `python -m drivers.broker_embedded`."""
    parser.description = "Run an MQTT 5 broker in memory: no TLS, no access rules; for one machine, not for a hall."
    parser.add_argument("--host", default="127.0.0.1", help="IPv4 address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=1883, help="TCP port (default 1883)")
    parser.set_defaults(act=lambda args: run(args.host, args.port))


def run(host: str, port: int) -> int:
    """Until told to end; 1 if it cannot listen there."""
    from drivers.broker_embedded import main

    return main(["--host", host, "--port", str(port)])
