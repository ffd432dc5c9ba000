"""Serves Ray Tune functions, unchanged: a function of a configuration that reports again and again."""

import contextlib
import importlib
import math
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ._ray import SETUP, config_of, numbers_of, saved_seeds, seed_step, write_seeds
from ._ray_stand_in import Checkpoint
from ._trainer import Report, Trainer

SESSIONS = ("ray.tune", "ray.train", "ray.air.session")
"""Modules of Ray, of whatever version, in which a function finds the functions that it reports with."""


def ray_function(
    function: Callable[[dict[str, Any]], Any],
    config: Mapping[str, Any] | None = None,
    seed_key: str | None = "seed",
) -> Callable[[], Trainer]:
    """Return a trainer for a Ray Tune function; serve it with ``evolvent.serve(evolvent.ray_function(mine))``.

    The function takes a configuration, goes on from ``tune.get_checkpoint()`` where there is one, and calls
    ``tune.report(metrics, checkpoint=...)`` again and again (``train.report`` and ``session.report`` of older versions
    are the same). One training step of Evolvent is one report, and the last report of an interval must come with a
    checkpoint; an interval that has a time ends with the first such report after it. ``config`` and ``seed_key`` are
    those of :func:`evolvent.ray_trainable`.

    The function goes on where it is, inside ``report``, as long as its member does with the hyperparameters that it
    has. Otherwise it ends there, by an exception that no ``except Exception`` catches, and is called anew: with other
    hyperparameters, or from another's checkpoint, as Ray does. It runs in a thread of its own. The global generators of
    ``random``, NumPy and PyTorch are seeded from the seed and the number of the step after each report, and when it has
    asked for its checkpoint, because hardly any function saves their state.
    """

    def make() -> Trainer:
        return RayFunctionTrainer(function, dict(config or {}), seed_key)

    return make


class Abandoned(BaseException):
    """Ends a function whose member goes on elsewhere."""


class Call:
    """One call of a function, in a thread that is stopped inside ``report`` between two intervals."""

    def __init__(
        self,
        function: Callable[[dict[str, Any]], Any],
        config: dict[str, Any],
        directory: str | None,
        set_up: Callable[[], None],
    ) -> None:
        self._function = function
        self._set_up = set_up
        self._given = None if directory is None else Checkpoint.from_directory(directory)
        self._turn = threading.Semaphore(0)
        self._reported = threading.Semaphore(0)
        self._is_abandoned = False
        self._failure: BaseException | None = None
        self._has_returned = False
        self._metrics: Mapping[str, Any] = {}
        self._checkpoint: str | None = None
        self._thread = threading.Thread(target=self._run, args=(config,), name="ray function", daemon=True)
        self._thread.start()

    def _run(self, config: dict[str, Any]) -> None:
        self._turn.acquire()
        try:
            if not self._is_abandoned:
                self._function(config)
        except Abandoned:
            pass
        except BaseException as e:
            self._failure = e
        self._has_returned = True
        self._reported.release()

    def next(self, into: str) -> tuple[Mapping[str, Any], bool]:
        """Let it go on to its next report. Return its metrics, and whether it saved a checkpoint, copied into a place.

        Raises what the function raises, and RuntimeError when it returns.
        """
        self._checkpoint = into
        with self._session():
            self._turn.release()
            self._reported.acquire()
        if self._failure is not None:
            raise self._failure
        if self._has_returned:
            raise RuntimeError("the function returned, but its budget of steps is not spent; one step is one report")
        return self._metrics, bool(os.listdir(into))

    def end(self) -> None:
        """End it inside its report, and wait."""
        self._is_abandoned = True
        with self._session():
            self._turn.release()
            self._thread.join()

    def report(self, metrics: Mapping[str, Any] | None = None, *, checkpoint: Any = None, **named: Any) -> None:
        """Take a report: what the function calls. Older versions of Ray take metrics by name."""
        given = named if metrics is None else metrics
        if not isinstance(given, Mapping):
            raise TypeError(f"report was given a {type(given).__name__} but must be given a dict")
        self._metrics = dict(given)
        if checkpoint is not None:
            assert self._checkpoint is not None
            with checkpoint.as_directory() as directory:  # Which its owner may delete after this.
                shutil.copytree(directory, self._checkpoint, dirs_exist_ok=True)
        self._reported.release()
        self._turn.acquire()
        if self._is_abandoned:
            raise Abandoned

    def get_checkpoint(self) -> Any:
        """Return what to go on from: what the function calls when it has built all that is not in there."""
        self._set_up()
        return self._given

    @contextlib.contextmanager
    def _session(self) -> Iterator[None]:
        """Put ours in the place of Ray's as long as the function runs, also where it imported them by name."""
        own = getattr(self._function, "__globals__", {})
        before: list[tuple[dict[str, Any], str, Any]] = []
        for name in SESSIONS:
            with contextlib.suppress(ImportError):
                module = sys.modules.get(name) or importlib.import_module(name)
                for attribute in ("report", "get_checkpoint"):
                    theirs = getattr(module, attribute, None)
                    places = [(vars(module), attribute)]
                    places += [(own, known) for known, value in own.items() if value is theirs and theirs is not None]
                    for place, known in places:
                        before.append((place, known, place.get(known)))
                        place[known] = getattr(self, attribute)
        try:
            yield
        finally:
            for place, known, value in reversed(before):
                place[known] = value


class RayFunctionTrainer(Trainer):
    """A Ray function in the shape of a trainer."""

    def __init__(self, function: Callable[..., Any], constants: dict[str, Any], seed_key: str | None) -> None:
        self._function = function
        self._constants = constants
        self._seed_key = seed_key
        self._place = tempfile.TemporaryDirectory(prefix="evolvent-")
        self._call: Call | None = None
        self._configured: dict[str, Any] = {}
        self._from: str | None = None
        self._seed = 0
        self._stream = 0

    def create(self, hyperparameters: dict[str, Any], seed: int) -> None:
        self._seed = self._stream = seed
        self._abandon(None)
        self._configured = dict(hyperparameters)

    def train(self, steps: int, seconds: float | None = None) -> Report:
        seed_step(self._stream, self.step if self._call else SETUP)
        if self._call is None:
            config = config_of(self._configured, self._constants, self._seed_key, self._seed)
            step = self.step
            self._call = Call(self._function, config, self._from, lambda: seed_step(self._stream, step))
        metrics: Mapping[str, Any] = {}
        has_checkpoint = False
        into = ""
        end = math.inf if seconds is None else time.monotonic() + seconds
        done = 0
        while done < steps and (not has_checkpoint or time.monotonic() < end):
            if done > 0:
                seed_step(self._stream, self.step + done)
            shutil.rmtree(into, ignore_errors=True)
            into = tempfile.mkdtemp(dir=self._place.name)
            metrics, has_checkpoint = self._call.next(into)
            done += 1
            self.progress(done, **numbers_of(metrics))
        if not has_checkpoint:
            raise ValueError(
                f"the last of {done} reports came without a checkpoint; save one with each report, or with so many "
                "that interval.steps is a multiple of them"
            )
        self._forget()
        self._from = into
        return Report(numbers_of(metrics), steps=done)

    def apply(self, hyperparameters: dict[str, Any]) -> None:
        if hyperparameters != self._configured:
            self._abandon(self._from)
            self._configured = dict(hyperparameters)

    def save(self, directory: str) -> None:
        assert self._from is not None
        shutil.copytree(self._from, directory, dirs_exist_ok=True)
        write_seeds(directory, self._seed, self._stream)

    def restore(self, directory: str) -> None:
        self._seed, self._stream = saved_seeds(directory)
        self._abandon(directory)

    def restore_and_apply(self, directory: str, hyperparameters: dict[str, Any]) -> None:
        self.restore(directory)
        self._configured = dict(hyperparameters)

    def reseed(self, seed: int) -> None:
        self._stream = seed

    def close(self) -> None:
        self._abandon(None)
        self._place.cleanup()

    def _abandon(self, directory: str | None) -> None:
        """End the call, if there is one; the next begins from a directory, or from nothing."""
        if self._call is not None:
            self._call.end()
            self._call = None
        if directory != self._from:
            self._forget()
            self._from = directory

    def _forget(self) -> None:
        """Delete the checkpoint that was copied before, if it is ours."""
        if self._from is not None and os.path.dirname(self._from) == self._place.name:
            shutil.rmtree(self._from, ignore_errors=True)
