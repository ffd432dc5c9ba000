"""A script with its own training loop, which moves in rollouts of four steps and can evaluate."""

import os
import random
import sys
from typing import Any

import evolvent


class Optimizer:
    def __init__(self) -> None:
        self.param_groups: list[dict[str, Any]] = [{"params": [], "lr": 0.0}]


score = 0.0
optimizer = Optimizer()
if "watch" in sys.argv:
    evolvent.watch(optimizer, lr="learning_rate")
for interval in evolvent.intervals(evaluate="blind" not in sys.argv):
    if interval.fresh:
        score = 0.0
    elif interval.restore_from:
        with open(os.path.join(interval.restore_from, "score")) as file:
            score = float(file.read())
    if "old" in sys.argv:
        optimizer.param_groups[0]["lr"] = 0.001  # As a checkpoint may that brings the old value back.
    if "in_force" in sys.argv:
        interval.in_force(learning_rate=0.125)
    done = 0
    if "range" in sys.argv:
        done = len(range(interval.steps))
    while not interval.is_over(done):
        score += 1
        done += 4
    drawn: dict[str, Any] = {} if interval.reseed is None else {"drawn": random.randrange(1000)}
    interval.report(score=score, **drawn)
    with open(os.path.join(interval.save_to, "score"), "w") as file:
        file.write(repr(score))
