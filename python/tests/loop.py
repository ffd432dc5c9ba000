"""A script with its own training loop."""

import ctypes
import os
import sys

import evolvent

score = 0.0
for interval in evolvent.intervals(example={"learning_rate": 0.5}):
    if interval.fresh:
        score = 0.0
    elif interval.restore_from:
        with open(os.path.join(interval.restore_from, "score")) as file:
            score = float(file.read())
    print("a print")
    os.system("echo a program")
    ctypes.CDLL(None).puts(b"a C library")
    ctypes.CDLL(None).fflush(None)
    for _ in range(interval.steps):
        score += interval.hyperparameters.float("learning_rate")
    interval.progress(interval.steps, score=score)
    interval.report(score=score, samples=[score])
    if "careless" not in sys.argv:
        with open(os.path.join(interval.save_to, "score"), "w") as file:
            file.write(repr(score))
