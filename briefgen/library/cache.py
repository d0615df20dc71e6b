"""What was read once: an SQLite database of readings with a full-text index of their passages.

A reading is kept under the SHA-256 of its file, so the database never knows better than the file: it may be deleted at
any time, and a damaged one is made anew. Each version of the program has a database of its own. A source's blocks are
kept one by one, so that a few passages of a large library can be had without the rest.
"""

import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from briefgen.cachefolder import cache_folder, program_version
from briefgen.compiled import unpacked
from briefgen.library.packing import BLOCKS, Head, Rest, Rows, packed_rows
from briefgen.model import Block
from briefgen.readers.document import Reading

PATIENCE = 30
"""Seconds to wait for another process that writes."""

_BATCH = 64
"""Readings written at a time."""

_SETTLED = 2_000_000_000
"""Nanoseconds for which a file must not have changed before its times are trusted: clocks of file systems are coarse,
and a later change in the same tick would not show (as in git's index)."""

# Stems are told apart by spaces alone, so that a term in the index is a term in a candidate's line.
_TABLES = """
    CREATE TABLE IF NOT EXISTS documents
        (number INTEGER PRIMARY KEY, sha256 TEXT, how TEXT, head BLOB, rest BLOB, UNIQUE (sha256, how));
    CREATE TABLE IF NOT EXISTS identity AS SELECT randomblob(8) AS mark;
    CREATE TABLE IF NOT EXISTS blocks (place INTEGER PRIMARY KEY, paragraph INTEGER, block BLOB);
    CREATE TABLE IF NOT EXISTS headings (first INTEGER PRIMARY KEY, last INTEGER, path TEXT);
    CREATE TABLE IF NOT EXISTS files
        (path BLOB PRIMARY KEY, size INTEGER, changed INTEGER, noted INTEGER, inode INTEGER, sha256 TEXT);
    CREATE TABLE IF NOT EXISTS worked_out (number INTEGER, what TEXT, value BLOB, PRIMARY KEY (number, what));
    CREATE VIRTUAL TABLE IF NOT EXISTS passages
        USING fts5(stems, content='', columnsize=0, tokenize="ascii tokenchars '''.-'");
"""


class Key(Struct, frozen=True):
    """What a reading depends on: its file's bytes, and `how` they are read (the file's name, a given encoding)."""

    sha256: str
    how: str


class Mark(Struct, frozen=True):
    """What tells one state of a file from another without reading it: its size, its times in nanoseconds, its place."""

    size: int
    changed: int
    noted: int
    inode: int


class Kept(Struct, frozen=True):
    """A document of the database: its number there, and its head."""

    number: int
    head: Head


class Cache:
    """Readings by key. Several processes may use one database; what one cannot use it does without."""

    def __init__(self, path: Path | None) -> None:
        self._state = 0
        self._identity: bytes | None = None
        self._path = path
        self._waiting: dict[Key, Reading] = {}
        self._seen: dict[bytes, tuple[Mark, str]] = {}
        self._results: dict[tuple[int, str], bytes] = {}
        self._connection: sqlite3.Connection | None = None

    @property
    def state(self) -> int:
        """How often another database took the place of this one: what was kept, and its numbers, are gone then."""
        return self._state if self._database else 0

    @property
    def _database(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection, identity = self._opened()
            if self._identity not in (None, identity):
                self._state += 1
                self._results = {}
            self._identity = identity
        return self._connection

    def get(self, key: Key) -> Reading | None:
        """The reading kept under `key`; none where there is none, or only a damaged one."""
        if key in self._waiting:
            return self._waiting[key]
        kept = self.head(key)
        if not kept or not kept.head.reading.source:
            return kept.head.reading if kept else None
        rest = self.asked("SELECT rest FROM documents WHERE number = ?", (kept.number,))
        first = kept.number * BLOCKS
        rows = self.asked("SELECT block FROM blocks WHERE place BETWEEN ? AND ?", (first, first + BLOCKS - 1))
        more = unpacked(rest[0][0], Rest) if rest else None
        blocks = [unpacked(row[0], Block) for row in rows]
        whole = tuple(block for block in blocks if block)
        return kept.head.whole(whole, more) if more and len(whole) == kept.head.blocks else None

    def head(self, key: Key) -> Kept | None:
        """The head of the reading kept under `key`, likewise; none for one that waits to be written."""
        row = self.asked("SELECT number, head FROM documents WHERE sha256 = ? AND how = ?", (key.sha256, key.how))
        head = unpacked(row[0][1], Head) if row else None
        return Kept(row[0][0], head) if head else None

    def blocks(self, number: int, among: Iterable[int]) -> list[tuple[int, int, Block]]:
        """The blocks of a document numbered `among`, in order: each with its number and that of its paragraph."""
        found = []
        for index in sorted(among):
            rows = self.asked("SELECT paragraph, block FROM blocks WHERE place = ?", (number * BLOCKS + index,))
            block = unpacked(rows[0][1], Block) if rows else None
            if block:
                found.append((index, rows[0][0], block))
        return found

    def put(self, key: Key, reading: Reading) -> None:
        """Keeps a reading; it is written with others, at the latest by `close`."""
        self._waiting[key] = reading
        if len(self._waiting) >= _BATCH:
            self.flush()

    def sha256_of(self, path: bytes, mark: Mark) -> str | None:
        """The SHA-256 of a file that is still as it was when it was read; none where it may have changed."""
        values = (path, mark.size, mark.changed, mark.noted, mark.inode)
        query = "SELECT sha256 FROM files WHERE path = ? AND size = ? AND changed = ? AND noted = ? AND inode = ?"
        row = self.asked(query, values)
        return row[0][0] if row else None

    def saw(self, path: bytes, mark: Mark, sha256: str) -> None:
        """Keeps what a file's bytes were, if it has been left alone for so long that a change would show."""
        if time.time_ns() - max(mark.changed, mark.noted) > _SETTLED:
            self._seen[path] = (mark, sha256)

    def worked_out(self, number: int, what: str) -> bytes | None:
        """What was kept of a document that takes time to work out."""
        row = self.asked("SELECT value FROM worked_out WHERE number = ? AND what = ?", (number, what))
        return row[0][0] if row else None

    def keep(self, number: int, what: str, value: bytes) -> None:
        """Keeps what was worked out of a document; it is written with the rest."""
        self._results[number, what] = value

    def flush(self) -> None:
        """Writes what is waiting, all of it or nothing."""
        waiting, self._waiting = self._waiting, {}
        seen, self._seen = self._seen, {}
        results, self._results = self._results, {}
        for _ in range(2):
            if not (waiting or seen or results):
                return
            try:
                with self._database:
                    self._database.execute("BEGIN IMMEDIATE")
                    for key, reading in waiting.items():
                        self._write(key, packed_rows(reading))
                    rows = [
                        (path, mark.size, mark.changed, mark.noted, mark.inode, sha)
                        for path, (mark, sha) in seen.items()
                    ]
                    self._database.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", rows)
                    kept = [(*key, value) for key, value in results.items()]
                    self._database.executemany("INSERT OR REPLACE INTO worked_out VALUES (?, ?, ?)", kept)
                return
            except sqlite3.DatabaseError as fault:
                self._mend(fault)

    def rest(self) -> None:
        """Writes what is waiting and leaves the database, if it is a file, until something is asked again."""
        self.flush()
        if self._path:
            self._leave()

    def close(self) -> None:
        self.flush()
        self._leave()

    def _leave(self) -> None:
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _write(self, key: Key, rows: Rows) -> None:
        """Writes the rows of a reading; those of a damaged one are written anew, its place in the index stays."""
        write = self._database.execute
        number = write(
            "INSERT INTO documents (sha256, how) VALUES (?, ?) ON CONFLICT DO UPDATE SET head = NULL RETURNING number",
            (key.sha256, key.how),
        ).fetchone()[0]
        first = number * BLOCKS
        known = write("SELECT 1 FROM blocks WHERE place BETWEEN ? AND ?", (first, first + BLOCKS - 1)).fetchone()
        write("UPDATE documents SET head = ?, rest = ? WHERE number = ?", (rows.head, rows.rest, number))
        many = self._database.executemany
        blocks = ((first + index, paragraph, block) for index, (paragraph, block) in enumerate(rows.blocks))
        many("INSERT OR REPLACE INTO blocks VALUES (?, ?, ?)", blocks)
        runs = ((first + start, first + last, path) for start, last, path in rows.headings)
        many("INSERT OR REPLACE INTO headings VALUES (?, ?, ?)", runs)
        if not known:
            passages = ((rows.row_of(number, index, stems), " ".join(stems)) for index, stems in rows.passages)
            many("INSERT INTO passages (rowid, stems) VALUES (?, ?)", passages)

    def asked(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows that a query gives; none where the database is damaged."""
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as fault:
            self._mend(fault)
            return []

    def _mend(self, fault: sqlite3.DatabaseError) -> None:
        """After a fault: a new database for a damaged one, else one in memory, so that work goes on without it."""
        self._leave()
        if self._path and _is_damage(fault):
            _remove(self._path)
        else:
            self._path = None

    def _opened(self) -> tuple[sqlite3.Connection, bytes]:
        for _ in range(2):
            try:
                return _connected(self._path)
            except (sqlite3.DatabaseError, OSError) as fault:
                if not self._path or not _is_damage(fault):
                    break
                _remove(self._path)
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
                if old != path:  # another process may have made it just now
                    _remove(old)
    return Cache(path)


def _connected(path: Path | None) -> tuple[sqlite3.Connection, bytes]:
    """A database, and what tells it from all others."""
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path or ":memory:", timeout=PATIENCE, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.executescript(_TABLES)
        return database, database.execute("SELECT max(mark) FROM identity").fetchone()[0]
    except BaseException:
        database.close()
        raise


def _is_damage(fault: Exception) -> bool:
    """Whether a fault says that the file is no sound database; the low byte of SQLite's code is its kind."""
    code = getattr(fault, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()
