"""Family trees and schedules of the studies, as the paper's figures 6 and 7."""

import pathlib
import sys
from collections.abc import Sequence
from typing import Protocol

import jobs

sys.path.insert(0, str(jobs.ROOT / "python"))
import evolvent


class Drawn(Protocol):
    """Of which there is something to see."""

    name: str

    def pictured(self) -> jobs.Job | None: ...


def draw(place: jobs.Place, claims: Sequence[Drawn]) -> None:
    """Draw the first study of each claim that wants it, where matplotlib is installed."""
    for claim in claims:
        job = claim.pictured()
        if job is None or place.result(job) is None or not place.run_directory(job).exists():
            continue
        results = evolvent.results(str(place.run_directory(job)))
        pictures = place.directory / "pictures" / claim.name
        pictures.mkdir(parents=True, exist_ok=True)
        try:
            _save(results.plot_family_tree(), pictures / "family-tree.svg")
            _save(results.plot_schedule(), pictures / "schedule.svg")
        except ImportError as missing:
            print(f"No pictures: {missing}", file=sys.stderr)
            return


def _save(figure: object, file: pathlib.Path) -> None:
    figure.savefig(file, bbox_inches="tight")  # type: ignore[attr-defined]
    print(f"Picture: {file}", file=sys.stderr)
