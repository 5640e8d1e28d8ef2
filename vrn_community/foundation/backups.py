"""Copies of SQLite while it runs: the data in one file, the keys of records in another.

The file of keys is kept elsewhere, and for a stated time alone: then nothing opens in an old
copy what was deleted since.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2

from vrn_community.foundation import clock

KEYS_SUFFIX = ".record-keys"
Progress = Callable[[int, int, int], None]


class DamagedError(RuntimeError):
    """The database cannot be copied as it is."""


def copy(database: str, target: Path, keys: Path, progress: Progress) -> None:
    """Copy a database without its keys to a file, and the keys to another; both must be new."""
    with _new_files(target, keys), _opened(database) as source, _opened(target) as made:
        source.backup(made, pages=1_000, progress=progress)
        _check(made)
        made.execute("PRAGMA journal_mode=OFF")  # A journal would hold the keys.
        made.execute("PRAGMA secure_delete=ON")
        made.execute("ATTACH ? AS apart", (str(keys),))
        made.execute("CREATE TABLE apart.record_key AS SELECT * FROM main.record_key")
        made.execute("DELETE FROM main.record_key")
        made.execute("DETACH apart")
        made.execute("VACUUM")  # Rows that were moved within a page leave a shadow there.


def restore(source: Path, keys: Path, target: Path) -> None:
    """Make a database of a copy, and of the keys in another copy, of the same day or later."""
    with _new_files(target), _opened(source) as copied, _opened(target) as made:
        copied.backup(made)
        _check(made)
        made.execute("ATTACH ? AS apart", (str(keys),))
        made.execute("INSERT OR IGNORE INTO main.record_key SELECT * FROM apart.record_key")


def forget_old_keys(folder: Path, keep: timedelta) -> int:
    """Delete copies of keys that are older than they may be, and return how many it were."""
    oldest = (clock.now() - keep).timestamp()
    old = [path for path in folder.glob(f"*{KEYS_SUFFIX}") if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink()
    return len(old)


@contextmanager
def _new_files(*paths: Path) -> Iterator[None]:
    """Make files that nobody else reads; if anything goes wrong, none of them stays."""
    made: list[Path] = []
    try:
        for path in paths:
            path.touch(mode=0o600, exist_ok=False)
            made.append(path)
        yield
    except BaseException as error:
        for path in made:
            path.unlink()
        if isinstance(error, pysqlite3.dbapi2.DatabaseError):
            raise DamagedError(str(error)) from error
        raise


@contextmanager
def _opened(path: Path | str) -> Iterator[Any]:
    with closing(pysqlite3.dbapi2.connect(str(path), isolation_level=None)) as connection:
        yield connection


def _check(connection: Any) -> None:
    state = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if state != "ok":
        raise DamagedError(state)
