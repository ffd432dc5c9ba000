"""Kills a study at random moments and resumes it, again and again. See README.md."""

import os
import signal
import subprocess
import time

import common
from common import Place, require

MEMBERS = 6
INTERVALS = 10
VICTIMS = ["driver"] * 6 + ["driver, then gc", "watchdog and driver", "trainer, then driver"]


def killed(place, random, run, study):
    """Start or resume the study and kill it; returns whom it killed and when, or None when it was over before."""
    victim = random.choice(VICTIMS)
    from_start = random.random() < 0.2
    more = 0 if from_start else random.choice([0, 1, 2, 4])
    moment = random.uniform(0, 2)
    begin = ["resume", run] if os.path.exists(place.path(run, "study.yaml")) else ["run", study, "--dir", run]
    wanted = len(common.finished(place.log(run))) + more
    process = place.start(*begin)
    if not from_start:
        is_time = lambda: common.trainers(place) and len(common.finished(place.log(run))) >= wanted
        common.until(lambda: process.poll() is not None or is_time(), common.DEADLINE, process.said)
    try:
        code = process.wait(moment)
        require(code == 0, f"{' '.join(begin)} ended with {code} and said: {process.said()}")
        return None
    except subprocess.TimeoutExpired:
        pass
    if victim == "trainer, then driver":
        common.kill(random.choice(common.trainers(place) or [process.pid]), signal.SIGKILL)
        time.sleep(random.uniform(0, 1))
    if victim == "watchdog and driver":
        for pid in common.children(process.pid):
            if "watchdog" in common.words(pid):
                common.kill(pid, signal.SIGKILL)
    process.kill()
    process.wait()
    if victim == "driver, then gc" and os.path.exists(place.path(run, "study.yaml")):
        place.well("gc", run)
    return f"{victim} {moment:.2f} s after {'its start' if from_start else f'{more} more intervals'}"


def loop(mode):
    def rounds(random, count):
        place = Place()
        place.write("study.yaml", common.study(environment={"SAVE_SECONDS": "2"}, steps=10 * INTERVALS, mode=mode))
        place.write("undisturbed.yaml", common.study(steps=10 * INTERVALS, mode=mode))
        undisturbed = common.last_json(place.well("run", "undisturbed.yaml", "--dir", "undisturbed", "--json"))
        done = 0
        while done < count:
            run = f"killed-{done}"
            before = []
            while done < count:
                how = killed(place, random, run, "study.yaml")
                place.await_nobody(10)
                if how is None:
                    break
                done += 1
                log = place.log(run)
                require(log[: len(before)] == before, "what was committed is not in the log any more")
                common.check_log(log, MEMBERS)
                before = log
                print(
                    f"  {mode} {done}: {how}, {len(common.finished(log))} of {MEMBERS * INTERVALS} intervals",
                    flush=True,
                )
            finish(place, mode, run, undisturbed)
        place.close()

    return rounds


def finish(place, mode, run, undisturbed):
    """Let the study end by itself and look at what came out."""
    begin = ["resume", run] if os.path.exists(place.path(run, "study.yaml")) else ["run", "study.yaml", "--dir", run]
    end = common.last_json(place.well(*begin, "--json"))
    place.await_nobody(10)
    require(end["status"] == "done", f"the study is {end['status']}")
    # In asynchronous mode, who copies somebody that is ahead spares the intervals between.
    common.check_log(place.log(run), MEMBERS, INTERVALS if mode == "synchronous" else None)
    if mode == "synchronous":
        require(end["state_digest"] == undisturbed["state_digest"], "the digest is not that of the undisturbed run")
    common.check_end(place, run)


if __name__ == "__main__":
    common.main("kills.py", {"synchronous": loop("synchronous"), "asynchronous": loop("asynchronous")})
