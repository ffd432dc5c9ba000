"""Serves a trainer to Evolvent."""

import inspect
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from ._alone import try_trainer
from ._checkpoints import saved_step, told, write_step
from ._hyperparameters import Hyperparameters
from ._names import nearest
from ._numbers import plain_hyperparameters, plain_metrics
from ._process import describe, ignore_interrupt, refuse_terminal, storage_fault
from ._trainer import Trainer, as_report, checked_steps, fields, measured
from ._try import assignments
from ._watch import watches
from ._wire import BadRequest, Wire, private_wire


def serve(make: Callable[[], Trainer], example: Mapping[str, Any] | None = None) -> None:
    """Serve trainers until Evolvent has had enough; to be called at the end of your program.

    ``make`` makes a trainer without weights, mostly it is your class. ``example`` holds hyperparameters for
    ``python train.py --try``, which runs the trainer without Evolvent; ``name=value`` after ``--try`` replaces them.
    """
    given = assignments()
    if given is not None:
        sys.exit(try_trainer(make, example or {}, given))
    refuse_terminal()
    ignore_interrupt()
    Server(make, private_wire()).run()


class Server:
    """Carries out requests, one after another."""

    def __init__(self, make: Callable[[], Trainer], wire: Wire) -> None:
        self._make = make
        self._wire = wire
        self._trainer: Trainer | None = None
        self._seed = 0
        self._fixed: list[str] = []

    def run(self) -> None:
        """Serve until the requests end."""
        while True:
            id = None
            try:
                request = self._wire.read()
                if request is None or request["type"] == "stop":
                    break
                id = request["id"]
                if request["type"] == "start":
                    self._start(request)
                    continue
                self._wire.write("ok", id, **getattr(self, "_" + request["type"])(request))
            except BadRequest as e:
                self._wire.write("error", id if e.id is None else e.id, message=str(e))
            except Exception as e:  # The user's code may raise anything; the driver decides what becomes of us.
                traceback.print_exc()
                self._wire.write("error", id, message=describe(e), **storage_fault(e))
        if self._trainer is not None:
            self._trainer.close()

    def _start(self, request: dict[str, Any]) -> None:
        self._fixed = [name for name in request.get("fixed", []) if isinstance(name, str)]
        self._wire.agree(request)

    def _create(self, request: dict[str, Any]) -> dict[str, Any]:
        self._seed = request["seed"]
        return self._state(self._fresh(Hyperparameters(request["hyperparameters"])))

    def _restore(self, request: dict[str, Any]) -> dict[str, Any]:
        wanted, directory = Hyperparameters(request["hyperparameters"]), request["directory"]
        self._seed = request["seed"]
        trainer = self._trainer
        if trainer is None or any(trainer.hyperparameters.get(name) != wanted.get(name) for name in self._fixed):
            trainer = self._fresh(wanted)
        trainer.hyperparameters = Hyperparameters(wanted)
        watches.use(wanted)
        if nearest(trainer, "restore_and_apply")(directory, Hyperparameters(wanted)) is False:
            trainer = self._fresh(wanted)
            nearest(trainer, "restore")(directory)
        trainer.step = saved_step(directory, request["step"])
        return self._ready(trainer, request)

    def _apply(self, request: dict[str, Any]) -> dict[str, Any]:
        wanted = Hyperparameters(request["hyperparameters"])
        trainer = self._current()
        before = trainer.hyperparameters
        trainer.hyperparameters = Hyperparameters(wanted)
        watches.use(wanted)
        if trainer.apply(Hyperparameters(wanted)) is False:
            trainer.hyperparameters = before
            with_weights = tempfile.mkdtemp(prefix="evolvent-")
            try:
                trainer.save(with_weights)
                step = trainer.step
                trainer = self._fresh(wanted)
                nearest(trainer, "restore")(with_weights)
                trainer.step = step
            finally:
                shutil.rmtree(with_weights, ignore_errors=True)
        return self._ready(trainer, request)

    def _evaluate(self, request: dict[str, Any]) -> dict[str, Any]:
        trainer = self._current()
        report = measured(trainer)
        return {"step": trainer.step, **(fields(report) if report else {})}

    def _train(self, request: dict[str, Any]) -> dict[str, Any]:
        trainer, steps = self._current(), request["steps"]
        start = trainer.step

        def on_progress(done: int, metrics: Mapping[str, Any]) -> None:
            self._wire.write("progress", request["id"], step=start + int(done), metrics=plain_metrics(metrics))

        trainer._on_progress = on_progress
        trainer._is_finishing = lambda: self._wire.finishing(request["id"])
        watches.use(trainer.hyperparameters)
        seconds = request.get("seconds")
        try:
            report = as_report(trainer.train(steps) if seconds is None else _timed(trainer, steps, seconds))
        finally:
            finishing = trainer.finishing
            trainer._on_progress = trainer._is_finishing = None
        if report.steps is not None:
            trainer.step = start + checked_steps(report.steps, steps if seconds is None and not finishing else 1)
        elif seconds is None:
            trainer.step = start + steps
        else:
            raise ValueError("train was given seconds and must return Report(metrics, steps=those_done)")
        return {"step": trainer.step, **self._in_force(watches.seen()), **fields(report)}

    def _save(self, request: dict[str, Any]) -> dict[str, Any]:
        trainer = self._current()
        trainer.save(request["directory"])
        if self._wire.leads:
            write_step(request["directory"], trainer.step)
        return {"step": trainer.step, **(told(request["directory"]) if request.get("telling") is True else {})}

    def _current(self) -> Trainer:
        if self._trainer is None:
            raise BadRequest("there is no trainer yet; create or restore one first")
        return self._trainer

    def _fresh(self, hyperparameters: Hyperparameters) -> Trainer:
        if self._trainer is not None:
            self._trainer.close()
            self._trainer = None
        watches.clear()
        watches.use(hyperparameters)
        trainer = self._make()
        trainer.hyperparameters = Hyperparameters(hyperparameters)
        trainer.step = 0
        nearest(trainer, "create")(Hyperparameters(hyperparameters), self._seed)
        self._trainer = trainer
        return trainer

    def _ready(self, trainer: Trainer, request: dict[str, Any]) -> dict[str, Any]:
        """Say how a trainer stands that holds the weights of a checkpoint, and has a random stream of its own."""
        watches.use(trainer.hyperparameters)
        if request.get("reseed") is not None:
            trainer.reseed(request["reseed"])
        return self._state(trainer)

    def _state(self, trainer: Trainer) -> dict[str, Any]:
        found = {**watches.found(), **trainer.in_force()}
        if self._wire.version == 1:
            found = {**trainer.hyperparameters, **found}
            return {"step": trainer.step, "hyperparameters": plain_hyperparameters(found)}
        return {"step": trainer.step, **self._in_force(found)}

    def _in_force(self, found: Mapping[str, Any]) -> dict[str, Any]:
        return {"hyperparameters": plain_hyperparameters(found)} if found and self._wire.version > 1 else {}


def _timed(trainer: Trainer, steps: int, seconds: float) -> Any:
    train: Any = trainer.train
    if "seconds" not in inspect.signature(train).parameters:
        raise TypeError(
            f"the study's intervals have a time, but {type(trainer).__name__}.train takes steps only\n"
            "Maybe define train(self, steps, seconds=None), or use interval: {steps: N}"
        )
    return train(steps, seconds=seconds)
