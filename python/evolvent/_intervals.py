"""For scripts that own their training loop."""

from collections.abc import Iterator, Mapping
from typing import Any

from ._alone import intervals_alone
from ._checkpoints import saved_step
from ._hyperparameters import Hyperparameters
from ._interval import Interval
from ._process import ignore_interrupt, refuse_terminal
from ._try import assignments
from ._wire import VERSION, private_wire


def intervals(example: Mapping[str, Any] | None = None) -> Iterator[Interval]:
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
            wire.write("ok", id, version=VERSION, sdk="python")
        elif kind in ("create", "restore", "apply"):
            if kind == "create":
                weights, step = {"fresh": True, "restore_from": None, "seed": request["seed"]}, 0
            elif kind == "restore":
                step = saved_step(request["directory"], request["step"])
                weights = {"fresh": False, "restore_from": request["directory"], "seed": request["seed"]}
            hyperparameters = request["hyperparameters"]
            wire.write("ok", id, step=step, hyperparameters=hyperparameters)
        elif kind == "train" and weights:
            steps = request["steps"]
            own = Hyperparameters(hyperparameters)
            interval = Interval(hyperparameters=own, step=step, steps=steps, wire=wire, id=id, **weights)
            yield interval
            interval._finish()
            step += steps
            weights.update(fresh=False, restore_from=None)
        else:
            wire.write("error", id, message=f"{kind!r} came where it cannot")
