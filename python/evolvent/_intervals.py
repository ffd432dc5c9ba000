"""For scripts that own their training loop."""

import sys
from typing import Any, Dict, Iterable, Iterator, Mapping, Optional

from ._serve import ignore_interrupt, refuse_terminal, saved_step, write_step
from ._trainer import Value, as_float, as_report
from ._wire import BadRequest, Wire, plain, private_wire


class Interval:
    """One interval to train; what the body of a loop over :func:`intervals` works with."""

    hyperparameters: Dict[str, Value]
    """What to train with. Put them into force in every interval, after loading: a loaded optimizer has its old values."""

    seed: int
    """For fresh weights: from 0 to 2**31 - 1, the same for a member throughout the study."""

    fresh: bool
    """Whether to make fresh weights, forgetting any."""

    restore_from: Optional[str]
    """A directory to load before training, or None: then go on with the weights at hand (or make them, when ``fresh``)."""

    step: int
    """The training steps behind the weights at the start of the interval."""

    steps: int
    """The training steps to do in this interval."""

    def __init__(self, wire: Optional[Wire], **fields: Any) -> None:
        self._wire = wire
        self._id: Optional[int] = None
        self._save_id: Optional[int] = None
        self._save_to: Optional[str] = None
        self._reported = False
        for name, value in fields.items():
            setattr(self, name, value)

    def progress(self, steps_done: int, **metrics: Any) -> None:
        """Say that ``steps_done`` steps of this interval are done. Optional."""
        if self._wire is not None:
            values = {name: plain(as_float(f"metric {name!r}", value)) for name, value in metrics.items()}
            self._wire.write("progress", self._id, step=self.step + int(steps_done), metrics=values)

    def report(self, samples: Iterable[float] = (), **metrics: Any) -> None:
        """Report what was measured after the interval's steps, the study's objective among it. Call it once, then save."""
        if self._reported:
            raise RuntimeError("interval.report was called twice in one interval")
        report = as_report((metrics, list(samples)))
        self._reported = True
        if self._wire is None:
            print({**report.metrics, **({"samples": report.samples} if report.samples else {})})
            return
        answer: Dict[str, Any] = {
            "step": self.step + self.steps,
            "metrics": {name: plain(value) for name, value in report.metrics.items()},
        }
        if report.samples:
            answer["samples"] = [plain(sample) for sample in report.samples]
        self._wire.write("ok", self._id, **answer)

    @property
    def save_to(self) -> str:
        """The directory to save into, to be asked for after :meth:`report`; it exists and is empty."""
        if not self._reported:
            raise RuntimeError("interval.save_to was asked for before interval.report was called")
        if self._save_to is None:
            assert self._wire is not None
            request = _next(self._wire)
            if request is None:
                sys.exit(0)
            if request["type"] != "save":
                raise BadRequest(f"{request['type']!r} came where only 'save' can", request["id"])
            self._save_to, self._save_id = request["directory"], request["id"]
        assert self._save_to is not None
        return self._save_to

    def _finish(self) -> None:
        if not self._reported:
            raise RuntimeError("the body of the loop over evolvent.intervals() ended without interval.report(...)")
        if self._save_to is None:
            raise RuntimeError("the body of the loop over evolvent.intervals() did not save into interval.save_to")
        write_step(self._save_to, self.step + self.steps)
        if self._wire is not None:
            self._wire.write("ok", self._save_id, step=self.step + self.steps)


def intervals(example: Optional[Mapping[str, Any]] = None) -> Iterator[Interval]:
    """Yield intervals to train until Evolvent has had enough::

        for interval in evolvent.intervals():
            if interval.fresh:
                model, optimizer = build(interval.seed)
            elif interval.restore_from:
                model, optimizer = load(interval.restore_from)
            set_learning_rate(optimizer, interval.hyperparameters["learning_rate"])
            for _ in range(interval.steps):
                train_one_step(model, optimizer)
            interval.report(accuracy=evaluate(model))
            save(model, optimizer, interval.save_to)

    An exception that leaves the loop ends the process and fails the attempt. With ``--try`` on the command line a few
    intervals run without Evolvent, with the hyperparameters of ``example`` or ``name=value`` after ``--try``.
    """
    if "--try" in sys.argv[1:]:
        from ._alone import intervals_alone

        yield from intervals_alone(dict(example or {}), sys.argv[sys.argv.index("--try") + 1 :])
        return
    refuse_terminal()
    ignore_interrupt()
    wire = private_wire()
    weights: Dict[str, Any] = {}
    step = 0
    while True:
        request = _next(wire)
        if request is None or request["type"] == "stop":
            return
        id, kind = request["id"], request["type"]
        if kind == "start":
            wire.write("ok", id, version=1, sdk="python")
        elif kind in ("create", "restore", "apply"):
            if kind == "create":
                weights, step = {"fresh": True, "restore_from": None, "seed": request["seed"]}, 0
            elif kind == "restore":
                step = saved_step(request["directory"], request["step"])
                weights = {"fresh": False, "restore_from": request["directory"], "seed": request["seed"]}
            weights["hyperparameters"] = request["hyperparameters"]
            wire.write("ok", id, step=step, hyperparameters=request["hyperparameters"])
        elif kind == "train" and weights:
            interval = Interval(wire, step=step, steps=request["steps"], **weights)
            interval.hyperparameters = dict(interval.hyperparameters)
            interval._id = id
            yield interval
            interval._finish()
            step += request["steps"]
            weights.update(fresh=False, restore_from=None)
        else:
            wire.write("error", id, message=f"{kind!r} came where it cannot")


def _next(wire: Wire) -> Optional[Dict[str, Any]]:
    while True:
        try:
            return wire.read()
        except BadRequest as e:
            wire.write("error", e.id, message=str(e))
