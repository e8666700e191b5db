"""`dygjuhe review`: serves one report page to this machine alone, and saves each decision at once.

Only 127.0.0.1 is listened on. Every path begins with a random token; requests from other pages, under other host
names (DNS rebinding) or for other paths are refused. The standard library's server is enough for one reader.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pipeline.errors import DecisionError
from pipeline.model import Run
from pipeline.review.decisions import Store, match_entries
from pipeline.review.entries import Entry, entry_of
from pipeline.review.files import Fitting
from pipeline.review.history import history_of, state_rows
from pipeline.review.report import NO_CONNECTIONS, render_report
from pipeline.terminology import Glossary

ADDRESS = "127.0.0.1"
# Largest request taken, in bytes: one decision with its quotes is a few thousand.
LARGEST_REQUEST = 512 << 10
# A reader that sends nothing for this long is let go, in seconds.
PATIENCE = 60


class ReviewServer(ThreadingHTTPServer):
    """One run, its page, its store."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, run: Run, glossary: Glossary, folder: Path, port: int = 0, token: str | None = None) -> None:
        folder = folder.resolve()
        self.run_shown, self.folder = run, folder
        self.store = Store(folder.parent)
        self.fitting = Fitting(run, folder.name)
        self.token = token or secrets.token_urlsafe(24)
        self.saved = 0
        self.saving = threading.Lock()
        page = render_report(run, glossary, history_of(run, folder))
        page = page.replace(NO_CONNECTIONS, "connect-src 'self'", 1)
        page = page.replace('data-mode="file"', 'data-mode="served"', 1)
        self.page = page.encode("utf-8", "replace")
        super().__init__((ADDRESS, port), Handler)

    @property
    def hosts(self) -> frozenset[str]:
        port = self.server_address[1]
        return frozenset((f"{ADDRESS}:{port}", f"localhost:{port}"))

    @property
    def url(self) -> str:
        return f"http://{ADDRESS}:{self.server_address[1]}/{self.token}/"

    def state(self) -> bytes:
        """All decisions that concern this run, as the page takes them."""
        entries, notes = self.store.read()
        rows = state_rows(self.run_shown, match_entries(self.run_shown, entries, self.folder.name))
        return json.dumps({**rows, "notes": notes}, ensure_ascii=False).encode("utf-8", "replace")

    def take(self, row: object) -> None:
        """Saves one entry. Raises ValueError where it is none or does not belong to this run, or DecisionError."""
        entry: Entry = self.fitting.fit(entry_of(row))
        with self.saving:
            added = self.store.append([entry])
            if added and entry.type == "edit":
                self.store.remember(self.run_shown, [entry])
            self.saved += added


class Handler(BaseHTTPRequestHandler):
    """Three paths below the token: the page, the state, and the entries that are added."""

    server: ReviewServer
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    # A decision is answered in one small packet; without this each would wait 40 ms for the next.
    disable_nagle_algorithm = True
    server_version, sys_version = "dygjuhe", ""

    def do_GET(self) -> None:
        path = self._path()
        if path is None:
            return
        if path == "":
            self._answer(HTTPStatus.OK, self.server.page, "text/html; charset=utf-8")
        elif path == "state" and self.headers.get("X-Dygjuhe") == "1":
            try:
                self._answer(HTTPStatus.OK, self.server.state(), "application/json")
            except DecisionError as error:
                self._say(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        else:
            self._say(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        path = self._path()
        if path is None:
            return
        length = self.headers.get("Content-Length", "")
        kind = (self.headers.get("Content-Type") or "").split(";")[0].strip()
        if path != "entries":
            self._say(HTTPStatus.NOT_FOUND, "There is nothing here.")
        elif self.headers.get("X-Dygjuhe") != "1" or kind != "application/json":
            self._say(HTTPStatus.FORBIDDEN, "Only the review page may send decisions.")
        elif not length.isdigit() or not 0 < int(length) <= LARGEST_REQUEST:
            # Read what is on its way, within reason, or the answer would be lost with the connection.
            self.rfile.read(min(int(length), 8 * LARGEST_REQUEST) if length.isdigit() else 0)
            self._say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is too long for a decision.")
        else:
            self._take(self.rfile.read(int(length)))

    def _take(self, content: bytes) -> None:
        try:
            self.server.take(json.loads(content))
        except (ValueError, RecursionError) as error:
            self._say(HTTPStatus.UNPROCESSABLE_ENTITY, f"The decision {error}.")
        except DecisionError as error:
            self._say(HTTPStatus.INSUFFICIENT_STORAGE, str(error))
        else:
            self._answer(HTTPStatus.OK, b"{}", "application/json")

    def _path(self) -> str | None:
        """The path below the token; None after refusing a request that is not the page's own."""
        site = self.headers.get("Sec-Fetch-Site")
        origin = self.headers.get("Origin")
        origins = {f"http://{host}" for host in self.server.hosts}
        if self.headers.get("Host") not in self.server.hosts:
            self._refuse("This address is served under 127.0.0.1 only.")
            return None
        if (origin is not None and origin not in origins) or site in ("cross-site", "same-site"):
            self._refuse("Other pages may not ask here.")
            return None
        first, slash, rest = self.path.removeprefix("/").partition("/")
        right = hmac.compare_digest(first.encode("utf-8", "replace"), self.server.token.encode())
        if not (self.path.startswith("/") and slash and right):
            self._refuse("Open the address that `dygjuhe review` has printed.")
            return None
        return rest

    def _refuse(self, words: str) -> None:
        self.close_connection = True
        self._say(HTTPStatus.FORBIDDEN, words)

    def _say(self, status: HTTPStatus, words: str) -> None:
        # The body of a refused request was not read: what follows on the line would be taken for a request.
        self.close_connection = True
        self._answer(status, words.encode("utf-8", "replace"), "text/plain; charset=utf-8")

    def _answer(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
            ("Content-Security-Policy", "frame-ancestors 'none'"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ):  # fmt: skip
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: paths hold the token, and a terminal full of lines helps nobody."""
