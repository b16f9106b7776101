"""The systemd unit: restarted for ever, in a sandbox, with the station's own parts and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from config.load import load
from config.schema import SECTIONS
from drivers.registry import DRIVERS
from provisioning.examples import FOLDER
from provisioning.unit import ON_SERIAL, PARTS, groups, unit

STATIONS = sorted(p.stem for p in FOLDER.glob("*.toml") if p.stem not in {"hall", "staff"})
LIMIT = "20"  # systemd-analyze's scale of 0..100: 2.0

# What each directive closes was measured with systemd-analyze 252; with all of them every station scores 1.8 or less.
SANDBOX = {
    "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "AmbientCapabilities": "", "User": "hallside",
    "ProtectSystem": "strict", "ProtectHome": "yes", "ProtectProc": "invisible", "ProtectKernelTunables": "yes",
    "ProtectKernelModules": "yes", "ProtectKernelLogs": "yes", "ProtectControlGroups": "yes",
    "ProtectHostname": "yes", "PrivateTmp": "yes", "PrivateMounts": "yes", "RestrictNamespaces": "yes",
    "RestrictRealtime": "yes", "RestrictSUIDSGID": "yes", "LockPersonality": "yes", "RemoveIPC": "yes",
    "KeyringMode": "private", "UMask": "0077", "SystemCallArchitectures": "native", "IPAddressDeny": "any",
}  # fmt: skip


def directives(station: str) -> dict[str, list[str]]:
    """Of the example station's unit: name -> values in order."""
    found: dict[str, list[str]] = {}
    for line in unit(load(FOLDER / f"{station}.toml", {}), station).splitlines():
        if line and not line.startswith(("#", "[")):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("station", STATIONS)
def test_every_station_runs_in_the_whole_sandbox_and_is_started_again_for_ever(station: str) -> None:
    found = directives(station)
    assert {name: found.get(name, ["-"])[-1] for name in SANDBOX} == SANDBOX
    reads_the_clock = "adjtimex clock_adjtime clock_adjtime64"
    assert found["SystemCallFilter"] == ["@system-service", "~@privileged @resources", reads_the_clock]
    assert "ProtectClock" not in found, "it forbids asking the kernel whether the time is to be believed"
    assert (found["Type"], found["WatchdogSec"]) == (["notify"], ["15"])
    healed = sum(int(found[name][0]) for name in ("WatchdogSec", "TimeoutAbortSec", "RestartSec"))
    assert healed <= 25 - 5, "a hung loop is back within 25 s (N11), its start included"
    assert (found["Restart"], found["StartLimitIntervalSec"]) == (["always"], ["0"])
    assert found["RestartPreventExitStatus"] == ["78"]
    assert found["ExecStart"] == [f"/opt/hallside/current/bin/hallside run --config /etc/hallside/{station}.toml"]
    assert found["StateDirectory"] == [f"hallside/{station}"]


@pytest.mark.req("R089")
@pytest.mark.parametrize("station", STATIONS)
def test_every_station_starts_when_the_mains_comes_on_with_nobody_there_and_waits_for_nothing(station: str) -> None:
    found = directives(station)
    assert found["WantedBy"] == ["multi-user.target"], "what a machine starts by itself, with nobody logged in"
    assert found["After"] == ["network.target"], "not network-online: a hall without its switch still opens"
    assert not {"Requires", "BindsTo", "Requisite", "ConditionPathExists"} & found.keys()
    assert (found["Restart"], found["StartLimitIntervalSec"]) == (["always"], ["0"])


def test_every_unit_scores_at_most_2_in_systemds_own_security_check(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not on this machine; its directives are checked by the test above all the same")
    units = [tmp_path / f"hallside-{station}.service" for station in STATIONS]
    for path, station in zip(units, STATIONS, strict=True):
        path.write_text(unit(load(FOLDER / f"{station}.toml", {}), station))
    command = [program, "security", "--offline=true", "--no-pager", f"--threshold={LIMIT}", *map(str, units)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    scores = [line for line in run.stdout.splitlines() if "Overall exposure" in line]
    assert len(scores) == len(STATIONS), run.stdout + run.stderr
    assert run.returncode == 0, scores


@pytest.mark.parametrize(
    ("station", "allowed", "owners"),
    [
        ("coordinator", [], []),
        ("kiosk-1", ["char-alsa rw", "char-drm rw", "char-input r", "char-ttyACM rw", "char-ttyUSB rw"],
         ["audio", "dialout", "input", "render", "video"]),
        ("kiosk-2", ["char-drm rw", "char-input r", "char-usb rw"], ["input", "lp", "render", "video"]),
        ("desk-1", ["char-drm rw", "char-gpiochip rw", "char-input r"], ["gpio", "input", "render", "video"]),
        ("desk-6", ["/dev/gpiomem rw", "char-drm rw", "char-gpiochip rw", "char-input r"],
         ["gpio", "input", "render", "video"]),
    ],
)  # fmt: skip
@pytest.mark.req("R094")
def test_a_station_may_open_its_own_parts_and_nothing_else(station: str, allowed: list[str], owners: list[str]) -> None:
    found = directives(station)
    assert found.get("DeviceAllow", []) == allowed
    assert found.get("DevicePolicy", []) == (["closed"] if allowed else [])
    assert found.get("PrivateDevices", []) == ([] if allowed else ["yes"])
    assert groups(load(FOLDER / f"{station}.toml", {})) == owners


def test_every_real_driver_has_its_device_classes_written_down() -> None:
    real = {key for key in DRIVERS if key[1] not in {"simulated", *ON_SERIAL}}
    assert {(section, driver) for section, driver in PARTS if section != "sign"} == real
    assert {section for section, _ in PARTS} <= set(SECTIONS)


def test_a_broker_named_by_its_address_is_the_only_one_that_can_be_reached(tmp_path: Path) -> None:
    text = (FOLDER / "kiosk-2.toml").read_text("utf-8").replace('"hall.toml"', f'"{FOLDER / "hall.toml"}"')
    (tmp_path / "kiosk.toml").write_text(text + '\n[broker]\nhost = "192.168.4.2"\n', "utf-8")
    said = unit(load(tmp_path / "kiosk.toml", {}), "kiosk-2")
    assert "IPAddressAllow=localhost 192.168.4.2\n" in said
