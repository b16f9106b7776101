"""A folder of wheels as a technician brings it, with a hallside that does nothing but say its version."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

WHEEL = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def tiny_wheels(folder: Path, version: str, *, starts: bool = True) -> Path:
    """The folder, filled and sealed. starts: False for a release whose `hallside version` fails."""
    folder.mkdir(parents=True)
    info = f"hallside-{version}.dist-info"
    says = f"print('hallside {version}')" if starts else "raise SystemExit('it does not start')"
    files = {
        "tiny_hallside.py": f"def main():\n    {says}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: hallside\nVersion: {version}\n",
        f"{info}/WHEEL": WHEEL,
        f"{info}/entry_points.txt": "[console_scripts]\nhallside = tiny_hallside:main\n",
    }
    record = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(folder / f"hallside-{version}-py3-none-any.whl", "w") as wheel:
        for name, text in {**files, f"{info}/RECORD": record}.items():
            wheel.writestr(name, text)
    seal(folder)
    return folder


def seal(folder: Path) -> None:
    """As `sha256sum *.whl > SHA256SUMS`."""
    wheels = sorted(folder.glob("*.whl"))
    lines = [f"{hashlib.sha256(wheel.read_bytes()).hexdigest()}  {wheel.name}\n" for wheel in wheels]
    (folder / "SHA256SUMS").write_text("".join(lines))
