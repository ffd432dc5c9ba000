"""Studies to be run once each, and their results on disk."""

import dataclasses
import json
import os
import pathlib
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[2]
EVOLVENT = ROOT / "bin" / "evolvent"

Result = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Job:
    """Something that is run once.

    name: like a path; what is before the last slash names those that take as long
    seconds: a guess how long it takes, until one of them is known
    work: runs it, in a directory that may hold what an earlier try has left, and returns its result
    """

    name: str
    seconds: float
    work: Callable[[pathlib.Path], Result]


class Place:
    """A directory of runs and results."""

    def __init__(self, directory: pathlib.Path) -> None:
        self.directory = directory.resolve()

    def run_directory(self, job: Job) -> pathlib.Path:
        return self.directory / "runs" / job.name

    def result(self, job: Job) -> Result | None:
        """Return what came of a job; None when it was not run to its end."""
        file = self._file(job)
        return json.loads(file.read_text()) if file.exists() else None

    def run(self, wanted: Sequence[Job]) -> None:
        """Run those jobs that have no result, and say how long the rest will take."""
        by_name = {job.name: job for job in wanted}
        for number, job in enumerate(by_name.values(), start=1):
            if self.result(job) is not None:
                continue
            left = self._seconds([each for each in by_name.values() if self.result(each) is None])
            print(f"{number} of {len(by_name)}: {job.name}; about {_duration(left)} left", flush=True)
            run = self.run_directory(job)
            run.parent.mkdir(parents=True, exist_ok=True)
            begun = time.monotonic()
            result = job.work(run)
            result["seconds"] = time.monotonic() - begun
            file = self._file(job)
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(".new")
            fresh.write_text(json.dumps(result))
            os.replace(fresh, file)

    def _seconds(self, missing: Sequence[Job]) -> float:
        return sum(self._typical(job) for job in missing)

    def _typical(self, job: Job) -> float:
        alike = self._file(job).parent.glob("*.json")
        known = [json.loads(file.read_text())["seconds"] for file in alike]
        return statistics.median(known) if known else job.seconds

    def _file(self, job: Job) -> pathlib.Path:
        return self.directory / "results" / f"{job.name}.json"


def study(name: str, file: str, seed: int, settings: Sequence[str], seconds: float, *more: "Evaluation") -> Job:
    """Return the job of a study with its baseline: what `evolvent run --json` says, and what others measure of it."""

    def work(run: pathlib.Path) -> Result:
        result = evolve(run, file, seed, settings)
        for evaluation in more:
            result.update(evaluation(run, result))
        return result

    return Job(f"{name}/{seed}", seconds, work)


Evaluation = Callable[[pathlib.Path, Result], Result]


def evolve(run: pathlib.Path, file: str, seed: int, settings: Sequence[str]) -> Result:
    """Run a study, or go on with it; one that a killed run.py has left behind is waited for."""
    if (run / "events.db").exists():
        while last_line(EVOLVENT, "status", run, "--json")["status"] == "running":
            time.sleep(1)
        return last_line(EVOLVENT, "resume", run, "--json", "--no-report")
    arguments = [word for setting in settings for word in ("--set", setting)]
    return last_line(EVOLVENT, "run", ROOT / file, "--dir", run, "--seed", seed, "--json", "--no-report", *arguments)


def last_line(*command: Any) -> Result:
    """Run a command and return its last line of JSON; what it says meanwhile goes to standard error."""
    said = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True, check=True).stdout
    result: Result = json.loads(said.splitlines()[-1])
    return result


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02} h" if minutes >= 60 else f"{max(1, minutes)} min"
