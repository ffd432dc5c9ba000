"""An explore operator that goes wrong in the way that its argument says; '-once' only in its first process."""

import os
import sys
import time

import evolvent

mood, memory = sys.argv[1], sys.argv[2]
first = not os.path.exists(memory)
open(memory, "a").close()


def explore(handover):
    if mood.endswith("-once") and not first:
        return {"learning_rate": 0.5}, "the second process knows better"
    if mood.startswith("dies"):
        print("I am dying")
        os._exit(3)
    if mood.startswith("hangs"):
        time.sleep(3600)
    if mood.startswith("leaves"):
        return {"learning_rate": 7.0}
    if mood.startswith("full"):
        print("OSError: [Errno 28] No space left on device", file=sys.stderr, flush=True)
        os._exit(1)
    if mood.startswith("throws"):
        raise RuntimeError("no idea")
    if mood.startswith("babbles"):
        return "good ones"
    return {"learning_rate": handover.random.uniform(0.1, 0.9)}


evolvent.serve_explore(explore)
