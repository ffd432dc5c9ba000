"""Speaks the protocol by hand, without the SDK; once, when asked to train, it does what its argument says."""

import json
import os
import random
import signal
import sys
import time

out = sys.stdout.buffer
once = "wayward-was-here"


def say(**fields):
    out.write(json.dumps({"evolvent": 1, **fields}).encode() + b"\n")
    out.flush()


def raw(data):
    out.write(data)
    out.flush()


def sleep_forever():
    while True:
        time.sleep(3600)


def noise(message):
    """Return random bytes, or what was a message."""
    dice = noise.dice
    kind = dice.randrange(5)
    if kind == 0:
        return bytes(dice.randrange(256) for _ in range(dice.randrange(300)))
    if kind == 1:
        return message[: dice.randrange(len(message))]
    if kind == 2:
        return dice.choice([b"[", b'{"a":', b"\xff", b"\0", b"9", b" "]) * dice.randrange(100_000)
    mutated = bytearray(message)
    for _ in range(dice.randrange(1, 4)):
        mutated[dice.randrange(12 if kind == 3 else 0, len(mutated))] = dice.randrange(256)
    return bytes(mutated) + b"\n"


def misbehave(way, id, step):
    ok = {"type": "ok", "id": id, "step": step, "metrics": {"score": 1.0}}
    if way in ("no-checkpoint", "link"):
        return  # It goes wrong when it saves.
    if way == "exit":
        print("about to exit", file=sys.stderr, flush=True)
        sys.exit(3)
    elif way == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif way == "hang":
        print("about to hang", file=sys.stderr, flush=True)
        sleep_forever()
    elif way == "close":
        os.close(1)
        sleep_forever()
    elif way == "bar":
        for percent in range(30):
            raw(b"\r%d %%" % percent)
            time.sleep(0.1)
        return
    elif way == "flood":
        while True:
            raw(b"flood " * 1000 + b"\n")
    elif way == "flood-without-end-of-line":
        while True:
            raw(b"flood " * 1000)
    elif way == "flood-errors":
        while True:
            print("flood " * 1000, file=sys.stderr)
    elif way == "malformed":
        raw(b'{"evolvent":1,"type":"ok","id":}\n')
    elif way == "truncated":
        raw(b'{"evolvent":1,"type":"ok","id":')
        sys.exit(0)
    elif way == "huge":
        raw(b'{"evolvent":1,"type":"ok","metrics":{"' + b"x" * (2 << 20) + b'":1}}\n')
    elif way == "deep":
        raw(b'{"evolvent":1,"type":"ok","metrics":' + b'{"a":' * 50000 + b"1" + b"}" * 50000 + b"}\n")
    elif way == "no-utf8":
        raw(b'{"evolvent":1,"type":"error","message":"\xff\xfe"}\n')
    elif way == "unknown-type":
        say(type="bravo", id=id)
    elif way == "other-version":
        raw(b'{"evolvent":7,"type":"ok","id":1}\n')
    elif way == "version-of-64-bits":
        raw(b'{"evolvent":4294967298,"type":"ok","id":1}\n')
    elif way == "other-id":
        say(**{**ok, "id": id + 100})
    elif way == "wrong-types":
        say(**{**ok, "metrics": [1, 2]})
    elif way == "text-metric":
        say(**{**ok, "metrics": {"score": "good"}})
    elif way == "other-step":
        say(**{**ok, "step": step - 1})
    elif way == "long-error":
        say(type="error", id=id, message="ouch" * 200_000)
    elif way == "long-types":
        say(**{**ok, "metrics": [0] * 200_000})
    elif way == "long-id":
        say(**{**ok, "id": id + 100, "samples": [0] * 200_000})
    elif way == "error":
        print("about to fail", file=sys.stderr, flush=True)
        say(type="error", id=id, message="out of memory")
    elif way == "storage":
        say(type="error", id=id, message="ouch", storage="full")
    elif way == "storage-of-later-versions":
        say(type="error", id=id, message="ouch", storage="melting")
    elif way == "storage-in-words":
        say(type="error", id=id, message="cannot write weights: Read-only file system")
    elif way == "storage-in-last-words":
        print("OSError: [Errno 28] No space left on device: 'weights'", file=sys.stderr, flush=True)
        sys.exit(1)
    elif way == "input-output-error-in-last-words":
        print("OSError: [Errno 5] Input/output error", file=sys.stderr, flush=True)
        sys.exit(1)
    elif way == "input-output-error-in-words":
        say(type="error", id=id, message="cannot read the camera: Input/output error")
    elif way.startswith("noise"):
        for _ in range(100):
            raw(noise(json.dumps({"evolvent": 1, **ok}).replace(" ", "").encode()))
        sys.exit(5)
    else:
        raise SystemExit("no such way: " + way)
    sleep_forever()


def main(way):
    if way == "start-hangs" and not os.path.exists(once):
        open(once, "w").close()
        sleep_forever()
    step = 0
    for line in sys.stdin.buffer:
        request = json.loads(line)
        id, kind = request["id"], request["type"]
        print("a line of log that is no message: " + kind)
        if kind == "start":
            if way == "other-version-wanted" and not os.path.exists(once):
                open(once, "w").close()
                say(type="ok", id=id, version=3)
                continue
            say(type="ok", id=id, version=1)
        elif kind in ("create", "restore", "apply"):
            step = request.get("step", 0 if kind == "create" else step)
            used = dict(request["hyperparameters"])
            if way == "other-hyperparameters" and not os.path.exists(once):
                open(once, "w").close()
                used["learning_rate"] *= 2
            say(type="ok", id=id, step=step, hyperparameters=used)
        elif kind == "train":
            step += request["steps"]
            if not os.path.exists(once):
                open(once, "w").close()
                misbehave(way, id, step)
            raw(b"text without a line feed ")
            say(type="ok", id=id, step=step, metrics={"score": float("nan"), "loss": "-Infinity"})
        elif kind == "save":
            if way == "no-checkpoint" and not os.path.exists(once + "-too"):
                open(once + "-too", "w").close()
                os.rmdir(request["directory"])
                say(type="ok", id=id, step=step)
                continue
            if way == "link" and not os.path.exists(once + "-too"):
                open(once + "-too", "w").close()
                os.symlink("/etc", os.path.join(request["directory"], "link"))
            with open(os.path.join(request["directory"], "state"), "w") as file:
                file.write("x")
            say(type="ok", id=id, step=step)
        elif kind == "stop":
            return


noise.dice = random.Random(sys.argv[1])
main(sys.argv[1])
