"""The server answers its own page and nobody else, and a decision is on disk before it is answered."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.review.decisions import Store
from pipeline.review.entries import row_of
from pipeline.review.server import ADDRESS, ReviewServer
from pipeline.terminology import Glossary
from tests.review.builders import big_run, small_run
from tests.review.conftest import make_folder
from tests.review.test_decisions import entry


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ReviewServer]:
    run = small_run()
    with ReviewServer(run, Glossary(), make_folder(run, tmp_path / "report")) as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield made
        made.shutdown()


def ask(server: ReviewServer, method: str, path: str, body: object = None, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(ADDRESS, server.server_address[1], timeout=5)
    sent = {
        "X-Dygjuhe": "1",
        "Content-Type": "application/json",
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    sent = {k: v for k, v in sent.items() if v}
    connection.request(method, path, None if body is None else json.dumps(body), sent)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def test_the_page_and_its_decisions(server: ReviewServer) -> None:
    status, page = ask(server, "GET", f"/{server.token}/")
    assert status == 200
    assert b'data-mode="served"' in page
    assert b"connect-src &#39;self&#39;" in page or b"connect-src 'self'" in page
    row = row_of(entry(small_run()))
    assert ask(server, "POST", f"/{server.token}/entries", row) == (200, b"{}")
    assert [e.finding_id for e in Store(server.folder.parent).read()[0]] == [row["finding_id"]]
    state = json.loads(ask(server, "GET", f"/{server.token}/state")[1])
    assert [e["entry_id"] for e in state["entries"]] == [row["entry_id"]]


REFUSED = [
    ("another host name (DNS rebinding)", {"Host": "evil.example"}, 403),
    ("another page's script", {"Origin": "http://evil.example"}, 403),
    ("a page opened from a file", {"Origin": "null"}, 403),
    ("the same host on another port", {"Origin": "http://127.0.0.1:1"}, 403),
    ("a form of another site", {"Sec_Fetch_Site": "cross-site"}, 403),
    ("without the page's own header", {"X_Dygjuhe": ""}, 403),
    ("a form's content type", {"Content_Type": "text/plain"}, 403),
]


@pytest.mark.parametrize(("why", "headers", "status"), REFUSED, ids=[r[0] for r in REFUSED])
def test_others_are_refused(server: ReviewServer, why: str, headers: dict[str, str], status: int) -> None:
    row = row_of(entry(small_run()))
    assert ask(server, "POST", f"/{server.token}/entries", row, **headers)[0] == status, why
    assert not server.store.path.exists()


PATHS = ["/", "/state", "/entries", "/wrong-token/", "/../../etc/passwd", "http://evil.example/{t}/",
         "/{t}/../../etc/passwd", "/{t}/report.html", "/{t}", "/{t}x/"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_there_is_nothing_else(server: ReviewServer, path: str) -> None:
    status, content = ask(server, "GET", path.format(t=server.token))
    assert status in (403, 404)
    assert b"<script" not in content


BAD = [
    ("no JSON", "text", 422), ("no entry", ["x"], 422),
    ("a finding of another run", {"finding_id": "f", "basis": "0"}, 422),
    ("no such judgement", {"judgement": "maybe"}, 422), ("too long", {"note": "x" * 600_000}, 413),
]  # fmt: skip


@pytest.mark.parametrize(("why", "body", "status"), BAD, ids=[b[0] for b in BAD])
def test_what_is_no_decision_is_refused_and_not_stored(
    server: ReviewServer, why: str, body: object, status: int
) -> None:
    if isinstance(body, dict):
        body = {**row_of(entry(small_run())), **body}
    assert ask(server, "POST", f"/{server.token}/entries", body)[0] == status
    assert not server.store.path.exists()


def test_it_listens_on_this_machine_only(server: ReviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_decision_is_answered_in_under_50_ms(tmp_path: Path) -> None:
    run = big_run(2000)
    with ReviewServer(run, Glossary(), make_folder(run, tmp_path / "report")) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        Store(tmp_path).append([entry(run, i) for i in range(1000)])
        took = []
        for i in range(1000, 1009):
            start = time.perf_counter()
            assert ask(server, "POST", f"/{server.token}/entries", row_of(entry(run, i)))[0] == 200
            took.append(time.perf_counter() - start)
        server.shutdown()
    assert sorted(took)[4] < 0.05
