"""Keeps what a model said, by content: the second run of an unchanged report decodes nothing.

The key is a hash of the engine's checksum, the way of searching and the sentence; nothing else can change what
the model says. The store is one SQLite file that only its owner can read; a damaged one is begun anew.

Reads: sentences. Writes: Hypothesis.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from pipeline.model import Lang
from pipeline.translate.engine import Decoding, Hypothesis, Told, Translator, tell_nobody

# Sentences kept; about 150 MB. The ones not used for the longest time go first.
MOST_KEPT = 400_000
# Seconds to wait for another run that is writing.
PATIENCE = 10.0
# Keys in one question: SQLite's own bound on variables is 999 in old versions.
KEYS_AT_ONCE = 900

_TABLE = (
    "CREATE TABLE IF NOT EXISTS said (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"
)


def cache_folder() -> Path:
    """DYGJUHE_CACHE, else the user's cache folder."""
    own = os.environ.get("DYGJUHE_CACHE")
    if own:
        return Path(own).expanduser()
    base = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    return (Path(base) if base else Path.home() / ".cache") / "dygjuhe"


class Cache:
    """The store. Every method works, as an empty one, where the store cannot be read or written."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or cache_folder()) / "translations.sqlite3"

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(OSError):
            self._path.parent.chmod(0o700)
        if not self._path.exists():
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(self._path, timeout=PATIENCE)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(_TABLE)
        return connection

    def get(self, keys: Sequence[bytes]) -> dict[bytes, tuple[Hypothesis, ...]]:
        """What was kept for the keys."""
        found: dict[bytes, tuple[Hypothesis, ...]] = {}
        try:
            with closing(self._open()) as connection, connection:
                for at in range(0, len(keys), KEYS_AT_ONCE):
                    some = keys[at : at + KEYS_AT_ONCE]
                    marks = ",".join("?" * len(some))
                    for key, value in connection.execute(f"SELECT key, value FROM said WHERE key IN ({marks})", some):
                        if (hypotheses := _unpacked(value)) is not None:
                            found[key] = hypotheses
                if found:
                    now = _next_use(connection)
                    connection.executemany("UPDATE said SET used = ? WHERE key = ?", ((now, k) for k in found))
        except (sqlite3.DatabaseError, OSError) as error:
            self._begin_anew(error)
        return found

    def put(self, rows: Iterable[tuple[bytes, tuple[Hypothesis, ...]]]) -> None:
        """Keeps the rows; without a word where that is not possible."""
        try:
            with closing(self._open()) as connection, connection:
                now = _next_use(connection)
                connection.executemany(
                    "INSERT OR REPLACE INTO said VALUES (?, ?, ?)", ((k, _packed(v), now) for k, v in rows)
                )
                (count,) = connection.execute("SELECT count(*) FROM said").fetchone()
                if count > MOST_KEPT:
                    connection.execute(
                        "DELETE FROM said WHERE key IN (SELECT key FROM said ORDER BY used LIMIT ?)",
                        (count - MOST_KEPT * 9 // 10,),
                    )
        except (sqlite3.DatabaseError, OSError) as error:
            self._begin_anew(error)

    def _begin_anew(self, error: Exception) -> None:
        """Removes a store that is damaged; one that is only busy or out of reach is left alone."""
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            for end in ("", "-wal", "-shm"):
                with suppress(OSError):
                    Path(f"{self._path}{end}").unlink()


def _next_use(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT coalesce(max(used), 0) FROM said").fetchone()
    return int(last) + 1


def _packed(hypotheses: tuple[Hypothesis, ...]) -> bytes:
    return zlib.compress(json.dumps([[h.text, h.score] for h in hypotheses], ensure_ascii=False).encode("utf-8"), 1)


def _unpacked(value: bytes) -> tuple[Hypothesis, ...] | None:
    try:
        return tuple(Hypothesis(str(text), float(score)) for text, score in json.loads(zlib.decompress(value)))
    except (zlib.error, ValueError, TypeError):
        return None


class CachedTranslator:
    """A translator that asks the store first. `decoded` counts the sentences that the model itself had to read."""

    def __init__(self, translator: Translator, cache: Cache) -> None:
        self._translator = translator
        self._cache = cache
        self.decoded = 0

    @property
    def name(self) -> str:
        return self._translator.name

    @property
    def source_lang(self) -> Lang:
        return self._translator.source_lang

    @property
    def target_lang(self) -> Lang:
        return self._translator.target_lang

    def count_tokens(self, sentences: Sequence[str]) -> list[int]:
        return self._translator.count_tokens(sentences)

    def translate(
        self, sentences: Sequence[str], decoding: Decoding, told: Told = tell_nobody
    ) -> list[tuple[Hypothesis, ...]]:
        if not sentences:
            return []
        keys = {s: self._key(s, decoding) for s in dict.fromkeys(sentences)}
        kept = self._cache.get(list(keys.values()))
        missing = [s for s, key in keys.items() if key not in kept]
        told(sum(key in kept for key in keys.values()))
        said = dict(zip(missing, self._translator.translate(missing, decoding, told), strict=True)) if missing else {}
        self.decoded += len(missing)
        # What memory did not suffice for may succeed the next time.
        self._cache.put((keys[s], h) for s, h in said.items() if h)
        return [said[s] if s in said else kept[keys[s]] for s in sentences]

    def _key(self, sentence: str, decoding: Decoding) -> bytes:
        digest = hashlib.sha256()
        for part in (self._translator.name, decoding.key, sentence):
            digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
        return digest.digest()
