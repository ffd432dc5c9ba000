"""What came of a study, for scripts and notebooks."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from ._results_log import Log, Row, flat, read

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Best:
    """The best model, as it lies in ``best/`` of the run.

    Attributes:
        path: the directory with what the trainer saved
        score: the objective's value
        metrics: all that the trainer reported with it
        hyperparameters: those of its last interval; all of them are in ``Results.schedule``
        member: who made it
        interval: in which of the member's intervals, from 0
        step: the training steps behind it
        checkpoint: its name, the SHA-256 of what was saved
    """

    path: str
    score: float
    metrics: dict[str, float]
    hyperparameters: dict[str, Any]
    member: int
    interval: int
    step: int
    checkpoint: str


class Results:
    """A run as it was at the moment when it was read. Tables are pandas data frames; lists of dicts without pandas.

    A name that a hyperparameter has in common with a metric or with another column has ``hyperparameters.`` before it,
    and such a metric ``metrics.``. What there is not is None, or what pandas has for it.
    """

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self.directory: str = os.fspath(directory)
        self._log: Log = read(self.directory)
        self._published: Row = _published(self.directory)

    @property
    def name(self) -> str:
        """The study's name."""
        return str(self._log.definition["study"])

    @property
    def metric(self) -> str:
        """The metric that is the score."""
        return str(self._log.definition["metric"])

    @property
    def goal(self) -> str:
        """``maximize`` or ``minimize``."""
        return str(self._log.definition["goal"])

    @property
    def ended(self) -> bool:
        """Whether the study is over; what was interrupted is not."""
        return self._log.ended

    @property
    def members(self) -> Any:
        """The members as they stand: member, interval, step, score, status, hyperparameters, checkpoint."""
        return _table(flat(self._log.members, ("hyperparameters",)))

    @property
    def intervals(self) -> Any:
        """Every attempt that ended, in the order of the log: member, interval, attempt, step_from, step_to, score,
        metrics, hyperparameters, parent, checkpoint, slot, started_at, finished_at (in UTC), status (finished; invalid,
        without a usable score; failed; lost with its place), message, training_seconds, seq, place (node and job
        of the slot; None on the driver's own machine)."""
        return _table(flat(self._log.intervals, ("metrics", "hyperparameters")), ("started_at", "finished_at"))

    @property
    def decisions(self) -> Any:
        """Every decision, in the order of the log: seq, member, interval, kind (continue, exploit, explore, stop),
        donor, donor_interval, reason, evidence (a dict), at (in UTC: the end of the last attempt before it), and
        hyperparameters as ``before.NAME`` and ``after.NAME``."""
        return _table(flat(self._log.decisions, ("before", "after"), always=True), ("at",))

    @property
    def lineage(self) -> Any:
        """Of every interval with a checkpoint where its weights came from: member, interval, parent_member,
        parent_interval (neither for fresh weights), and whether the best model descends from it."""
        ancestry = {(row["member"], row["interval"]) for row in self._segments()}
        return _table([{**row, "best": (row["member"], row["interval"]) in ancestry} for row in self._log.lineage])

    @property
    def schedule(self) -> Any:
        """What the best model was trained with: from_step, to_step, member, interval, hyperparameters. Empty as long as
        there is none."""
        return _table(flat(self._segments(), ("hyperparameters",)))

    @property
    def best(self) -> Best | None:
        """The best model; None as long as none is published. While a study runs it may be a second older than the
        tables."""
        if not self._published:
            return None
        last = self._segments()[-1]
        made = [
            row
            for row in self._log.intervals
            if row["checkpoint"] and (row["member"], row["interval"]) == (last["member"], last["interval"])
        ]
        return Best(
            path=os.path.join(self.directory, "best", "checkpoint"),
            score=float(self._published["score"]),
            metrics=made[-1]["metrics"] if made else {},
            hyperparameters=last["hyperparameters"],
            member=last["member"],
            interval=last["interval"],
            step=last["to_step"],
            checkpoint=str(self._published["checkpoint"]),
        )

    def plot_schedule(self) -> Figure:
        """Draws what everybody was trained with, hyperparameter by hyperparameter: the best model's ancestry thick, as
        steps.

        Raises ImportError without matplotlib, and ValueError as long as there is nothing to draw.
        """
        from . import _results_plot

        return _results_plot.schedule(self._log, self._segments())

    def plot_family_tree(self, most: int = 60) -> Figure:
        """Draws where weights came from: the best model's ancestry straight across, others where they branch off.

        Of more lineages than ``most`` (at least 1) those with the most descendants are drawn, and how many were left
        out is said. Raises as ``plot_schedule`` does.
        """
        from . import _results_plot

        return _results_plot.family_tree(self._log, self._segments(), most)

    def _segments(self) -> list[Row]:
        segments: list[Row] = self._published.get("schedule", [])
        return segments

    def __repr__(self) -> str:
        return f"<evolvent.Results of {self.directory}: {self._sentence()}>"

    def _sentence(self) -> str:
        trained = sum(row["checkpoint"] is not None for row in self._log.intervals)
        copies = sum(row["kind"] == "exploit" for row in self._log.decisions)
        text = ", ".join(
            f"{count} {noun}" + "s" * (count != 1)
            for count, noun in ((len(self._log.members), "member"), (trained, "interval"), (copies, "exploit"))
        )
        best = self.best
        if best is None:
            return text + ", no best model yet"
        return f"{text}; best {self.metric} {best.score:.6g}, by member {best.member} at step {best.step}"

    def _repr_html_(self) -> str:
        rows = _merged(self._segments())
        names = list(dict.fromkeys(name for row in rows for name in row["hyperparameters"]))
        head = "".join(f"<th>{escape(name)}</th>" for name in ("from step", "to step", *names))
        body = "".join(
            f"<tr><td>{row['from_step']}</td><td>{row['to_step']}</td>"
            + "".join(f"<td>{escape(_short(row['hyperparameters'].get(name)))}</td>" for name in names)
            + "</tr>"
            for row in rows
        )
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if rows else ""
        return f"<p><b>{escape(self.name)}</b>: {escape(self._sentence())}</p>{table}"


def results(directory: str | os.PathLike[str]) -> Results:
    """Reads a run directory, ``evolvent-runs/digits-1`` say, while its study runs too, and changes nothing there.

    It is read once: whoever wants to see how it went on calls this again. Raises FileNotFoundError where there is no
    run, and ValueError where its log cannot be read.
    """
    return Results(directory)


def _published(directory: str) -> Row:
    try:
        with open(os.path.join(directory, "best", "schedule.json"), encoding="utf-8") as file:
            published: Row = json.load(file)
            return published
    except FileNotFoundError:
        return {}


def _merged(segments: list[Row]) -> list[Row]:
    """Returns a row for each stretch with the same hyperparameters."""
    rows: list[Row] = []
    for segment in segments:
        if rows and rows[-1]["hyperparameters"] == segment["hyperparameters"]:
            rows[-1] = {**rows[-1], "to_step": segment["to_step"]}
        else:
            rows.append(segment)
    return rows


def _short(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _table(rows: list[Row], times: tuple[str, ...] = ()) -> Any:
    try:
        import pandas
    except ImportError:
        return rows
    frame = pandas.DataFrame(rows)
    for column in times:
        if column in frame:
            frame[column] = pandas.to_datetime(frame[column], utc=True, format="ISO8601")
    for column in ("step_to", "donor", "donor_interval", "parent_member", "parent_interval", "step"):
        if column in frame and any(value is None for value in (row[column] for row in rows)):
            frame[column] = frame[column].astype("Int64")  # Whole numbers stay whole beside None.
    return frame
