"""Serves Ray Tune class trainables, unchanged, without Ray."""

import os
import pickle
import sys
import types
from typing import Any, Callable, Dict, Mapping, Optional

from ._trainer import Trainer, as_float

STATE_FILE = "ray_state.pickle"


def ray_trainable(trainable: Callable[..., Any]) -> Callable[[], Trainer]:
    """Return a trainer for a Ray Tune class trainable; serve it with ``evolvent.serve(evolvent.ray_trainable(Mine))``.

    The class has ``setup(config)`` and ``step()``, ``save_checkpoint(directory)`` and ``load_checkpoint(checkpoint)``, and
    if it can, ``reset_config(config)`` and ``cleanup()``. It may inherit from ``ray.tune.Trainable`` or from nothing. One
    training step of Evolvent is one call of ``step``. ``config`` holds the hyperparameters, and the seed as ``"seed"`` if
    the study has no hyperparameter of that name. Metrics are the numbers of the last result.
    """

    def make() -> Trainer:
        return RayTrainer(trainable)

    return make


class RayTrainer(Trainer):
    """A Ray trainable in the shape of a trainer."""

    def __init__(self, trainable: Callable[..., Any]) -> None:
        self._trainable = trainable
        self._object: Any = None
        self._seed = 0

    def setup(self, hyperparameters: Dict[str, Any], seed: int) -> None:
        self._seed = seed
        config = self._config(hyperparameters)
        if _is_rays_own(self._trainable):
            self._object = self._trainable(config=config)  # Its constructor calls setup.
        else:
            self._object = self._trainable()
            self._object.config = config
            self._object.setup(config)

    def train(self, steps: int) -> Mapping[str, Any]:
        result: Mapping[str, Any] = {}
        for done in range(steps):
            result = self._object.step()
            if not isinstance(result, Mapping):
                raise TypeError(f"step() returned a {type(result).__name__} but must return a dict")
            self.progress(done + 1, **_numbers(result))
        return _numbers(result)

    def apply(self, hyperparameters: Dict[str, Any]) -> Optional[bool]:
        config = self._config(hyperparameters)
        reset = getattr(self._object, "reset_config", None)
        if reset is None or not reset(config):
            # As in Ray: an object that cannot be reset is made anew, unless it has this very configuration.
            return bool(self._object.config == config)
        self._object.config = config
        return True

    def save(self, directory: str) -> None:
        state = self._object.save_checkpoint(directory)
        if isinstance(state, Mapping):
            with open(os.path.join(directory, STATE_FILE), "wb") as file:
                pickle.dump(dict(state), file)

    def load(self, directory: str) -> None:
        path = os.path.join(directory, STATE_FILE)
        if os.path.exists(path):
            with open(path, "rb") as file:
                self._object.load_checkpoint(pickle.load(file))
        else:
            self._object.load_checkpoint(directory)

    def close(self) -> None:
        cleanup = getattr(self._object, "cleanup", None)
        if cleanup is not None:
            cleanup()

    def _config(self, hyperparameters: Mapping[str, Any]) -> Dict[str, Any]:
        return {"seed": self._seed, **hyperparameters}


def _numbers(result: Mapping[str, Any]) -> Dict[str, float]:
    numbers = {}
    for name, value in result.items():
        try:
            numbers[str(name)] = as_float(str(name), value)
        except TypeError:
            continue  # Ray's results hold texts and lists beside the metrics.
    return numbers


def _is_rays_own(trainable: Any) -> bool:
    parents = getattr(trainable, "__mro__", ())
    return any(parent.__module__.split(".")[0] == "ray" and not hasattr(parent, "_evolvent") for parent in parents)


class _StandIn:
    _evolvent = True

    def reset_config(self, new_config: Dict[str, Any]) -> bool:
        return False

    def cleanup(self) -> None:
        pass


def stand_in_for_ray() -> None:
    """Let ``from ray import tune`` work where Ray is not installed, just enough for ``class Mine(tune.Trainable)``.

    Call it before you import the module with the class. Where Ray is installed it does nothing.
    """
    try:
        import ray.tune  # type: ignore # noqa: F401
    except ImportError:
        ray, tune = types.ModuleType("ray"), types.ModuleType("ray.tune")
        stand_in = type("Trainable", (_StandIn,), {"__module__": "ray.tune"})
        setattr(tune, "Trainable", stand_in)
        setattr(ray, "tune", tune)
        sys.modules["ray"], sys.modules["ray.tune"] = ray, tune
