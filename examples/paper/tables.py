"""Means with their intervals, and tables of Markdown."""

import math
import pathlib
import statistics
import sys
from collections.abc import Mapping, Sequence

# Student's t, 97.5 %, for 1 to 30 degrees of freedom.
# fmt: off
T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)
# fmt: on


def mean(values: Sequence[float], scale: float = 1, sign: str = "") -> str:
    """Return the mean with its 95 % interval (Student's t), such as `92.1 [90.4, 93.8]`."""
    middle = statistics.fmean(values)
    half = margin(values)
    return " ".join(
        [
            f"{middle * scale:{sign}.4g}",
            f"[{(middle - half) * scale:{sign}.4g}, {(middle + half) * scale:{sign}.4g}]" if half < math.inf else "",
        ]
    ).strip()


def margin(values: Sequence[float]) -> float:
    """Return half the width of the 95 % interval of the mean; infinite for a single value."""
    if len(values) < 2:
        return math.inf
    return T[min(len(values) - 1, len(T)) - 1] * statistics.stdev(values) / math.sqrt(len(values))


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Return a table of Markdown; all columns but the first are numbers."""
    lines = [f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    return lines + [f"| {' | '.join(map(str, row))} |" for row in rows]


def put(document: pathlib.Path, made: Mapping[str, Sequence[str]]) -> None:
    """Write tables between their marks, `<!-- NAME -->` and `<!-- end -->`; those without a mark are left out."""
    text = document.read_text()
    for name, lines in made.items():
        before, begin, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        if not begin or not end:
            print(f"{document} has no place for the table {name!r}: <!-- {name} --> and <!-- end -->", file=sys.stderr)
            continue
        text = before + begin + "".join(f"{line}\n" for line in lines) + end + after
    document.write_text(text)
