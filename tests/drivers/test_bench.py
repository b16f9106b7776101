"""The bench: hands for simulated parts, which nothing that comes through the socket can take down."""

from __future__ import annotations

import json
import socket
import stat
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from drivers.bench import CLIENTS, LINE_BYTES, BenchSilent, SocketBench, ask_bench
from drivers.protocols import PartMissing

DEADLINE = 5.0


def echo(request: Mapping[str, object]) -> Mapping[str, object]:
    if request["do"] == "refuse":
        raise ValueError(f"there is no key {request['key']}")
    if request["do"] == "break":
        raise KeyError("paper")
    if request["do"] == "mumble":
        return {"said": object()}
    return {"heard": request}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bench.sock"


@pytest.fixture
def bench(path: Path) -> Iterator[SocketBench]:
    bench = SocketBench(path)
    bench.offer("kiosk-1", "screen", echo)
    bench.offer("kiosk-1", "printer", echo)
    yield bench
    bench.close()


def say(path: Path, *lines: bytes) -> list[dict[str, object]]:
    """Raw lines over one connection, and the replies until the bench has nothing more to say."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(DEADLINE)
        line.connect(str(path))
        line.sendall(b"".join(lines))
        line.shutdown(socket.SHUT_WR)
        with line.makefile("rb") as heard:
            return [json.loads(reply) for reply in heard]


def test_a_request_reaches_its_part_and_the_parts_answer_comes_back(bench: SocketBench, path: Path) -> None:
    request = {"device": "kiosk-1", "part": "screen", "do": "tap", "key": "service:social"}
    assert ask_bench(path, request, DEADLINE) == {"ok": True, "heard": request}


def test_several_requests_over_one_connection_are_answered_in_order(bench: SocketBench, path: Path) -> None:
    requests = [{"device": "kiosk-1", "part": "printer", "do": f"act-{n}"} for n in range(20)]
    replies = say(path, *(json.dumps(request).encode() + b"\n" for request in requests))
    assert replies == [{"ok": True, "heard": request} for request in requests]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"tap!", "one JSON object a line"),
        (b"", "one JSON object a line"),
        (b"[1]", "one JSON object a line"),
        (b"\xff\xfe", "one JSON object a line"),
        (b"[" * 30_000, "one JSON object a line"),
        (b"{}", "this one lacks device, part, do"),
        (b'{"device": "kiosk-1", "part": 7, "do": "tap"}', "this one lacks part"),
        (b'{"device": "kiosk-1", "part": "scren", "do": "tap"}', "it has screen, printer. Did you mean 'screen'?"),
        (b'{"device": "kiosk-2", "part": "screen", "do": "tap"}', "there is kiosk-1. Did you mean 'kiosk-1'?"),
        (b'{"device": "kiosk-1", "part": "screen", "do": "refuse", "key": "x"}', "there is no key x"),
        (b'{"device": "kiosk-1", "part": "screen", "do": "refuse", "key": "\\ud800"}', "there is no key \ud800"),
        (b'{"device": "kiosk-1", "part": "screen", "do": "break"}', "the part failed: KeyError: 'paper'"),
        (b'{"device": "kiosk-1", "part": "screen", "do": "mumble"}', "the part failed: TypeError"),
    ],
)
def test_a_bad_request_is_answered_with_an_error_and_the_next_one_still_works(
    bench: SocketBench, path: Path, line: bytes, error: str
) -> None:
    good = b'{"device": "kiosk-1", "part": "screen", "do": "look"}\n'
    refused, answered = say(path, line + b"\n", good)
    assert refused["ok"] is False
    assert error in str(refused["error"])
    assert answered["ok"] is True


def test_a_line_without_end_is_refused_and_only_its_sender_let_go(bench: SocketBench, path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(DEADLINE)
        line.connect(str(path))
        line.sendall(b"x" * LINE_BYTES)
        with line.makefile("rb") as heard:
            assert json.loads(heard.readline()) == {
                "ok": False,
                "error": f"a request is at most {LINE_BYTES} bytes long",
            }
            assert heard.readline() == b""
    assert ask_bench(path, {"device": "kiosk-1", "part": "screen", "do": "look"}, DEADLINE)["ok"] is True


def test_a_request_sent_byte_by_byte_is_one_request(bench: SocketBench, path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(DEADLINE)
        line.connect(str(path))
        for byte in '{"device": "kiosk-1", "part": "screen", "do": "社保"}\n'.encode():
            line.send(bytes([byte]))
        with line.makefile("rb") as heard:
            assert json.loads(heard.readline())["heard"]["do"] == "社保"


def test_one_client_too_many_is_hung_up_on_and_the_others_stay(bench: SocketBench, path: Path) -> None:
    clients = [socket.socket(socket.AF_UNIX) for _ in range(CLIENTS)]
    try:
        for client in clients:
            client.settimeout(DEADLINE)
            client.connect(str(path))
        with pytest.raises(BenchSilent):
            ask_bench(path, {"device": "kiosk-1", "part": "screen", "do": "look"}, DEADLINE)
        clients[0].sendall(b'{"device": "kiosk-1", "part": "screen", "do": "look"}\n')
        assert clients[0].recv(1) == b"{"
    finally:
        for client in clients:
            client.close()


def test_only_the_owner_may_open_the_socket(bench: SocketBench, path: Path) -> None:
    assert stat.S_IMODE(path.lstat().st_mode) == 0o600


def test_closing_twice_ends_the_thread_and_takes_the_file_away(path: Path) -> None:
    before = threading.active_count()
    bench = SocketBench(path)
    assert threading.active_count() == before + 1
    bench.close()
    bench.close()
    assert threading.active_count() == before
    assert not path.exists()


def test_the_file_a_dead_process_left_is_taken_over(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
        dead.listen()
    assert path.is_socket()
    bench = SocketBench(path)
    bench.offer("board-1", "speaker", echo)
    assert ask_bench(path, {"device": "board-1", "part": "speaker", "do": "look"}, DEADLINE)["ok"] is True
    bench.close()


def test_a_socket_somebody_listens_at_is_left_alone(bench: SocketBench, path: Path) -> None:
    with pytest.raises(PartMissing, match="Address already in use"):
        SocketBench(path)
    assert ask_bench(path, {"device": "kiosk-1", "part": "screen", "do": "look"}, DEADLINE)["ok"] is True


def test_a_file_that_is_no_socket_is_left_alone(path: Path) -> None:
    path.write_text("accounts")
    with pytest.raises(PartMissing, match="Address already in use"):
        SocketBench(path)
    assert path.read_text() == "accounts"


@pytest.mark.parametrize("bad", ["nowhere/bench.sock", "x" * 120])
def test_a_path_that_cannot_be_had_is_refused_by_name(tmp_path: Path, bad: str) -> None:
    with pytest.raises(PartMissing) as refusal:
        SocketBench(tmp_path / bad)
    assert str(tmp_path / bad) in refusal.value.tried


def test_closing_leaves_a_later_processs_socket_in_place(path: Path) -> None:
    ours = SocketBench(path)
    path.unlink()
    theirs = SocketBench(path)
    ours.close()
    assert path.is_socket()
    theirs.close()


def test_asking_where_nobody_is_says_so(path: Path) -> None:
    with pytest.raises(BenchSilent, match="No such file"):
        ask_bench(path, {"device": "kiosk-1", "part": "screen", "do": "look"}, DEADLINE)


def test_asking_a_bench_that_does_not_answer_ends_at_the_deadline(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(path))
        deaf.listen()
        with pytest.raises(BenchSilent, match="timed out"):
            ask_bench(path, {"device": "kiosk-1", "part": "screen", "do": "look"}, 0.01)
