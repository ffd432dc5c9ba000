"""What the log of a run says: the SQL views of its ``events.db`` as rows, read without touching anything."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]

VIEWS = ("members", "intervals", "decisions", "lineage")
NOT_FINITE = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}
SECONDS_TO_WAIT = 10.0


@dataclass(frozen=True)
class Log:
    """A run at one moment: the study as it is in force, and the rows of the views."""

    definition: Row
    ended: bool
    members: list[Row]
    intervals: list[Row]
    decisions: list[Row]
    lineage: list[Row]


def read(directory: str) -> Log:
    """Reads all at one moment.

    Raises FileNotFoundError where there is no run, and ValueError where ``events.db`` is none of Evolvent's.
    """
    if not os.path.isdir(directory):
        raise FileNotFoundError(f"the run directory is {directory!r} but there is no such directory")
    file = os.path.join(directory, "events.db")
    if not os.path.isfile(file):
        raise FileNotFoundError(
            f"the run directory is {directory!r}, which holds no events.db and so is none. "
            "Maybe one below it, such as evolvent-runs/NAME-1?"
        )
    try:
        with _connected(file) as database:
            return _read(database)
    except sqlite3.DatabaseError as error:
        raise ValueError(f"{file} cannot be read as the log of a run: {error}") from error


@contextlib.contextmanager
def _connected(file: str) -> Iterator[sqlite3.Connection]:
    with tempfile.TemporaryDirectory() as place:
        if not os.access(os.path.dirname(file) or ".", os.W_OK):
            # Even who only reads writes SQLite's shared memory beside the database.
            for part in ("", "-wal"):
                if os.path.isfile(file + part):
                    shutil.copy(file + part, os.path.join(place, "events.db" + part))
            file = os.path.join(place, "events.db")
        path = os.path.abspath(file).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=SECONDS_TO_WAIT, isolation_level=None)
        try:
            database.row_factory = _row
            database.execute("BEGIN")  # All of one moment, whatever is committed meanwhile.
            yield database
        finally:
            database.close()


def _row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> Row:
    return {column[0]: value for column, value in zip(cursor.description, values)}


def _read(database: sqlite3.Connection) -> Log:
    created = database.execute(
        "SELECT json_extract(body, '$.definition') AS definition FROM events"
        " WHERE type IN ('study_created', 'study_amended') ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    if created is None:
        raise ValueError("the log is empty: the run was begun but did not come as far as its study")
    last = database.execute("SELECT type FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    rows = {view: database.execute(f"SELECT * FROM {view}").fetchall() for view in VIEWS}
    definition: Row = json.loads(created["definition"])
    for row in rows["intervals"]:
        row["metrics"] = _metrics(row["metrics"])
        row["hyperparameters"] = _decoded(row["hyperparameters"])
        row["score"] = _finite(row["score"])
    for row in rows["members"]:
        row["hyperparameters"] = _decoded(row["hyperparameters"])
        row["score"] = _finite(row["score"])
    for row in rows["decisions"]:
        for column in ("evidence", "before", "after"):
            row[column] = _decoded(row[column])
    return Log(definition, last["type"] == "study_ended", *(rows[view] for view in VIEWS))


def _decoded(text: str | None) -> Row:
    return {} if text is None else json.loads(text)


def _metrics(text: str | None) -> Row:
    return {name: _finite(value) for name, value in _decoded(text).items()}


def _finite(value: Any) -> Any:
    return NOT_FINITE.get(value, value) if isinstance(value, str) else value


def flat(rows: list[Row], columns: tuple[str, ...], always: bool = False) -> list[Row]:
    """Returns rows in which each dict of some columns has become columns of its own, the same in every row.

    A name that another column has, too, or every name where that is asked for, gets the column's name before it:
    ``metrics.step``.
    """
    found = {column: dict.fromkeys(name for row in rows for name in row[column]) for column in columns}
    taken = [name for row in rows[:1] for name in row if name not in columns]
    taken += [name for names in found.values() for name in names]
    labels = {
        (column, name): f"{column}.{name}" if always or taken.count(name) > 1 else name
        for column, names in found.items()
        for name in names
    }
    return [_flat(row, found, labels) for row in rows]


def _flat(row: Row, found: dict[str, dict[str, None]], labels: dict[tuple[str, str], str]) -> Row:
    result: Row = {}
    for column, value in row.items():
        if column in found:
            result.update((labels[column, name], value.get(name)) for name in found[column])
        else:
            result[column] = value
    return result
