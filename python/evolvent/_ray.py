"""Serves Ray Tune class trainables, unchanged, without Ray."""

import contextlib
import copy
import json
import math
import os
import pickle
import random
import tempfile
import time
from collections.abc import Callable, Mapping
from typing import Any

from ._hyperparameters import Nest, nested
from ._numbers import as_float
from ._randomness import seed_globals
from ._ray_stand_in import StandIn
from ._trainer import Report, Trainer

STATE_FILE = "evolvent_ray_state.pickle"
"""A checkpoint that ``save_checkpoint`` returned as a dictionary."""

SEED_FILE = "evolvent_ray.json"
"""The seed that the lineage of a checkpoint began with, and that of its random stream since it was copied last."""

SETUP = -1
"""In the place of a step's number, while an object is made."""


def ray_trainable(
    trainable: Callable[..., Any], config: Mapping[str, Any] | None = None, seed_key: str | None = "seed"
) -> Callable[[], Trainer]:
    """Return a trainer for a Ray Tune class trainable; serve it with ``evolvent.serve(evolvent.ray_trainable(Mine))``.

    The class has ``setup(config)`` and ``step()``, ``save_checkpoint(directory)`` and ``load_checkpoint(checkpoint)``,
    and if it can, ``reset_config(config)`` and ``cleanup()``. It inherits from ``ray.tune.Trainable``, from what
    :func:`stand_in_for_ray` puts in its place, or from nothing. One training step of Evolvent is one call of ``step``;
    an interval that has a time ends with the first that ends after it.

    ``config`` holds what the class wants to find in its configuration beside the study's hyperparameters: paths,
    constants. A hyperparameter whose name has dots lies within: ``optimizer.lr`` is ``config["optimizer"]["lr"]``. The
    seed is there too, under ``seed_key`` (None: it is not), unless the study or ``config`` has such a
    key.

    It is used as Ray uses it, and where Ray is vague, so that studies repeat:

    * ``reset_config`` may throw the weights away (many call ``setup``), so that ``load_checkpoint`` always follows. An
      optimizer's state that is loaded then brings its old learning rate back, with Evolvent as with Ray, unless
      ``load_checkpoint`` puts the configured one into force. ``evolvent check`` tells.
    * Without ``reset_config``, or when it does not return True, an object is made anew and restores the checkpoint.
    * Metrics are the numbers of the last result, nested ones by names like ``"eval/loss"``. ``done`` is ignored.
    * Before each call of ``step`` the global generators of ``random``, NumPy and PyTorch are seeded from the seed and
      the number of the step, because hardly any class saves their state. Whoever copies another member gets
      a seed of its own for this.
    """

    def make() -> Trainer:
        return RayTrainer(trainable, dict(config or {}), seed_key)

    return make


class RayTrainer(Trainer):
    """A Ray trainable in the shape of a trainer."""

    def __init__(self, trainable: Callable[..., Any], constants: dict[str, Any], seed_key: str | None) -> None:
        self._trainable = trainable
        self._constants = constants
        self._seed_key = seed_key
        self._object: Any = None
        self._configured: dict[str, Any] = {}
        self._seed = 0
        self._stream = 0

    def create(self, hyperparameters: dict[str, Any], seed: int) -> None:
        self._seed = self._stream = seed
        self._make(hyperparameters)

    def train(self, steps: int, seconds: float | None = None) -> Report:
        result: Mapping[str, Any] = {}
        end = math.inf if seconds is None else time.monotonic() + seconds
        done = 0
        while done < steps and (done == 0 or time.monotonic() < end):
            self._begin(self.step + done)
            result = self._object.step()
            if not isinstance(result, Mapping):
                raise TypeError(f"step() returned a {type(result).__name__} but must return a dict")
            done += 1
            self.progress(done, **numbers_of(result))
        return Report(numbers_of(result), steps=done)

    def apply(self, hyperparameters: dict[str, Any]) -> None:
        if hyperparameters != self._configured:
            with tempfile.TemporaryDirectory(prefix="evolvent-") as weights:
                self.save(weights)
                self._reset(hyperparameters)
                self.restore(weights)

    def reseed(self, seed: int) -> None:
        self._stream = seed

    def restore_and_apply(self, directory: str, hyperparameters: dict[str, Any]) -> None:
        self._seed, self._stream = saved_seeds(directory)
        if hyperparameters != self._configured:
            self._reset(hyperparameters)
        self.restore(directory)

    def save(self, directory: str) -> None:
        state = self._object.save_checkpoint(directory)
        if isinstance(state, Mapping):
            with open(os.path.join(directory, STATE_FILE), "wb") as file:
                pickle.dump(dict(state), file)
        elif state is not None and os.path.realpath(os.fspath(state)) != os.path.realpath(directory):
            raise ValueError(
                f"save_checkpoint returned {state!r:.200} but must return a dict, nothing, or the directory "
                "that it was given"
            )
        write_seeds(directory, self._seed, self._stream)

    def restore(self, directory: str) -> None:
        self._seed, self._stream = saved_seeds(directory)
        path = os.path.join(directory, STATE_FILE)
        if os.path.exists(path):
            with open(path, "rb") as state:
                self._object.load_checkpoint(pickle.load(state))
        else:
            self._object.load_checkpoint(directory)

    def close(self) -> None:
        ended, self._object = self._object, None
        end = getattr(ended, "stop" if _is_rays_own(ended) else "cleanup", None)
        if end is not None:
            end()
        if _is_rays_own(ended):
            with contextlib.suppress(OSError, TypeError):
                os.rmdir(ended.logdir)  # Every object of Ray's makes one in ~/ray_results; empty, it is litter.

    def _make(self, hyperparameters: dict[str, Any]) -> None:
        config = self._config(hyperparameters)
        seed_step(self._seed, SETUP)
        if _configures_itself(self._trainable):
            self._object = self._trainable(config=config)  # Its constructor calls setup.
        else:
            self._object = self._trainable()
            self._object.config = config
            self._object.setup(copy.deepcopy(config))
        self._configured = dict(hyperparameters)

    def _reset(self, hyperparameters: dict[str, Any]) -> None:
        """Bring other hyperparameters into force; the weights may be lost."""
        config = self._config(hyperparameters)
        reset = getattr(self._object, "reset_config", None)
        if reset is not None:
            self._object.config = config
            seed_step(self._seed, SETUP)
        if reset is not None and reset(copy.deepcopy(config)):
            self._configured = dict(hyperparameters)
        else:
            self.close()
            self._make(hyperparameters)

    def _begin(self, step: int) -> None:
        seed_step(self._stream, step)
        if _configures_itself(type(self._object)):
            self._object._iteration = step  # What the properties ``iteration`` and ``training_iteration`` read.

    def _config(self, hyperparameters: Mapping[str, Any]) -> dict[str, Any]:
        return config_of(hyperparameters, self._constants, self._seed_key, self._seed)


def config_of(
    hyperparameters: Mapping[str, Any], constants: Mapping[str, Any], seed_key: str | None, seed: int
) -> dict[str, Any]:
    """Return a configuration as Ray would give it."""
    seeded = {} if seed_key is None else {seed_key: seed}
    return _merged({**seeded, **copy.deepcopy(dict(constants))}, nested(hyperparameters))


def _merged(config: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Put values into a configuration; what lies beside them within the same name stays."""
    for name, value in more.items():
        both = isinstance(value, Nest) and isinstance(config.get(name), dict)
        config[name] = (
            _merged(config[name], value) if both else _merged({}, value) if isinstance(value, Nest) else value
        )
    return config


def write_seeds(directory: str, seed: int, stream: int) -> None:
    """Note a lineage's seed, and that of its random stream, beside a checkpoint."""
    with open(os.path.join(directory, SEED_FILE), "w", encoding="ascii") as file:
        json.dump({"seed": seed, "stream": stream}, file)


def saved_seeds(directory: str) -> tuple[int, int]:
    """Return what is noted beside a checkpoint; one from before there were streams has the seed for both."""
    with open(os.path.join(directory, SEED_FILE), encoding="ascii") as file:
        seeds = json.load(file)
    return int(seeds["seed"]), int(seeds.get("stream", seeds["seed"]))


def seed_step(seed: int, step: int) -> None:
    """Seed the generators that everybody draws from."""
    seed_globals(random.Random(f"{seed} {step}").getrandbits(31))


def numbers_of(result: Mapping[str, Any], prefix: str = "") -> dict[str, float]:
    """Return the numbers of a result, nested ones by names like ``"eval/loss"``."""
    numbers: dict[str, float] = {}
    for name, value in result.items():
        if name == "done":
            continue  # For Ray's scheduler.
        if isinstance(value, Mapping):
            numbers.update(numbers_of(value, f"{prefix}{name}/"))
            continue
        try:
            numbers[f"{prefix}{name}"] = as_float(str(name), value)
        except TypeError:
            continue  # Ray's results hold texts and lists beside the metrics.
    return numbers


def _is_rays_own(trained: Any) -> bool:
    return _descends_from_ray(type(trained))


def _configures_itself(trainable: Any) -> bool:
    return _descends_from_ray(trainable) or StandIn in getattr(trainable, "__mro__", ())


def _descends_from_ray(trainable: Any) -> bool:
    parents = getattr(trainable, "__mro__", ())
    return any(parent.__module__.split(".")[0] == "ray" and parent.__name__ == "Trainable" for parent in parents)
