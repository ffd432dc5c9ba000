"""Exports that need a library, for ``evolvent export``: ``python3 -m evolvent._export parquet|wandb DIR PLACE``."""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

from ._results import Results
from ._results_log import VIEWS, Row


def parquet(results: Results, place: str) -> None:
    """Writes each table to ``PLACE/TABLE.parquet``. What is neither text, number nor time is written as JSON."""
    _needed("pandas")
    _needed("pyarrow")
    os.makedirs(place, exist_ok=True)
    for table in VIEWS:
        frame = getattr(results, table)
        for column in frame.columns:
            kinds = {type(value) for value in frame[column].dropna()}
            if len(kinds) > 1 or kinds & {dict, list}:
                frame[column] = frame[column].map(json.dumps, na_action="ignore")
        frame.to_parquet(os.path.join(place, f"{table}.parquet"), engine="pyarrow", index=False)


def wandb(results: Results, place: str) -> None:
    """Writes a run for each member, and ``best`` for the best model's ancestry, as Weights & Biases does offline: they
    lie in ``PLACE/wandb`` and ``wandb sync`` uploads them."""
    library = _needed("wandb")
    os.makedirs(place, exist_ok=True)
    finished = [row for row in results._log.intervals if row["step_to"] is not None]
    by_node = {(row["member"], row["interval"]): row for row in finished}
    best = [by_node[row["member"], row["interval"]] for row in results._segments()]
    digits = max(2, len(str(len(results._log.members) - 1)))
    runs = {
        f"member-{row['member']:0{digits}}": [one for one in finished if one["member"] == row["member"]]
        for row in results._log.members
    }
    group = os.path.basename(os.path.abspath(results.directory))
    for name, rows in {**runs, "best": best}.items():
        if rows:
            _run(library, results, place, group, name, rows)


def _run(library: Any, results: Results, place: str, group: str, name: str, rows: list[Row]) -> None:
    run = library.init(mode="offline", project=results.name, group=group, name=name, dir=place)
    run.define_metric("step")
    run.define_metric("*", step_metric="step")
    for row in rows:
        hyperparameters = {f"hyperparameters/{key}": value for key, value in row["hyperparameters"].items()}
        run.log({"step": row["step_from"], **hyperparameters})
        metrics = {f"metrics/{key}": value for key, value in row["metrics"].items()}
        run.log({"step": row["step_to"], **hyperparameters, **metrics})
    run.finish()


def _needed(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise SystemExit(f"Python's {module} is needed and cannot be imported: {error}") from error


def main(arguments: list[str]) -> None:
    exports = {"parquet": parquet, "wandb": wandb}
    if len(arguments) != 3 or arguments[0] not in exports:
        raise SystemExit(f"The arguments are {arguments} but must be {' or '.join(exports)}, a run directory, a place")
    try:
        exports[arguments[0]](Results(arguments[1]), arguments[2])
    except (OSError, ValueError) as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main(sys.argv[1:])
