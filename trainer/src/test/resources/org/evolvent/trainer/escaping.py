"""Speaks the protocol by hand. In its first training a child of it gets away: in a session of its own, without its
environment, its parent gone.

Arguments: what the child holds (stdin, stdout, stderr or nothing), and what the trainer does then (exit, hang or
go-on).
"""

import json
import os
import sys
import time

HOLDS, THEN = sys.argv[1:3]


def escape():
    read, write = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            nothing = os.open(os.devnull, os.O_RDWR)
            for number, name in enumerate(("stdin", "stdout", "stderr")):
                if name != HOLDS:
                    os.dup2(nothing, number)
            os.write(write, str(os.getpid()).encode())
            os.close(write)
            os.execve("/bin/sleep", ["sleep", "3600"], {})
        os._exit(0)
    os.close(write)
    with open("escaped.tmp", "w") as file:
        file.write(os.read(read, 20).decode())
    os.rename("escaped.tmp", "escaped.txt")


def answer(request):
    kind = request["type"]
    if kind == "start":
        return {"version": 1}
    if kind == "train":
        if not os.path.exists("escaped.txt"):
            escape()
            if THEN == "exit":
                sys.exit(3)
            while THEN == "hang":
                time.sleep(3600)
        return {"step": request["steps"], "metrics": {"score": 1.0}}
    if kind == "save":
        open(os.path.join(request["directory"], "state"), "w").close()
        return {"step": 10}
    return {"step": 0, "hyperparameters": request["hyperparameters"]}


for line in sys.stdin:
    request = json.loads(line)
    if request["type"] == "stop":
        break
    print(
        json.dumps({"evolvent": 1, "type": "ok", "id": request["id"], **answer(request)}).replace(" ", ""), flush=True
    )
