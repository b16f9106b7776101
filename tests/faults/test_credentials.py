"""N12: false credentials, all of them refused; and that a broker which is not strict is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from provisioning.examples import texts
from tests.faults import credentials
from tests.faults.tries import Tries


@pytest.mark.timeout(60)
def test_false_credentials_get_in_nowhere() -> None:
    outcome = credentials.run(False, None)
    assert outcome.kept, outcome.why
    assert outcome.tried >= 40


@pytest.mark.timeout(60)
def test_a_broker_that_is_not_strict_is_caught(tmp_path: Path) -> None:
    conf = texts()["mosquitto.conf"]
    for line in ("crlfile", "acl_file", "tls_version"):
        assert f"\n{line} " in conf
        conf = conf.replace(f"\n{line} ", f"\n# {line} ")
    found = Tries()
    with credentials.strict_broker(tmp_path, conf) as (broker, forger, gone):
        credentials.doors(found, broker, forger, gone)
        credentials.speaking(found, broker, forger)
    assert {"certificate revoked", "TLS 1.2", "kiosk-1 says hall/call"} <= set(found.open)


def test_what_is_right_and_refused_is_no_success() -> None:
    found = Tries()
    found.works("a device of this hall", lambda: False)
    found.nothing("somebody else", came=False)
    assert (found.tried, found.open) == (1, ["refused, and was right: a device of this hall"])
