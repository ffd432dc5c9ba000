"""The layout of a family tree: lines of weights on rows, none across another."""

from __future__ import annotations

from dataclasses import dataclass, field

from ._results_log import Row

Node = tuple[int, int]  # A member and one of its intervals.


@dataclass(eq=False)
class Line:
    """Weights that were trained on and on, by whichever member.

    Attributes:
        nodes: its intervals, from the first to the last
        start: the training steps at which it branches off, or 0
        end: those behind its last weights
        parent: whom it branches off
        row: where it is drawn
        size: the number of intervals in it and in all that branches off
    """

    nodes: list[Node]
    start: int
    end: int
    parent: Line | None = None
    children: list[Line] = field(default_factory=list)
    row: int = 0
    size: int = 0


def lines(intervals: list[Row], lineage: list[Row], ancestry: set[Node], living: set[Node]) -> list[Line]:
    """Returns all lines: at a fork that one goes on to which the best belongs, else the one with most living
    descendants, then the one that reached furthest."""
    steps = {(row["member"], row["interval"]): row for row in intervals if row["checkpoint"] is not None}
    parents: dict[Node, Node | None] = {}
    for row in lineage:
        parent = (row["parent_member"], row["parent_interval"])
        parents[row["member"], row["interval"]] = parent if parent in steps else None
    children: dict[Node, list[Node]] = {}
    alive = {node: int(node in living) for node in parents}
    reach = {node: int(steps[node]["step_to"]) for node in parents}
    for node in reversed(parents):  # A parent ends before its children, so all below a node are counted by now.
        above = parents[node]
        if above is not None:
            children.setdefault(above, []).append(node)
            alive[above] += alive[node]
            reach[above] = max(reach[above], reach[node])
    found: dict[Node, Line] = {}
    made: list[Line] = []
    for node, above in parents.items():
        fork = children.get(above, []) if above is not None else []
        first = max(fork, key=lambda child: (child in ancestry, alive[child], reach[child]), default=None)
        if above is not None and node == first:
            line = found[above]
            line.nodes.append(node)
            line.end = int(steps[node]["step_to"])
        else:
            line = Line([node], int(steps[node]["step_from"]), int(steps[node]["step_to"]))
            if above is not None:
                line.parent = found[above]
                line.parent.children.append(line)
            made.append(line)
        found[node] = line
    for line in reversed(made):  # Whom a line branches off was made before it.
        line.size += len(line.nodes)
        if line.parent is not None:
            line.parent.size += line.size
    return made


def largest(made: list[Line], ancestry: set[Node], most: int) -> list[Line]:
    """Returns at most so many lines, the best's and those with most in them, and cuts the others off. Whom a line
    branches off is larger, and so among them, too."""
    ranked = sorted(made, key=lambda line: (line.nodes[0] not in ancestry, -line.size, line.start))
    kept = ranked[:most]
    for line in kept:
        line.children = [child for child in line.children if child in kept]
    return kept


def place(kept: list[Line], ancestry: set[Node]) -> None:
    """Gives each line its row: the best's is 0; younger branches are nearer than older ones, so that none crosses."""
    founders = [line for line in kept if line.parent is None]
    founders.sort(key=lambda line: line.nodes[0] not in ancestry)
    taken: list[tuple[int, int, int]] = []
    for number, founder in enumerate(founders):
        own = _subtree(founder, number % 2 == 1)
        _shift(founder, own, taken, 0 if number == 0 else (1 if number % 2 else -1))
        taken += _extents(founder)


def _subtree(line: Line, down: bool) -> list[tuple[int, int, int]]:
    """Lays a line and its branches out around row 0; returns the steps from and to and the row of each."""
    taken = [(line.start, line.end, 0)]
    for child in sorted(line.children, key=lambda branch: -branch.start):
        own = _subtree(child, down)
        below = max(row for _, _, row in taken)
        above = -min(row for _, _, row in taken)
        side = 1 if below < above or (below == above and down) else -1
        _shift(child, own, taken, side)
        taken += _extents(child)
    return taken


def _shift(line: Line, own: list[tuple[int, int, int]], taken: list[tuple[int, int, int]], side: int) -> None:
    """Moves a subtree to one side until nothing of it lies on or beyond what is there already."""
    distance = 0
    for start, end, row in own:
        for other_start, other_end, other_row in taken:
            if start <= other_end and other_start <= end:
                distance = max(distance, side * (other_row - row) + 1)
    if side:
        open_lines = [line]
        while open_lines:
            at = open_lines.pop()
            at.row += side * distance
            open_lines += at.children


def _extents(line: Line) -> list[tuple[int, int, int]]:
    return [(line.start, line.end, line.row)] + [each for child in line.children for each in _extents(child)]
