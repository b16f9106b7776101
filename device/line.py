"""A device's own line to its hall's broker, as the config has it."""

from __future__ import annotations

from config.schema import Device
from config.schema import Station as Config
from device.contract.channels import echo_topic
from device.ears import ears
from drivers.link_paho import PahoLink
from drivers.link_tls import TlsFiles
from drivers.protocols import Post, WallClock, Will


def line(config: Config, device: Device, post: Post, clock: WallClock, farewell: tuple[str, bytes]) -> PahoLink:
    """farewell: topic and payload of what the broker says of the device when it is gone."""
    hall, broker = config.hall.hall.id, config.hall.broker
    topic, payload = farewell
    files = broker.tls.of(device.name) if broker.tls else None
    return PahoLink(
        post,
        host=broker.host,
        port=broker.port,
        name=device.name,
        subscriptions=ears(config, device),
        echo=echo_topic(hall, device.name),
        will=Will(topic, payload),
        tls=TlsFiles(str(files.ca), str(files.cert), str(files.key), files.key_password) if files else None,
        clock=clock,
    )
