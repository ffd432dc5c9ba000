"""What the programs of this folder share: studies, the command as a process, its log, and whom it left behind."""

import argparse
import contextlib
import glob
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
DEADLINE = 300.0
"""Seconds after which whatever is waited for is taken as hanging."""

STUDY = """\
study: faults
trainer:
  command: {command}
  directory: {here}
  environment: {environment}
{limits}space: {{rate: {{float: [1.0e-4, 1.0e-1], scale: log}}}}
objective: {{metric: score, goal: maximize}}
population: {population}
budget: {{steps: {steps}}}
interval: {{steps: 10}}
strategy: {{exploit: {{truncation: {{fraction: 0.34}}}}}}
execution: {{mode: {mode}, slots: {slots}, cpus: 1}}
attempts: 1000
seed: 17
"""


class Violation(Exception):
    """Something that must hold does not."""


def require(holds, what):
    """Raise a violation unless something holds."""
    if not holds:
        raise Violation(what)


def study(
    command="[python3, trainer.py]", environment=None, limits="", population=6, steps=100, mode="synchronous", slots=3
):
    """Return the text of a study file."""
    variables = json.dumps(environment or {})
    lines = f"  limits: {limits}\n" if limits else ""
    return STUDY.format(
        command=command,
        here=HERE,
        environment=variables,
        limits=lines,
        population=population,
        steps=steps,
        mode=mode,
        slots=slots,
    )


def java():
    """Build the command once and return how to start it without anything between us and the process."""
    subprocess.run([os.path.join(ROOT, "bin", "evolvent"), "--version"], check=True, stdout=subprocess.DEVNULL)
    home = os.environ.get("JAVA_HOME")
    program = os.path.join(home, "bin", "java") if home else "java"
    jar = glob.glob(os.path.join(ROOT, "cli", "target", "evolvent-cli-*.jar"))[0]
    libraries = os.path.join(ROOT, "cli", "target", "lib", "*")
    return [
        program,
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        f"-Devolvent.home={ROOT}",
        "-cp",
        f"{jar}:{libraries}",
        "org.evolvent.cli.Evolvent",
    ]


class Place:
    """A temporary directory in which the command is called, and the mark that all its processes inherit."""

    def __init__(self, directory=None):
        self.java = java()
        self.directory = directory or tempfile.mkdtemp(prefix="evolvent-faults-")
        self.mark = f"{os.getpid()}-{time.monotonic_ns()}"

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)

    def start(self, *arguments):
        """Start the command; what it says goes into a file."""
        output = open(self.path(f"output-{time.monotonic_ns()}.txt"), "w+b")
        process = subprocess.Popen(
            [*self.java, *arguments],
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, "FAULTS_MARK": self.mark},
        )
        process.said = lambda: open(output.name, errors="replace").read()
        return process

    def call(self, *arguments, seconds=DEADLINE):
        """Run the command to its end; returns its exit code and all that it said."""
        process = self.start(*arguments)
        try:
            return process.wait(seconds), process.said()
        except subprocess.TimeoutExpired:
            self.end(process)
            raise Violation(
                f"{' '.join(arguments)} did not end within {seconds} s; it said: {process.said()}"
            ) from None

    def well(self, *arguments, seconds=DEADLINE):
        """Run the command, which must end well; returns what it said."""
        code, said = self.call(*arguments, seconds=seconds)
        require(code == 0, f"{' '.join(arguments)} ended with {code} and said: {said}")
        return said

    def status(self, run):
        return last_json(self.well("status", run, "--json"))

    def marked(self):
        """Return the ids of living processes that inherited the mark."""
        return [pid for pid in processes() if f"FAULTS_MARK={self.mark}" in environment(pid)]

    def end(self, process):
        """Kill a command and all that it started, when the program itself gives up."""
        process.kill()
        process.wait()
        for pid in self.marked():
            kill(pid, signal.SIGKILL)

    def await_nobody(self, seconds):
        """Wait until nobody who inherited the mark is left."""
        until(lambda: not self.marked(), seconds, lambda: f"left behind: {[words(pid) for pid in self.marked()]}")

    def log(self, run):
        """Return the log's rows (seq, type, body) from a copy, as SQLite would clean up behind a reader.

        A copy that a living driver's checkpoint or its end fell into is taken again, up to ten times.
        """
        for _ in range(9):
            try:
                return self._copied_log(run)
            except (FileNotFoundError, sqlite3.DatabaseError):
                time.sleep(0.05)
        return self._copied_log(run)

    def _copied_log(self, run):
        with tempfile.TemporaryDirectory() as copy:
            for name in ("events.db", "events.db-wal"):
                if os.path.exists(self.path(run, name)):
                    shutil.copy(self.path(run, name), copy)
            return rows(os.path.join(copy, "events.db"), "SELECT seq, type, body FROM events ORDER BY seq")

    def close(self):
        shutil.rmtree(self.directory)


def rows(database, query):
    if not os.path.exists(database):
        return []
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def last_json(said):
    """Return the JSON object in the last line that is one."""
    return json.loads([line for line in said.splitlines() if line.startswith("{")][-1])


def processes():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def read(pid, name):
    try:
        with open(f"/proc/{pid}/{name}", "rb") as file:
            return file.read().decode(errors="replace")
    except OSError:
        return ""


def environment(pid):
    return read(pid, "environ").split("\0")


def words(pid):
    return read(pid, "cmdline").replace("\0", " ").strip()


def children(pid):
    """Return the direct children of a process."""
    found = []
    for other in processes():
        stat = read(other, "stat")
        if stat and int(stat.rsplit(")", 1)[1].split()[1]) == pid:
            found.append(other)
    return found


def is_trainer(words):
    """Return whether a command is that of a trainer itself, not of what stands in front of it."""
    return bool(re.match(r"python3 (\S*/)?trainer\.py$", words))


def trainers(place):
    """Return the ids of a place's living trainers."""
    return [pid for pid in place.marked() if is_trainer(words(pid))]


def kill(pid, how):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, how)


def until(holds, seconds, what):
    """Wait for a condition."""
    deadline = time.monotonic() + seconds
    while not holds():
        require(time.monotonic() < deadline, f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.02)


def finished(log):
    """Return (member, interval) of every interval that finished, in the order of the log."""
    attempts = [json.loads(body)["attempt"] for _, kind, body in log if kind == "interval_finished"]
    return [(attempt["member"], attempt["interval"]) for attempt in attempts]


def check_log(log, members, intervals=None):
    """No gap, no interval counted twice, none left out; given how many each member has, all are there."""
    require([seq for seq, _, _ in log] == list(range(1, len(log) + 1)), "the log has gaps")
    done = finished(log)
    require(
        len(done) == len(set(done)), f"intervals counted twice: {sorted(x for x in set(done) if done.count(x) > 1)}"
    )
    for member in range(members):
        numbers = sorted(interval for who, interval in done if who == member)
        require(numbers == list(range(len(numbers))), f"member {member} has only the intervals {numbers}")
        require(
            intervals is None or len(numbers) == intervals,
            f"member {member} has {len(numbers)} of {intervals} intervals",
        )


def check_end(place, run):
    """Nothing is missing, nothing is left over, everything can be derived again."""
    log = place.log(run)
    ids = {json.loads(body)["checkpoint"] for _, kind, body in log if kind == "interval_finished"}
    there = {name for name in os.listdir(place.path(run, "checkpoints")) if len(name) == 64}
    require(there <= ids, f"checkpoints that the log does not name: {there - ids}")
    staging = place.path(run, "checkpoints", ".staging")
    left = os.listdir(staging) if os.path.isdir(staging) else []
    require(not left, f"left in the staging directory: {left}")
    said = place.well("gc", run)
    require(": 0 stray things deleted" in said, f"gc found something: {said}")
    place.well("verify", run)


def main(name, scenarios):
    """Run scenarios, functions by name, each to its first violation; print how to repeat it, and exit with 1."""
    parser = argparse.ArgumentParser(description=name)
    parser.add_argument("scenarios", nargs="*", default=list(scenarios), help=f"of {', '.join(scenarios)}")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    arguments = parser.parse_args()
    failed = False
    for scenario in arguments.scenarios:
        began = time.monotonic()
        try:
            scenarios[scenario](random.Random(f"{arguments.seed} {scenario}"), arguments.rounds)
            print(f"{scenario}: holds, {time.monotonic() - began:.0f} s", flush=True)
        except Violation as e:
            failed = True
            print(f"{scenario}: VIOLATION: {e}", flush=True)
            print(
                f"again: python3 faults/{name} {scenario} --rounds {arguments.rounds} --seed {arguments.seed}",
                flush=True,
            )
    sys.exit(1 if failed else 0)
