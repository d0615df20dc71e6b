"""What was read once: an SQLite database of readings with a full-text index of their blocks.

A reading is kept under the SHA-256 of its file, so the database never knows better than the file: it may be deleted at
any time, and a damaged one is made anew. Each version of the program has a database of its own.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from briefgen.cachefolder import cache_folder, program_version
from briefgen.readers.document import Reading

PATIENCE = 30
"""Seconds to wait for another process that writes."""

_BATCH = 64
_BLOCKS = 1 << 20
"""Readings written at a time, and the most blocks of one document that the index can name."""

_DIGEST = 16
_TABLES = """
    CREATE TABLE IF NOT EXISTS documents
        (number INTEGER PRIMARY KEY, sha256 TEXT, how TEXT, reading BLOB, UNIQUE (sha256, how));
    CREATE VIRTUAL TABLE IF NOT EXISTS passages USING fts5(words, content='', tokenize='unicode61');
"""
_Result = TypeVar("_Result")


class Key(Struct, frozen=True):
    """What a reading depends on: its file's bytes, and `how` they are read (the file's name, a given encoding)."""

    sha256: str
    how: str


class Cache:
    """Readings by key. Several processes may use one database; what one cannot use it does without."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._waiting: dict[Key, Reading] = {}
        self._database = self._opened()

    def get(self, key: Key) -> Reading | None:
        """The reading kept under `key`; none where there is none, or only a damaged one."""
        if key in self._waiting:
            return self._waiting[key]
        row = self._asked("SELECT reading FROM documents WHERE sha256 = ? AND how = ?", (key.sha256, key.how))
        return _unpacked(row[0][0]) if row else None

    def put(self, key: Key, reading: Reading) -> None:
        """Keeps a reading; it is written with others, at the latest by `close`."""
        self._waiting[key] = reading
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Writes what is waiting, all of it or nothing."""
        waiting, self._waiting = self._waiting, {}
        for _ in range(2):
            try:
                with self._database:
                    self._database.execute("BEGIN IMMEDIATE")
                    for key, reading in waiting.items():
                        self._write(key, reading)
                return
            except sqlite3.DatabaseError as fault:
                self._mend(fault)

    def close(self) -> None:
        self.flush()
        self._database.close()

    def blocks_with(self, hashes: Sequence[str], words: Iterable[str]) -> dict[str, frozenset[int]]:
        """The numbers of the blocks that hold a word beginning with one of `words`, by the SHA-256 of their file.

        A file that is not in the index has no entry.
        """
        self.flush()
        asked = " OR ".join(f'"{word.replace(chr(34), "")}"*' for word in words)
        rows = self._asked("SELECT rowid FROM passages WHERE passages MATCH ?", (asked,)) if asked else []
        held: dict[int, set[int]] = {}
        for (row,) in rows:
            held.setdefault(row // _BLOCKS, set()).add(row % _BLOCKS)
        found: dict[str, frozenset[int]] = {}
        for sha in hashes:
            numbers = self._asked("SELECT number FROM documents WHERE sha256 = ?", (sha,))
            if numbers:
                found[sha] = frozenset(block for (number,) in numbers for block in held.get(number, ()))
        return found

    def _write(self, key: Key, reading: Reading) -> None:
        added = self._database.execute(
            "INSERT INTO documents (sha256, how, reading) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (key.sha256, key.how, _packed(reading)),
        )
        if not added.rowcount:
            values = (_packed(reading), key.sha256, key.how)
            self._database.execute("UPDATE documents SET reading = ? WHERE sha256 = ? AND how = ?", values)
        elif reading.source:
            first = (added.lastrowid or 0) * _BLOCKS
            blocks = reading.source.blocks[:_BLOCKS]
            rows = ((first + number, block.text) for number, block in enumerate(blocks))
            self._database.executemany("INSERT INTO passages (rowid, words) VALUES (?, ?)", rows)

    def _asked(self, query: str, values: tuple[Any, ...]) -> list[Any]:
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as fault:
            self._mend(fault)
            return []

    def _mend(self, fault: sqlite3.DatabaseError) -> None:
        """After a fault: a new database for a damaged one, else one in memory, so that work goes on without it."""
        with suppress(sqlite3.Error):
            self._database.close()
        if self._path and fault.sqlite_errorcode in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            _remove(self._path)
        else:
            self._path = None
        self._database = self._opened()

    def _opened(self) -> sqlite3.Connection:
        for _ in range(2):
            try:
                return _connected(self._path)
            except (sqlite3.DatabaseError, OSError) as fault:
                code = getattr(fault, "sqlite_errorcode", None)
                if self._path and code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                    _remove(self._path)
                else:
                    break
        self._path = None
        return _connected(None)


def open_cache() -> Cache:
    """The cache of this version of the program, in the user's cache folder; databases of other versions go."""
    folder = cache_folder()
    if not folder:
        return Cache(None)
    path = folder / f"library-{program_version()}.sqlite"
    if not path.exists():
        with suppress(OSError):
            for old in folder.glob("library-*.sqlite"):
                _remove(old)
    return Cache(path)


def _connected(path: Path | None) -> sqlite3.Connection:
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path or ":memory:", timeout=PATIENCE, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.executescript(_TABLES)
    except BaseException:
        database.close()
        raise
    return database


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()


def _packed(reading: Reading) -> bytes:
    body = msgspec.msgpack.encode(reading)
    return blake2b(body, digest_size=_DIGEST).digest() + body


def _unpacked(blob: bytes) -> Reading | None:
    if blake2b(blob[_DIGEST:], digest_size=_DIGEST).digest() != blob[:_DIGEST]:
        return None
    try:
        return _DECODER.decode(blob[_DIGEST:])
    except msgspec.MsgspecError:
        return None


_DECODER = msgspec.msgpack.Decoder(Reading)
