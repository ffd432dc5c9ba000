"""A trainer with children that want to outlive it; it writes their process ids into family.txt and trains for ever."""

import os
import signal
import subprocess
import sys
import time

import evolvent

STUBBORN = "import signal, time\nfor s in (1, 2, 15): signal.signal(s, signal.SIG_IGN)\ntime.sleep(3600)"


def daemon():
    """Return the id of a process in a session of its own, whose parent is gone."""
    read, write = os.pipe()
    if os.fork() == 0:
        os.setsid()
        grandchild = os.fork()
        if grandchild == 0:
            time.sleep(3600)
        os.write(write, str(grandchild).encode())
        os._exit(0)
    os.wait()
    return int(os.read(read, 20))


class Family(evolvent.Trainer):
    def create(self, hyperparameters, seed):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        stubborn = [sys.executable, "-c", STUBBORN]
        children = [
            os.getpid(),
            subprocess.Popen(stubborn).pid,
            subprocess.Popen(stubborn, start_new_session=True).pid,
            subprocess.Popen(stubborn, start_new_session=True, env={}).pid,
            daemon(),
        ]
        with open("family.tmp", "w") as file:
            file.write("\n".join(map(str, children)))
        os.rename("family.tmp", "family.txt")

    def train(self, steps):
        if "--once" not in sys.argv:
            time.sleep(3600)
        return {"score": 1.0}

    def save(self, directory):
        pass


evolvent.serve(Family)
