"""Small file systems that fill up, and read-only ones. Mounts them in memory, so it needs root. See README.md."""

import os
import re
import subprocess
import tempfile
import time

import common
from common import Place, require

MEMBERS = 4
STEPS = 200
MEGABYTES = 12
CHECKPOINT_BYTES = 200_000


def mounted(action):
    """Make a scenario that has a small file system for a place; skipped, loudly, where nothing can be mounted."""

    def scenario(random, rounds):
        directory = tempfile.mkdtemp(prefix="evolvent-faults-")
        if (
            os.geteuid() != 0
            or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "none", directory]).returncode
        ):
            print("  skipped: a file system can only be mounted as root", flush=True)
            return
        try:
            action(Place(tempfile.mkdtemp(prefix="evolvent-faults-")), directory, random, rounds)
        finally:
            subprocess.run(["umount", "--lazy", directory], check=True)
            os.rmdir(directory)

    return scenario


def study(seconds):
    environment = {"SAVE_SECONDS": str(seconds), "CHECKPOINT_BYTES": str(CHECKPOINT_BYTES)}
    return common.study(environment=environment, population=MEMBERS, steps=STEPS, slots=2)


def undisturbed(place):
    place.write("study.yaml", study(0.2))
    place.write("undisturbed.yaml", study(0))
    return common.last_json(place.well("run", "undisturbed.yaml", "--dir", "undisturbed", "--json"))["state_digest"]


def fill(directory, left):
    """Write a file that leaves only so many bytes free."""
    with open(os.path.join(directory, "ballast"), "wb") as file:
        room = os.statvfs(directory)
        try:
            file.write(bytes(max(0, room.f_bavail * room.f_frsize - left)))
            file.flush()
        except OSError:
            pass  # Others write as well.


def full(place, directory, random, rounds):
    """The disk fills up at a random moment: the study says so, pauses or stops, and goes on when there is room."""
    digest = undisturbed(place)
    for number in range(rounds):
        run = os.path.join(directory, f"run-{number}")
        process = place.start("run", "study.yaml", "--dir", run, "--json")
        wanted = random.randrange(1, MEMBERS * STEPS // 10 // 2)
        common.until(lambda: len(common.finished(place.log(run))) >= wanted, common.DEADLINE, process.said)
        left = random.choice([0, random.randrange(400_000)])
        fill(directory, left)
        full_at = time.monotonic()
        said = lambda: re.search(r"full|No space left", process.said())
        common.until(lambda: process.poll() is not None or said(), 60, process.said)
        require(said(), f"it does not say that the disk is full: {process.said()}")
        time.sleep(random.uniform(0, 2))
        place.well("status", run)
        stopped = process.poll()
        require(stopped in (None, 1), f"it ended with {stopped} and said: {process.said()}")
        os.remove(os.path.join(directory, "ballast"))
        how = f"paused and went on by itself after {time.monotonic() - full_at:.0f} s"
        if stopped is None:
            common.until(lambda: process.poll() is not None, common.DEADLINE, process.said)
            stopped = process.returncode
        if stopped != 0:
            how = "stopped and was resumed"
            process_said = place.well("resume", run, "--json")
        else:
            process_said = process.said()
        end = common.last_json(process_said)
        require(end["state_digest"] == digest, "the digest is not that of the undisturbed run")
        common.check_log(place.log(run), MEMBERS, STEPS // 10)
        common.check_end(place, run)
        place.await_nobody(5)
        print(f"  full {number}: with {wanted} intervals and {left} bytes left: {how}", flush=True)
        subprocess.run(["rm", "-r", run], check=True)
    place.close()


def read_only(place, directory, random, rounds):
    """A killed study on a read-only file system can be shown; resuming says what is wrong, and works when mended."""
    digest = undisturbed(place)
    for number in range(rounds):
        run = os.path.join(directory, f"run-{number}")
        process = place.start("run", "study.yaml", "--dir", run, "--json")
        wanted = random.randrange(1, MEMBERS * STEPS // 10 // 2)
        common.until(lambda: len(common.finished(place.log(run))) >= wanted, common.DEADLINE, process.said)
        process.kill()
        process.wait()
        place.await_nobody(10)
        subprocess.run(["mount", "-o", "remount,ro", directory], check=True)
        for command in ("status", "show", "verify"):
            place.well(command, run)
        for command in ("resume", "gc"):
            code, said = place.call(command, run)
            require(code == 1 and re.search("(?i)read-only", said), f"{command} ended with {code} and said: {said}")
        subprocess.run(["mount", "-o", "remount,rw", directory], check=True)
        end = common.last_json(place.well("resume", run, "--json"))
        require(end["state_digest"] == digest, "the digest is not that of the undisturbed run")
        common.check_end(place, run)
        print(f"  read-only {number}: killed with {wanted} intervals, looked at, refused, resumed", flush=True)
        subprocess.run(["rm", "-r", run], check=True)
    place.close()


if __name__ == "__main__":
    common.main("disks.py", {"full": mounted(full), "read-only": mounted(read_only)})
