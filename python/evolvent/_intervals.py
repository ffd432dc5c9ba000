"""For scripts that own their training loop."""

import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

from ._alone import intervals_alone
from ._checkpoints import saved_step
from ._hyperparameters import Hyperparameters
from ._interval import Interval
from ._process import ignore_interrupt, refuse_terminal
from ._randomness import seed_globals
from ._try import assignments
from ._watch import watches
from ._wire import private_wire


def intervals(example: Mapping[str, Any] | None = None, evaluate: bool = False) -> Iterator[Interval]:
    """Yield intervals to train until Evolvent has had enough::

        for interval in evolvent.intervals():
            if interval.fresh:
                model, optimizer = build(interval.seed)
            elif interval.restore_from:
                model, optimizer = restore(interval.restore_from)
            set_learning_rate(optimizer, interval.hyperparameters.float("learning_rate"))
            for _ in range(interval.steps):
                train_one_step(model, optimizer)
            interval.report(accuracy=evaluate(model))
            save(model, optimizer, interval.save_to)

    ``evaluate``: the loop bears intervals of 0 steps, in which the restored weights are only measured: a restored model
    scores as it did when it was saved. There are few, after a study's first restores, and nothing of them stays: the
    same weights are restored again for the interval that follows.

    An exception that leaves the loop ends the process and fails the attempt. With ``--try`` on the command line a few
    intervals run without Evolvent, with the hyperparameters of ``example`` or ``name=value`` after ``--try``.
    """
    given = assignments()
    if given is not None:
        yield from intervals_alone(example or {}, given)
        return
    refuse_terminal()
    ignore_interrupt()
    wire = private_wire()
    hyperparameters: dict[str, Any] = {}
    weights: dict[str, Any] = {}
    step = 0
    while True:
        request = wire.next()
        if request is None or request["type"] == "stop":
            return
        id, kind = request["id"], request["type"]
        if kind == "start":
            wire.agree(request)
        elif kind in ("create", "restore", "apply"):
            if kind == "create":
                weights, step = {"fresh": True, "restore_from": None, "seed": request["seed"]}, 0
            elif kind == "restore":
                step = saved_step(request["directory"], request["step"])
                weights = {"fresh": False, "restore_from": request["directory"], "seed": request["seed"]}
            weights["reseed"] = request.get("reseed")
            hyperparameters = request["hyperparameters"]
            # What is in force is known after restoring, which the body of the loop does.
            told = {"hyperparameters": hyperparameters} if wire.version == 1 else {}
            wire.write("ok", id, step=step, **told)
        elif kind == "train" and weights:
            interval = Interval(
                hyperparameters=Hyperparameters(hyperparameters),
                step=step,
                steps=request["steps"],
                seconds=request.get("seconds"),
                wire=wire,
                id=id,
                **weights,
            )
            _prepare(interval)
            yield interval
            interval._finish()
            step += interval.steps_done
            weights.update(fresh=False, restore_from=None, reseed=None)
        elif kind == "evaluate" and weights and evaluate:
            with tempfile.TemporaryDirectory(prefix="evolvent-") as nowhere:
                own = Hyperparameters(hyperparameters)
                interval = Interval(
                    hyperparameters=own, step=step, steps=0, wire=wire, id=id, save_to=nowhere, **weights
                )
                _prepare(interval)
                yield interval
                interval._finish()
            weights.update(fresh=False, restore_from=None, reseed=None)
        elif kind == "evaluate" and weights:
            wire.write("ok", id, step=step)
        else:
            wire.write("error", id, message=f"{kind!r} came where it cannot")


def _prepare(interval: Interval) -> None:
    watches.use(interval.hyperparameters)
    if interval.reseed is not None:
        seed_globals(interval.reseed)
