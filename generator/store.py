"""The cache: a disposable SQLite file that remembers what was made, and of what.

What is large lies beside it. Whatever they say is checked by a sum, so a damaged
file costs a clean build and never a wrong byte. What must survive is not kept here.
"""

import contextlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import filelock
import msgspec

from generator.model import Model, Span
from generator.problems import Busy, DiskError, problem
from generator.shelves import BETWEEN, OF_ONE_BUILD, SHELVES, shelf_of, shelves_for
from generator.volumes import Volumes

_VERSION = 22
# What is wanted whole is many times a usual page: larger ones are read and written sooner.
_PAGE_BYTES = 16_384
# The table of large values, whose rows tell where these lie.
_APART = "apart"
_TABLES = (*SHELVES, "facts", "bodies", "closures", "marks", _APART, "bundles")
# SQLite before 3.32 takes no more values than 999 in one question.
_AT_ONCE = 900
_T = TypeVar("_T")


class Damaged(Exception):
    """The cache can't be trusted: delete it and build clean."""


class Changes(Model, frozen=True):
    """What a build adds to a table, by key, and which keys it drops."""

    table: str
    puts: dict[str, Any] = {}
    drops: tuple[str, ...] = ()


class Store:
    """One open cache; holds the lock until it is closed.

    Tables hold canonical encodings by key (of `apart`, where these lie; one that is lost is as
    if it had not been kept): `facts` (what a source file gave, light), `faces` (Face, what
    others can see of a file, by its path), `bodies` (its document), `profiles` (Profile by the
    id of an entry), `steps` (what that asks for), `cards` (of editions, spelled), `files` and
    `outputs` (Seen), `folders` (Folder, those of the output), `traces` (Trace by output path),
    `reads` (Answered by query), `closures` (what templates refer to), `marks` (what the site
    follows from, and what was told of it), `apart` (the site itself), `good` (for the path of a
    source that is other than in the last build, or is wrong, the key of its last version without
    errors; empty: there is none) and `bundles` (what an index for search consists of).
    """

    def __init__(self, folder: Path | None) -> None:
        self.lock = _lock(folder)
        self.file = folder / "cache.sqlite" if folder else None
        self._volumes = Volumes(folder)
        self._whole: set[str] = set()
        try:
            with _trusting(self.file):
                self.db = _open(self.file)
        except Damaged:
            self.db = self._afresh()

    def _afresh(self) -> sqlite3.Connection:
        try:
            for suffix in ("", "-wal", "-shm", "-journal"):
                Path(f"{self.file}{suffix}").unlink(missing_ok=True)
            self._volumes.forget()
            return _open(self.file)
        except (OSError, sqlite3.DatabaseError) as error:
            raise _disk_error(self.file, error) from error

    def reset(self) -> None:
        """Forget everything."""
        self.db.close()
        self.db = self._afresh()

    def all(self, table: str, type_: type[_T]) -> dict[str, _T]:
        """Every value of a table by key. Raises Damaged."""
        if table in SHELVES:
            return self.all_later(table, type_)()
        with _trusting(self.file):
            decoder = msgspec.msgpack.Decoder(type_)
            return {key: decoder.decode(data) for key, data in self.encoded(table).items()}

    def all_later(self, table: str, type_: type[_T]) -> Callable[[], dict[str, _T]]:
        """A function for every value of a table with shelves, that reads no file: a copy of this
        process may call it, which must not use the connection. Both raise Damaged."""
        with _trusting(self.file):
            rows = list(self.db.execute(f"SELECT key, value, sum FROM {table}"))  # noqa: S608
            self._look_at_total(table)

        def values() -> dict[str, _T]:
            with _trusting(self.file):
                return _unpacked(table, rows, SHELVES[table], type_)

        return values

    def encoded(self, table: str) -> dict[str, bytes]:
        """Every row of a table by key, as it is kept. Raises Damaged."""
        with _trusting(self.file):
            rows = self.db.execute(f"SELECT key, value, sum FROM {table}")  # noqa: S608
            return {row[0]: _checked(table, *row) for row in rows}

    def some(self, table: str, keys: Iterable[str], type_: type[_T]) -> dict[str, _T]:
        """The values of some keys of a table with shelves, as far as there are. Raises Damaged."""
        wanted = tuple(keys)
        found = self.on_shelves(table, {shelf_of(table, key) for key in wanted}, type_)
        return {key: found[key] for key in wanted if key in found}

    def of_kinds(self, table: str, kinds: Iterable[str], type_: type[_T]) -> dict[str, _T]:
        """The values of all keys that begin with one of some kinds. Raises Damaged."""
        wanted = frozenset(kinds)
        shelves = {str(number) for kind in wanted for number in shelves_for(table, kind)}
        found = self.on_shelves(table, shelves, type_)
        return {key: one for key, one in found.items() if key.partition(BETWEEN)[0] in wanted}

    def shelf_by_shelf(self, table: str, type_: type[_T]) -> Callable[[str], _T]:
        """A function for the value of a key in a table with shelves, each read when first wanted.

        It raises Damaged, also for a key that nobody knows.
        """
        shelf = cache(lambda number: self.on_shelves(table, {number}, type_))

        def value(key: str) -> _T:
            found = shelf(shelf_of(table, key))
            if key not in found:
                raise Damaged
            return found[key]

        return value

    def on_shelves(self, table: str, numbers: set[str], type_: type[_T]) -> dict[str, _T]:
        """What stands on some shelves of a table. Raises Damaged."""
        with _trusting(self.file):
            self._look_at_total(table)
            rows = [row for some in _few(tuple(numbers)) for row in self._rows(table, some)]
            return _unpacked(table, rows, len(numbers), type_)

    def _look_at_total(self, table: str) -> None:
        """Raise Damaged where a shelf is of another build; that is looked at once."""
        if table in OF_ONE_BUILD and table not in self._whole:
            if _total(self.db, table) != _total_of_all(self.db, table):
                raise Damaged
            self._whole.add(table)

    def _rows(self, table: str, keys: Sequence[str]) -> list[tuple[str, object, object]]:
        named = ", ".join("?" * len(keys))
        query = f"SELECT key, value, sum FROM {table} WHERE key IN ({named})"  # noqa: S608
        # All at once: what is still to be fetched outlives a database that is closed as damaged.
        return self.db.execute(query, keys).fetchall()

    def one(self, table: str, key: str, type_: type[_T]) -> _T | None:
        """One value of a table, or None. Raises Damaged."""
        with _trusting(self.file):
            data = self._bytes_of(table, key)
            return msgspec.msgpack.decode(data, type=type_) if data is not None else None

    def bytes_of(self, table: str, keys: Sequence[str]) -> dict[str, bytes]:
        """The values of some keys of a table as they are kept, as far as there are.
        Raises Damaged."""
        with _trusting(self.file):
            rows = (row for some in _few(keys) for row in self._rows(table, some))
            return {row[0]: _checked(table, *row) for row in rows}

    def _bytes_of(self, table: str, key: str) -> bytes | None:
        query = f"SELECT value, sum FROM {table} WHERE key = ?"  # noqa: S608
        row = self.db.execute(query, (key,)).fetchone()
        data = _checked(table, key, *row) if row else None
        return self._volumes.of_row(data) if data and table == _APART else data

    def keys(self, table: str) -> list[str]:
        """The keys of a table. Raises Damaged."""
        with _trusting(self.file):
            return [key for (key,) in self.db.execute(f"SELECT key FROM {table}")]  # noqa: S608

    def count(self, table: str) -> int:
        """How many keys a table has, which is known sooner than which. Raises Damaged."""
        with _trusting(self.file):
            return int(self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608

    def commit(self, changes: Iterable[Changes]) -> None:
        """Make all changes at once, or none. Raises Damaged or DiskError."""
        touched = set()
        with _trusting(self.file), self.db:
            for change in changes:
                touched.add(change.table)
                _apply(self.db, self._in_volumes(change) if change.table == _APART else change)
        if _APART in touched:
            self._volumes.forget(self.encoded(_APART).values())

    def _in_volumes(self, change: Changes) -> Changes:
        """The change as one of rows that tell where its values lie."""
        puts = {
            key: self._volumes.keep(msgspec.msgpack.encode(value))
            for key, value in change.puts.items()
        }
        return msgspec.structs.replace(change, puts=puts)

    def close(self) -> None:
        """Let go of the file and the lock."""
        self.db.close()
        if self.lock:
            self.lock.release()


def _few(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))


def _unpacked(
    table: str, rows: list[tuple[str, object, object]], count: int, type_: type[_T]
) -> dict[str, _T]:
    """What stands on some shelves, of which there must be so many."""
    if len(rows) != count:
        raise Damaged
    decoder = msgspec.msgpack.Decoder(dict[str, type_])  # type: ignore[valid-type]
    found: dict[str, _T] = {}
    for row in rows:
        found.update(decoder.decode(_checked(table, *row)))
    return found


def _lock(folder: Path | None) -> filelock.BaseFileLock | None:
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(folder / "lock", timeout=0)
        lock.acquire()
    except filelock.Timeout:
        raise Busy(problem("busy", Span(str(folder)))) from None
    except OSError as error:
        raise _disk_error(folder, error) from error
    return lock


def _open(file: Path | None) -> sqlite3.Connection:
    db = sqlite3.connect(file or ":memory:", isolation_level="IMMEDIATE", check_same_thread=False)
    try:
        db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        db.execute("PRAGMA journal_mode = TRUNCATE")
        db.execute("PRAGMA synchronous = NORMAL")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            _lay_out(db)
        elif version != _VERSION:
            raise Damaged
        for table in _TABLES:
            db.execute(f"SELECT key, value, sum FROM {table} LIMIT 1")  # noqa: S608
    except (Damaged, sqlite3.DatabaseError):
        db.close()
        raise
    return db


def _lay_out(db: sqlite3.Connection) -> None:
    with db:
        for table in _TABLES:
            db.execute(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, value BLOB, sum INTEGER)")
            db.executemany(
                f"INSERT INTO {table} VALUES (?, ?, ?)",  # noqa: S608
                (_row(table, str(number), {}) for number in range(SHELVES.get(table, 0))),
            )
        for table in OF_ONE_BUILD:
            _set_total(db, table, _total_of_all(db, table))
        db.execute(f"PRAGMA user_version = {_VERSION}")


def _apply(db: sqlite3.Connection, change: Changes) -> None:
    table = change.table
    if table in SHELVES:
        change = _on_shelves(db, change)
    rows = [_row(table, key, value) for key, value in change.puts.items()]
    if rows and table in OF_ONE_BUILD:
        less, more = _added(_sums(db, table, change.puts)), _added(row[2] for row in rows)
        _set_total(db, table, _added((_total(db, table), more, -less)))
    db.executemany(
        f"DELETE FROM {table} WHERE key = ?",  # noqa: S608
        ((key,) for key in change.drops),
    )
    insert = f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)"  # noqa: S608
    db.executemany(insert, rows)


def _sums(db: sqlite3.Connection, table: str, shelves: Iterable[str]) -> Iterator[int]:
    query = f"SELECT sum FROM {table} WHERE key = ?"  # noqa: S608
    for shelf in shelves:
        yield from db.execute(query, (shelf,)).fetchone()


def _total_of_all(db: sqlite3.Connection, table: str) -> int:
    # Damage may have made a sum anything: text, a fraction, nothing.
    query = f"SELECT coalesce(cast(sum(sum) AS INTEGER), 0) FROM {table}"  # noqa: S608
    return _added(db.execute(query).fetchone())


def _added(sums: Iterable[Any]) -> int:
    """The sum of the sums of some shelves, or of a change of them."""
    return int(sum(sums)) & 0xFFFF_FFFF


def _total(db: sqlite3.Connection, table: str) -> int:
    """What the sums of all shelves of a table come to, so that an old one is known by it."""
    query = "SELECT value, sum FROM marks WHERE key = ?"
    row = db.execute(query, (f"total {table}",)).fetchone()
    if row is None:
        raise Damaged
    data = _checked("marks", f"total {table}", *row)
    return msgspec.msgpack.decode(data, type=int)


def _set_total(db: sqlite3.Connection, table: str, total: int) -> None:
    row = _row("marks", f"total {table}", total)
    db.execute("INSERT OR REPLACE INTO marks VALUES (?, ?, ?)", row)


def _on_shelves(db: sqlite3.Connection, change: Changes) -> Changes:
    """The change as one of whole shelves: those that hold a key which it touches."""
    table, encode = change.table, msgspec.msgpack.Encoder().encode
    numbers = {key: shelf_of(table, key) for key in (*change.drops, *change.puts)}
    shelves = {number: _shelf(db, table, number) for number in dict.fromkeys(numbers.values())}
    for key in change.drops:
        shelves[numbers[key]].pop(key, None)
    for key, value in change.puts.items():
        shelves[numbers[key]][key] = msgspec.Raw(encode(value))
    return Changes(table, shelves)


def _shelf(db: sqlite3.Connection, table: str, number: str) -> dict[str, msgspec.Raw]:
    query = f"SELECT value, sum FROM {table} WHERE key = ?"  # noqa: S608
    row = db.execute(query, (number,)).fetchone()
    if row is None:
        raise Damaged
    data = _checked(table, number, *row)
    return msgspec.msgpack.decode(data, type=dict[str, msgspec.Raw])


def _row(table: str, key: str, value: object) -> tuple[str, bytes, int]:
    data = value if isinstance(value, bytes) else msgspec.msgpack.encode(value)
    return key, data, _sum(table, key, data)


def _sum(table: str, key: str, data: bytes) -> int:
    return zlib.crc32(data, zlib.crc32(f"{table} {key}".encode()))


def _checked(table: str, key: object, data: object, sum_: object) -> bytes:
    """The data of a row, which damage may have made anything."""
    if not isinstance(key, str) or not isinstance(data, bytes) or _sum(table, key, data) != sum_:
        raise Damaged
    return data


# What SQLite says of the machine; all else that it says is about the file.
_OF_DISK = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
)


@contextlib.contextmanager
def _trusting(file: Path | None) -> Iterator[None]:
    try:
        yield
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damaged from error
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0)
        if code & 0xFF in _OF_DISK and code != sqlite3.SQLITE_IOERR_SHORT_READ:
            raise _disk_error(file, error) from error
        raise Damaged from error


def _disk_error(file: Path | None, error: Exception) -> DiskError:
    reason = getattr(error, "strerror", None) or error
    return DiskError(problem("cannot-write", Span(str(file)), reason=reason))
