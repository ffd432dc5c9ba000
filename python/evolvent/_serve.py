"""Serves a trainer to Evolvent."""

import errno
import json
import os
import shutil
import signal
import sys
import tempfile
import traceback
from typing import Any, Callable, Dict, List, Mapping, Optional

from ._trainer import Trainer, as_report
from ._wire import BadRequest, Wire, plain, private_wire

STEP_FILE = "evolvent.json"
"""Beside what a trainer saves: how many steps are behind it, so that nobody has to take anybody's word for it."""

STORAGE_FAULTS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EIO: "failing",
}
"""What is not the trainer's fault: Evolvent waits for a disk that is mended, instead of replacing the member."""


def serve(make: Callable[[], Trainer], example: Optional[Mapping[str, Any]] = None) -> None:
    """Serve trainers until Evolvent has had enough; to be called at the end of your program.

    ``make`` makes a trainer without weights, mostly it is your class. ``example`` holds hyperparameters for
    ``python train.py --try``, which runs the trainer without Evolvent.
    """
    if "--try" in sys.argv[1:]:
        from ._alone import try_alone

        sys.exit(try_alone(make, dict(example or {}), sys.argv[sys.argv.index("--try") + 1 :]))
    refuse_terminal()
    ignore_interrupt()
    Server(make, private_wire()).run()


def refuse_terminal() -> None:
    """End with an explanation when a person started the program by hand."""
    if sys.stdin is not None and sys.stdin.isatty():
        name = os.path.basename(sys.argv[0]) or "train.py"
        sys.exit(
            f"{name} is a trainer for Evolvent, which starts it and speaks with it over standard input.\n"
            f"Maybe you want: evolvent run study.yaml, or python {name} --try"
        )


def ignore_interrupt() -> None:
    """Leave Ctrl-C to Evolvent, which ends us in order."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:
        pass  # Not the main thread; then nothing interrupts us anyway.


class Server:
    """Carries out requests, one after another."""

    def __init__(self, make: Callable[[], Trainer], wire: Wire) -> None:
        self._make = make
        self._wire = wire
        self._trainer: Optional[Trainer] = None
        self._seed = 0
        self._fixed: List[str] = []

    def run(self) -> None:
        """Serve until the requests end."""
        while True:
            id = None
            try:
                request = self._wire.read()
                if request is None or request["type"] == "stop":
                    break
                id = request["id"]
                self._wire.write("ok", id, **getattr(self, "_" + request["type"])(request))
            except BadRequest as e:
                self._wire.write("error", id if e.id is None else e.id, message=str(e))
            except Exception as e:  # The user's code may raise anything; the driver decides what becomes of us.
                traceback.print_exc()
                self._wire.write("error", id, message=_describe(e), **storage_fault(e))
        if self._trainer is not None:
            self._trainer.close()

    def _start(self, request: Dict[str, Any]) -> Dict[str, Any]:
        self._fixed = [name for name in request.get("fixed", []) if isinstance(name, str)]
        return {"version": 1, "sdk": "python"}

    def _create(self, request: Dict[str, Any]) -> Dict[str, Any]:
        self._seed = request["seed"]
        return self._state(self._fresh(request["hyperparameters"]))

    def _restore(self, request: Dict[str, Any]) -> Dict[str, Any]:
        wanted, directory = request["hyperparameters"], request["directory"]
        self._seed = request["seed"]
        trainer = self._trainer
        if trainer is None or any(trainer.hyperparameters.get(name) != wanted.get(name) for name in self._fixed):
            trainer = self._fresh(wanted)
        trainer.hyperparameters = dict(wanted)
        if trainer.load_and_apply(directory, dict(wanted)) is False:
            trainer = self._fresh(wanted)
            trainer.load(directory)
        trainer.step = saved_step(directory, request["step"])
        return self._state(trainer)

    def _apply(self, request: Dict[str, Any]) -> Dict[str, Any]:
        wanted = request["hyperparameters"]
        trainer = self._current()
        before = trainer.hyperparameters
        trainer.hyperparameters = dict(wanted)
        if trainer.apply(dict(wanted)) is False:
            trainer.hyperparameters = before
            with_weights = tempfile.mkdtemp(prefix="evolvent-")
            try:
                trainer.save(with_weights)
                step = trainer.step
                trainer = self._fresh(wanted)
                trainer.load(with_weights)
                trainer.step = step
            finally:
                shutil.rmtree(with_weights, ignore_errors=True)
        return self._state(trainer)

    def _train(self, request: Dict[str, Any]) -> Dict[str, Any]:
        trainer, steps = self._current(), request["steps"]
        start = trainer.step

        def on_progress(done: int, metrics: Mapping[str, Any]) -> None:
            report = as_report(metrics)
            self._wire.write("progress", request["id"], step=start + int(done), metrics=_plain(report.metrics))

        trainer._on_progress = on_progress
        try:
            report = as_report(trainer.train(steps))
        finally:
            trainer._on_progress = None
        trainer.step = start + steps
        answer: Dict[str, Any] = {"step": trainer.step, "metrics": _plain(report.metrics)}
        if report.samples:
            answer["samples"] = [plain(sample) for sample in report.samples]
        return answer

    def _save(self, request: Dict[str, Any]) -> Dict[str, Any]:
        trainer = self._current()
        trainer.save(request["directory"])
        write_step(request["directory"], trainer.step)
        return {"step": trainer.step}

    def _current(self) -> Trainer:
        if self._trainer is None:
            raise BadRequest("there is no trainer yet; create or restore one first")
        return self._trainer

    def _fresh(self, hyperparameters: Dict[str, Any]) -> Trainer:
        if self._trainer is not None:
            self._trainer.close()
            self._trainer = None
        trainer = self._make()
        trainer.hyperparameters = dict(hyperparameters)
        trainer.step = 0
        trainer.setup(dict(hyperparameters), self._seed)
        self._trainer = trainer
        return trainer

    def _state(self, trainer: Trainer) -> Dict[str, Any]:
        used = {**trainer.hyperparameters, **trainer.in_force()}
        return {"step": trainer.step, "hyperparameters": {name: _value(name, value) for name, value in used.items()}}


def write_step(directory: str, step: int) -> None:
    """Note the step beside a checkpoint."""
    with open(os.path.join(directory, STEP_FILE), "w", encoding="ascii") as file:
        json.dump({"step": step}, file)


def saved_step(directory: str, otherwise: int) -> int:
    """Return the step noted beside a checkpoint; one that was not saved by us has none."""
    try:
        with open(os.path.join(directory, STEP_FILE), encoding="ascii") as file:
            return int(json.load(file)["step"])
    except FileNotFoundError:
        return otherwise


def storage_fault(e: Optional[BaseException]) -> Dict[str, str]:
    """Return the field of an error answer that says what is wrong with a disk, if that is what lies behind an exception."""
    for _ in range(20):  # A chain of causes may be a ring.
        if isinstance(e, OSError) and e.errno in STORAGE_FAULTS:
            return {"storage": STORAGE_FAULTS[e.errno]}
        e = None if e is None else e.__cause__ or e.__context__
    return {}


def _plain(metrics: Mapping[str, float]) -> Dict[str, Any]:
    return {name: plain(value) for name, value in metrics.items()}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, (bool, int, str)):
        return value
    return plain(float(value))


def _describe(e: Exception) -> str:
    frames = traceback.extract_tb(e.__traceback__)
    place = f" (at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return f"{type(e).__name__}: {str(e)[:2000]}{place}"
