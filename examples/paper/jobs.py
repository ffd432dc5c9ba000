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

# Returns metrics of a checkpoint.
Judge = Callable[[pathlib.Path], dict[str, float]]


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
    """A directory of runs, and a file of results: a line of JSON for each job."""

    def __init__(self, directory: pathlib.Path, results: pathlib.Path) -> None:
        self.directory = directory.resolve()
        self._file = results
        self._results: dict[str, Result] = {}
        if results.exists():
            for line in results.read_text().splitlines():
                result = json.loads(line)
                self._results[result.pop("job")] = result

    def run_directory(self, job: Job) -> pathlib.Path:
        return self.directory / "runs" / job.name

    def result(self, job: Job) -> Result | None:
        """Return what came of a job; None when it was not run to its end."""
        return self._results.get(job.name)

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
            self._keep(job, {**result, "seconds": round(time.monotonic() - begun, 1)})

    def _keep(self, job: Job, result: Result) -> None:
        self._results[job.name] = result
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        lines = [json.dumps({"job": name, **each}) for name, each in sorted(self._results.items())]
        fresh.write_text("".join(f"{line}\n" for line in lines))
        os.replace(fresh, self._file)

    def _seconds(self, missing: Sequence[Job]) -> float:
        return sum(self._typical(job) for job in missing)

    def _typical(self, job: Job) -> float:
        kind = job.name.rpartition("/")[0]
        known = [each["seconds"] for name, each in self._results.items() if name.rpartition("/")[0] == kind]
        return statistics.median(known) if known else job.seconds


def study(name: str, file: str, seed: int, settings: Sequence[str], seconds: float, judge: Judge | None = None) -> Job:
    """Return the job of a study with its baseline: scores and metrics of the best models, with those of a judge."""

    def work(run: pathlib.Path) -> Result:
        end = evolve(run, file, seed, settings)
        result = {"state_digest": end["state_digest"], **_best(run, end, judge)}
        if end.get("baseline"):
            result["baseline"] = _best(run / "baseline", end["baseline"], judge)
        return result

    return Job(f"{name}/{seed}", seconds, work)


def _best(run: pathlib.Path, end: Result, judge: Judge | None) -> Result:
    best = end["best"]
    judged = judge(run / "best" / "checkpoint") if judge else {}
    return {"score": best["score"], "metrics": {**best["metrics"], **judged}}


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
