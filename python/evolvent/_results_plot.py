"""Pictures of a study by matplotlib."""

from __future__ import annotations

import itertools
import math
from typing import Any

from ._results_log import Log, Row
from ._results_tree import Line, largest, lines, place

BEST = "#b4430a"
OTHERS = "#0b62c4"
GROUND = "#ffffff"
ROW_INCHES = 0.14


def _pyplot() -> Any:
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError("Plots need matplotlib, which is not installed.\nMaybe: pip install matplotlib") from error
    return pyplot


def schedule(log: Log, segments: list[Row]) -> Any:
    """Returns a figure with a panel for each hyperparameter."""
    pyplot = _pyplot()
    trained = [row for row in log.intervals if row["step_to"] is not None]
    if not trained:
        raise ValueError("there is no interval yet, so there is no schedule to draw")
    starts, ends = [row["step_from"] for row in trained], [row["step_to"] for row in trained]
    space: list[Row] = log.definition["space"]
    columns = min(3, len(space))
    height = math.ceil(len(space) / columns)
    figure, axes = pyplot.subplots(
        height, columns, figsize=(4.2 * columns, 2.6 * height), squeeze=False, sharex=True, layout="constrained"
    )
    for axis in axes.flat[len(space) :]:
        axis.set_visible(False)
    for parameter, axis in zip(space, axes.flat):
        name = parameter["name"]
        place_of = _scale(axis, parameter)
        everybody = [place_of(row["hyperparameters"].get(name)) for row in trained]
        axis.hlines(everybody, starts, ends, color=OTHERS, linewidth=1, alpha=0.5)
        if segments:
            edges = [segments[0]["from_step"], *(row["to_step"] for row in segments)]
            values = [place_of(row["hyperparameters"].get(name)) for row in segments]
            for color, width in ((GROUND, 6), (BEST, 3)):
                axis.stairs(values, edges, baseline=None, color=color, linewidth=width)
            axis.plot(edges[-1], values[-1], marker="*", markersize=11, color=BEST, clip_on=False)
        axis.set_title(_plain(name), fontsize=10)
        axis.set_xlabel("step")
    return figure


def _scale(axis: Any, parameter: Row) -> Any:
    """Sets the axis of a hyperparameter; returns what turns its values into places on it."""
    if "choice" in parameter:
        choices = [_key(value) for value in parameter["choice"]]
        axis.set_yticks(range(len(choices)), [_plain(str(value)) for value in parameter["choice"]])
        axis.set_ylim(-0.5, len(choices) - 0.5)
        return lambda value: choices.index(_key(value)) if _key(value) in choices else math.nan
    if parameter.get("scale") == "log":
        axis.set_yscale("log")
    domain = parameter.get("float") or parameter.get("int")
    if isinstance(domain, list):
        axis.set_ylim(*domain)
        axis.margins(y=0.05)
    return lambda value: math.nan if value is None else float(value)


def _key(value: Any) -> tuple[type, str]:
    return type(value), repr(value)


def family_tree(log: Log, segments: list[Row], most: int) -> Any:
    """Returns a figure with the largest lines of weights."""
    if most < 1:
        raise ValueError(f"most is {most} but must be at least 1")
    pyplot = _pyplot()
    ancestry = {(row["member"], row["interval"]) for row in segments}
    holders = {row["checkpoint"]: row["member"] for row in log.members if row["checkpoint"] is not None}
    living = {(row["member"], row["interval"]) for row in log.intervals if row["checkpoint"] in holders}
    made = lines(log.intervals, log.lineage, ancestry, living)
    if not made:
        raise ValueError("there is no interval yet, so there is no family tree to draw")
    kept = largest(made, ancestry, most)
    place(kept, ancestry)
    rows = [line.row for line in kept]
    figure, axis = pyplot.subplots(
        figsize=(10, max(2.5, ROW_INCHES * (max(rows) - min(rows) + 4))), layout="constrained"
    )
    for line in kept:
        _line(axis, line, bool(line.nodes[-1] in living))
    if segments:
        edges = segments[0]["from_step"], segments[-1]["to_step"]
        for color, width in (("#1b1f24", 6), (BEST, 3.5)):
            axis.plot(edges, (0, 0), color=color, linewidth=width, solid_capstyle="butt", zorder=3)
        for before, row in itertools.pairwise(segments):
            if before["member"] != row["member"]:
                axis.plot(row["from_step"], 0, marker="o", markersize=6, color=BEST, mfc=GROUND, zorder=4)
        axis.plot(edges[1], 0, marker="*", markersize=14, color=BEST, mec=GROUND, zorder=5)
    axis.set_yticks([])
    axis.set_xlabel("step")
    for side in ("left", "right", "top"):
        axis.spines[side].set_visible(False)
    told = f"{len(kept)} lineages" if len(kept) == len(made) else f"{len(kept)} largest of {len(made)} lineages"
    axis.set_title(_plain(f"{log.definition['study']}: {told}; thick: what led to the best model"), fontsize=10)
    return figure


def _line(axis: Any, line: Line, lives: bool) -> None:
    style = {"color": OTHERS, "alpha": 1.0 if lives else 0.6, "linewidth": 2.2 if lives else 1.2}
    axis.hlines(line.row, line.start, line.end, **style)
    if line.parent is None:
        axis.annotate(
            str(line.nodes[0][0]), (line.start, line.row), (-4, 0), textcoords="offset points", ha="right", va="center"
        )
    else:
        axis.vlines(line.start, line.parent.row, line.row, **{**style, "linewidth": 0.8})


def _plain(text: str) -> str:
    """Returns a text in which matplotlib sees no formula."""
    return text.replace("$", r"\$")
