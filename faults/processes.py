"""Stopped, stubborn and escaped processes, and second drivers. See README.md."""

import os
import signal
import time

import common
from common import Place, require

MEMBERS = 4
STEPS = 40


def running(place, study, run="run"):
    """Start a study and return its process when its trainers train."""
    place.write("study.yaml", study)
    process = place.start("run", "study.yaml", "--dir", run, "--json")
    common.until(lambda: len(common.finished(place.log(run))) > 0, common.DEADLINE, process.said)
    return process


def small(**more):
    return common.study(population=MEMBERS, steps=STEPS, slots=2, **more)


def undisturbed(place):
    place.write("undisturbed.yaml", small())
    return common.last_json(place.well("run", "undisturbed.yaml", "--dir", "undisturbed", "--json"))["state_digest"]


def ends(place, process, seconds, code=0):
    """Wait until a command and all its processes have come to their end in time; returns what it said."""
    common.until(lambda: process.poll() is not None, seconds, process.said)
    require(
        process.returncode == code, f"it ended with {process.returncode} and not {code}, and said: {process.said()}"
    )
    place.await_nobody(2)
    return process.said()


def stopped(random, rounds):
    """SIGSTOP: the driver for a while, a trainer for a while, a trainer for ever (a limit ends it)."""
    place = Place()
    digest = undisturbed(place)
    for number in range(rounds):
        run = f"run-{number}"
        who = random.choice(["driver", "trainer", "trainer for ever"])
        process = running(place, small(environment={"SAVE_SECONDS": "1"}, limits="{interval: 15s}"), run)
        victim = process.pid if who == "driver" else random.choice(common.trainers(place) or [process.pid])
        common.kill(victim, signal.SIGSTOP)
        if who != "trainer for ever":
            time.sleep(random.uniform(0.5, 3))
            common.kill(victim, signal.SIGCONT)
        said = ends(place, process, common.DEADLINE)
        require(common.last_json(said)["state_digest"] == digest, "the digest is not that of the undisturbed run")
        print(f"  stopped {number}: {who}", flush=True)
    place.close()


def terminated(random, rounds):
    """SIGTERM while trainers ignore it, or are stopped, or save slowly: over in 10 s, nobody left, and it goes on."""
    place = Place()
    digest = undisturbed(place)
    for number in range(rounds):
        run = f"run-{number}"
        process = running(place, small(environment={"SAVE_SECONDS": "60" if number % 2 else "1"}), run)
        if random.random() < 0.7:
            for trainer in common.trainers(place):
                common.kill(trainer, signal.SIGSTOP)
        began = time.monotonic()
        process.terminate()
        ends(place, process, 10, code=130)
        print(f"  terminated {number}: over after {time.monotonic() - began:.1f} s", flush=True)
        place.write(f"{run}/study.yaml", small())
        said = place.well("resume", run, "--json")
        require(common.last_json(said)["state_digest"] == digest, "the digest is not that of the undisturbed run")
    place.close()


PLAIN = """\
#!/bin/sh
(env -i setsid sleep {name} &)
echo "step $1" > "$2/state"
echo '{{"score": 1}}' > "$3"
"""


def escaped(random, rounds):
    """Processes that dropped environment, session and parent and hold standard output: the study ends, none is left."""
    for number in range(rounds):
        place = Place()
        name = str(random.randrange(10**7, 10**8))
        kind = ["command", "protocol"][number % 2]
        place.write("train.sh", PLAIN.format(name=name))
        plain = f"[sh, {place.path('train.sh')}, '{{step}}', '{{checkpoint_out}}', '{{metrics_out}}']"
        text = small(command=plain) if kind == "command" else small(environment={"ESCAPE": name})
        place.write("study.yaml", text)
        process = place.start("run", "study.yaml", "--dir", "run", "--json")
        try:
            ends(place, process, 60)
            left = lambda: [pid for pid in common.processes() if common.words(pid) == f"sleep {name}"]
            common.until(lambda: not left(), 10, lambda: f"escaped: {left()}")
        finally:
            place.end(process)
            for pid in common.processes():
                if common.words(pid) == f"sleep {name}":
                    common.kill(pid, signal.SIGKILL)
        print(f"  escaped {number}: from a {kind}", flush=True)
        place.close()


def drivers(random, rounds):
    """A second driver is refused, also when somebody has removed the lock; the first goes on."""
    place = Place()
    digest = undisturbed(place)
    for number in range(rounds):
        run = f"run-{number}"
        process = running(place, small(environment={"SAVE_SECONDS": "2"}), run)
        if number % 2:
            os.remove(place.path(run, ".lock"))
        for command in ("resume", "gc"):
            code, said = place.call(command, run)
            require(code != 0 and "in use" in said, f"{command} beside a driver ended with {code} and said: {said}")
        said = ends(place, process, common.DEADLINE)
        require(common.last_json(said)["state_digest"] == digest, "the digest is not that of the undisturbed run")
        common.check_end(place, run)
        print(f"  drivers {number}: refused{', without the lock file too' if number % 2 else ''}", flush=True)
    place.close()


if __name__ == "__main__":
    common.main("processes.py", {"stopped": stopped, "terminated": terminated, "escaped": escaped, "drivers": drivers})
