"""Lets modules that import Ray be imported where Ray is not installed."""

import contextlib
import copy
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import shutil
import sys
import tempfile
import types
from collections.abc import Iterator, Sequence
from typing import Any


class StandIn:
    """In the place of ``ray.tune.Trainable``: what its subclasses rely on, and nothing else."""

    def __init__(self, config: dict[str, Any] | None = None, storage: Any = None) -> None:
        self.config: dict[str, Any] = config or {}
        self._iteration = 0
        self.setup(copy.deepcopy(self.config))

    @property
    def iteration(self) -> int:
        """The steps behind the weights."""
        return self._iteration

    @property
    def training_iteration(self) -> int:
        """The steps behind the weights."""
        return self._iteration

    def setup(self, config: dict[str, Any]) -> None:
        """As in Ray: for subclasses; does nothing."""

    def step(self) -> dict[str, Any]:
        """As in Ray: subclasses must have it."""
        raise NotImplementedError("a trainable needs step(self)")

    def save_checkpoint(self, checkpoint_dir: str) -> dict[str, Any] | None:
        """As in Ray: subclasses must have it."""
        raise NotImplementedError("a trainable needs save_checkpoint(self, checkpoint_dir)")

    def load_checkpoint(self, checkpoint: Any) -> None:
        """As in Ray: subclasses must have it."""
        raise NotImplementedError("a trainable needs load_checkpoint(self, checkpoint)")

    def reset_config(self, new_config: dict[str, Any]) -> bool:
        """As in Ray: an object is made anew for another configuration unless a subclass says otherwise."""
        return False

    def cleanup(self) -> None:
        """As in Ray: for subclasses; does nothing."""


class Checkpoint:
    """In the place of ``ray.tune.Checkpoint``: a directory of this machine."""

    def __init__(self, path: str | os.PathLike[str], filesystem: Any = None) -> None:
        self.path = os.fspath(path)

    @classmethod
    def from_directory(cls, path: str | os.PathLike[str]) -> "Checkpoint":
        """As in Ray."""
        return cls(path)

    @contextlib.contextmanager
    def as_directory(self) -> Iterator[str]:
        """As in Ray."""
        yield self.path

    def to_directory(self, path: str | os.PathLike[str] | None = None) -> str:
        """As in Ray: copy it."""
        into = tempfile.mkdtemp(prefix="evolvent-") if path is None else os.fspath(path)
        return shutil.copytree(self.path, into, dirs_exist_ok=True)


STAND_INS = {"Trainable": StandIn, "Checkpoint": Checkpoint}
"""What can be used, by its name in Ray."""


def _refuse(name: str) -> None:
    raise RuntimeError(
        f"{name} is used, but Ray is not installed: evolvent.stand_in_for_ray() is enough for classes that inherit "
        "from ray.tune.Trainable, no more.\nMaybe: pip install 'ray[tune]'"
    )


class _Absent:
    """In the place of Ray's other classes: it can be imported and inherited from, but not used."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        _refuse(f"{type(self).__module__}.{type(self).__name__}")


class _Module(types.ModuleType):
    """In the place of Ray's modules and functions: by Ray's own habit a capital letter tells classes from them."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if not name[0].isupper():
            return importlib.import_module(f"{self.__name__}.{name}")
        stand_in = STAND_INS.get(name) or type(name, (_Absent,), {"__module__": self.__name__})
        setattr(self, name, stand_in)
        return stand_in

    def __call__(self, *arguments: Any, **named: Any) -> None:
        _refuse(self.__name__)


class _Importer(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] != "ray":
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """A module of stand-ins needs nothing more."""


def stand_in_for_ray() -> None:
    """Let modules with ``import ray`` and the like be imported where Ray is not installed.

    Enough for ``class Mine(tune.Trainable)``; whatever else of Ray is called raises a RuntimeError that says so. Call
    it before you import the module with the class. Where Ray is installed it does nothing.
    """
    if "ray" not in sys.modules and importlib.util.find_spec("ray") is None:
        sys.meta_path.append(_Importer())
