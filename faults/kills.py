"""Kills a study at random moments and resumes it, again and again. See README.md."""

import json
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


def history(log):
    """What was decided and scored, member by member; without the stops at the ends of budgets that were extended."""
    told = []
    for _, kind, body in log:
        event = json.loads(body)
        if kind == "interval_finished":
            told.append((event["attempt"]["member"], event["attempt"]["interval"], 0, event["checkpoint"]))
        elif kind == "decided" and event["decision"]["kind"] != "stop":
            told.append((event["member"], event["interval"], 1, json.dumps(event["decision"])))
    return sorted(told)


def budgets(log):
    """The steps of a study's budget, one after the other."""
    found = [20]
    for _, kind, body in log:
        if kind == "study_amended":
            changes = json.loads(body)["changes"]
            expected = [{"key": "budget.steps", "from": str(found[-1]), "to": changes[0]["to"]}]
            require(changes == expected, f"the log has {changes} after {found}")
            found.append(int(changes[0]["to"]))
    return found


def amended(random, count):
    """Extends a study's budget by an interval, kills that at a random moment, and goes on."""
    place = Place()
    place.write("study.yaml", common.study(steps=20))
    place.well("run", "study.yaml", "--dir", "run")
    budget = 20
    for done in range(count):
        wanted = budget + 10
        more = random.choice([0, 0, 1, 3])
        moment = random.uniform(0, 0.5 if more else 3)
        before = len(place.log("run"))
        process = place.start("resume", "run", "--set", f"budget.steps={wanted}")
        is_time = lambda: process.poll() is not None or len(place.log("run")) >= before + more
        common.until(is_time, common.DEADLINE, process.said)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        place.await_nobody(10)
        log = place.log("run")
        common.check_log(log, MEMBERS)
        now = budgets(log)[-1]
        require(now in (budget, wanted), f"{wanted} was wanted after {budget}, and the log has {now}")
        print(
            f"  amended {done + 1}: driver {moment:.2f} s after {more} more events; "
            f"budget.steps={wanted} is {'' if now == wanted else 'not '}in the log",
            flush=True,
        )
        budget = now
        if random.random() < 0.5:
            place.well("resume", "run")
            require(len(common.finished(place.log("run"))) == MEMBERS * budget // 10, "it did not go on as amended")
    place.well("resume", "run", "--set", f"budget.steps={budget + 10}")
    place.write("undisturbed.yaml", common.study(steps=budget + 10))
    place.well("run", "undisturbed.yaml", "--dir", "undisturbed")
    require(
        history(place.log("run")) == history(place.log("undisturbed")),
        "it was not decided as in a study that had all its intervals from the start",
    )
    common.check_end(place, "run")
    place.close()


if __name__ == "__main__":
    common.main(
        "kills.py",
        {"synchronous": loop("synchronous"), "asynchronous": loop("asynchronous"), "amended": amended},
    )
