"""`hallside cases`, `vouchers` and `attendance` against a coordinator behind its socket."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.load import load
from device.cli import main
from device.contract.messages import AskContact, RatingGiven, RequestRegistered, VouchersGiven
from device.contract.messages.power import Voucher
from device.demo_hall import write_hall
from device.effects import Enter, Ordered, Remember, Reply
from device.exits import EXIT_REFUSED
from device.hall.pins import make_pin
from device.office import SOCKET, Office
from device.office_client import PIN_VARIABLE
from device.roles.build import build
from device.roles.coordinator import Coordinator
from tests.roles.stage import Stage, uid

PIN = make_pin("7301-55", b"salt of the tests", 2)
PERSON = '\n[[staff]]\nnumber = "{}"\nname = "{}"\nduties = ["{}"]\npin = "{}"\n'
PEOPLE = PERSON.format("9001", "周主任", "supervisor", PIN) + PERSON.format("9002", "吴组长", "leader", PIN)


class Manned:
    """A coordinator behind its office, and the words said to it."""

    def __init__(self, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
        station = load(config, {})
        station.data.mkdir(exist_ok=True)
        self.config, self.data, self._capsys = config, station.data, capsys
        self.stage = Stage(build(station.devices[0], station))
        self.stage.began()
        self.office = Office(station.data, self._take)

    def _take(self, order: Ordered) -> None:
        for effect in self.stage.send(order):
            if isinstance(effect, Reply):
                self.office.reply(effect.to, effect.said)

    def say(self, *words: str, staff: str = "9001", status: int = 0) -> str:
        assert main([*words, "--config", str(self.config), "--as", staff]) == status
        said = self._capsys.readouterr()
        return said.err if status else said.out

    def rate(self, level: int, n: int = 1) -> None:
        at = self.stage.wall.isoformat(timespec="milliseconds")
        given = RatingGiven(uid(n), f"20261123-A{n:03d}", "social", 3, "1001", level, at, at, "")
        self.stage.send_heard(self.stage.envelope(uid(0x50 + n), "evaluator-3", n), given)


@pytest.fixture
def manned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Manned]:
    monkeypatch.setenv(PIN_VARIABLE, "7301-55")
    deep = tmp_path / ("a-folder-whose-path-is-longer-than-a-socket-may-be-" * 2)
    deep.mkdir()
    hall = write_hall(deep)
    with (deep / "staff.toml").open("a", encoding="utf-8") as staff:
        staff.write(PEOPLE)
    here = Manned(hall.stations["coordinator"], capsys)
    yield here
    here.office.close()


@pytest.mark.req("R261", "R263", "R140")
def test_the_supervisor_works_a_bad_rating_from_the_command_line(manned: Manned, tmp_path: Path) -> None:
    manned.rate(1)
    (case,) = json.loads(manned.say("cases", "list", "--json"))["cases"]
    assert (case["level"], case["staff"], case["days"]) == (1, "1001", 5)
    short = case["id"][-8:]
    assert manned.say("cases", "list").splitlines()[-1].startswith("open 1, overdue 0; done 0/1 (0 %)")
    assert "assigned -> 1002" in manned.say("cases", "assign", short, "--to", "1002")
    assert "unfounded -> 1002, done" in manned.say("cases", "dismiss", short, "--note", "pressed by a child")
    assert manned.say("cases", "list").splitlines() == [
        "open 0, overdue 0; done 1/1 (100 %), named answered 0/0 (100 %)"
    ]
    page = tmp_path / "list.html"
    manned.say("cases", "list", "--all", "--html", str(page))
    assert "不属实" in page.read_text("utf-8")


def test_a_step_that_may_not_be_taken_is_one_line_and_changes_nothing(manned: Manned) -> None:
    manned.rate(2)
    short = json.loads(manned.say("cases", "list", "--json"))["cases"][0]["id"][-8:]
    refused = manned.say("cases", "rectify", short, "--note", "x", status=EXIT_REFUSED)
    assert refused == "hallside: the case is open: rectified comes after verified\n"
    assert "no one case ends with ffff" in manned.say("cases", "verify", "ffff", status=EXIT_REFUSED)
    assert "cases.move: case" in manned.say("cases", "verify", "not an id", status=EXIT_REFUSED)


@pytest.mark.req("R196")
def test_a_leader_prints_vouchers_and_never_sees_a_rating(manned: Manned, tmp_path: Path) -> None:
    manned.rate(1)
    assert "do not belong" in manned.say("cases", "list", staff="9002", status=EXIT_REFUSED)
    assert manned.say("vouchers", "list", staff="9002") == ""
    assert not [effect for effect in manned.stage.last if isinstance(effect, Remember | Enter)]


@pytest.mark.req("R285")
def test_a_voucher_is_printed_by_its_tickets_number_until_it_is_used(manned: Manned, tmp_path: Path) -> None:
    voucher = Voucher("20261123-A012", "social", "480215936071")
    coordinator = manned.stage.role
    assert isinstance(coordinator, Coordinator)
    coordinator.decide(VouchersGiven((voucher,), "2026-12-21"), manned.stage.moment())
    picture = tmp_path / "voucher.png"
    manned.say("vouchers", "print", "A012", "--png", str(picture), staff="9002")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "A012" in manned.say("vouchers", "list", staff="9002")
    manned.say("vouchers", "register", "--png", str(picture), staff="9002")
    assert "there is no voucher for B001" in manned.say(
        "vouchers", "print", "B001", "--png", str(picture), staff="9002", status=EXIT_REFUSED
    )


@pytest.mark.req("R160", "R279")
def test_whom_to_call_back_is_listed_for_those_in_charge_and_settled_by_its_code(manned: Manned) -> None:
    stage = manned.stage
    for code, n in (("731905", 1), ("731906", 2)):
        request = RequestRegistered(code, "social", "home-visit")
        stage.send_heard(stage.envelope(uid(0x60 + n), "kiosk-1", n), request)
    stage.hear(AskContact("731905", "13812345678"), device="kiosk-1")
    first, second = manned.say("requests", "list", staff="9002").splitlines()
    assert "731905" in first
    assert "call 13812345678, kept until 2026-12-23" in first
    assert "no number" in second
    assert "no number is kept" in manned.say("requests", "close", "731905", staff="9002")
    assert "13812345678" not in manned.say("requests", "list", staff="9002")
    assert "no open request" in manned.say("requests", "close", "731905", staff="9002", status=EXIT_REFUSED)


@pytest.mark.req("R265")
def test_hotline_items_are_imported_once_and_a_wrong_file_not_at_all(manned: Manned, tmp_path: Path) -> None:
    items = tmp_path / "items.csv"
    items.write_text("ref,kind,named,window,about,due\nW-1,complaint,是,3,waited long,2026-11-27\nW-2,report,no,,x,\n")
    assert manned.say("cases", "import", str(items)) == "2 new, 0 were on the list already\n"
    assert manned.say("cases", "import", str(items)) == "0 new, 2 were on the list already\n"
    items.write_text("ref,kind,named,window\nW-3,gossip,no,3\n,complaint,perhaps,x\n")
    wrong = manned.say("cases", "import", str(items), status=EXIT_REFUSED)
    assert [":2:" in wrong, ":3:" in wrong, "gossip" in wrong] == [True, True, False]
    items.write_text("ref,citizen_phone\nW-4,13800000000\n")
    assert "13800000000" not in manned.say("cases", "import", str(items), status=EXIT_REFUSED)


@pytest.mark.req("R114")
def test_attendance_is_read_from_a_file_that_holds_no_face(manned: Manned, tmp_path: Path) -> None:
    events = tmp_path / "events.csv"
    events.write_text(
        "staff,day,event,noted\n1001,2026-11-23,morning-in,2026-11-23T08:21:07+08:00\n"
        "1001,2026-11-23,morning-out,2026-11-23T12:01:00+08:00\n"
    )
    assert manned.say("attendance", str(events)) == "2 read, 2 new\n"
    assert manned.say("attendance", str(events)) == "2 read, 0 new\n"
    events.write_text("staff,day,event,noted,face\n1001,2026-11-23,morning-in,2026-11-23T08:21:07+08:00,x\n")
    assert "no other" in manned.say("attendance", str(events), status=EXIT_REFUSED)


def test_the_office_is_the_coordinators_users_alone_and_is_gone_with_it(manned: Manned) -> None:
    assert stat.S_IMODE((manned.data / SOCKET).lstat().st_mode) == 0o600
    manned.office.close()
    assert not (manned.data / SOCKET).exists()
    assert "does not answer" in manned.say("cases", "list", status=EXIT_REFUSED)


def test_a_wrong_pin_and_a_strange_order_are_refused(manned: Manned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PIN_VARIABLE, "wrong")
    assert "do not belong" in manned.say("cases", "list", status=EXIT_REFUSED)
    monkeypatch.setenv(PIN_VARIABLE, "x" * 65)
    assert "at most 64" in manned.say("cases", "list", status=EXIT_REFUSED)
