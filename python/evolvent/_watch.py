"""Puts hyperparameters into force in optimizers, and reads back what is."""

import contextlib
import weakref
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ._numbers import brief

Source = str | Callable[[Mapping[str, Any]], Any]
"""The name of a hyperparameter, or a function of all of them."""

HOOKS = ("register_load_state_dict_post_hook", "register_step_pre_hook")
"""Where an optimizer tells that it has loaded its state, and that it is about to step."""

TOLERANCE = 1e-6
"""A trainer may hold its numbers in single precision."""


def watch(optimizer: Any, *, groups: Sequence[int] | None = None, scheduler: Any = None, **settings: Source) -> None:
    """Put hyperparameters into force in a PyTorch optimizer from now on, and report what is really there::

        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        evolvent.watch(optimizer, lr="learning_rate", weight_decay="weight_decay")

    Call it once for each optimizer that you make. The values are set now, at the start of each interval, whenever
    Evolvent applies others, and after each ``load_state_dict``, which would bring old ones back. They are read where
    they are used, at the optimizer's first step in an interval, and an attempt whose values are not those of the study
    fails. Nothing is set while a hyperparameter is not active.

    ``settings``: what of a parameter group holds which hyperparameter, by name; or a function of all hyperparameters
    where one setting holds several or is computed: ``betas=lambda h: (h["beta1"], 0.999)``. ``groups``: the numbers of
    the parameter groups, from 0; None for all. ``scheduler``: one that multiplies the learning rate by factors; its
    base rate is what is set, and read, and the factor so far stays. Any object with ``param_groups``, a list of
    dictionaries, is an optimizer here.

    Raises TypeError when it is none, and ValueError when a group has no such setting.
    """
    watches.add(Watch(optimizer, groups, scheduler, settings))


class Watch:
    """One optimizer."""

    def __init__(
        self, optimizer: Any, groups: Sequence[int] | None, scheduler: Any, settings: Mapping[str, Source]
    ) -> None:
        held = getattr(optimizer, "param_groups", None)
        if not isinstance(held, list) or not all(isinstance(group, dict) for group in held):
            raise TypeError(f"{brief(optimizer)} was to be watched but has no param_groups, a list of dictionaries")
        self._refer = _reference(optimizer)
        self._refer_scheduler = _reference(scheduler)
        self._groups = None if groups is None else list(groups)
        self._settings = dict(settings)
        for group in self._held():
            missing = [name for name in settings if name not in group]
            if missing:
                there = ", ".join(sorted(set(group) - {"params"}))
                raise ValueError(f"the optimizer has no setting {missing[0]!r}; it has {there}")
        self._handles: list[Any] = []
        self.at_first_step: dict[str, Any] | None = None
        self._hook(optimizer)

    def _hook(self, optimizer: Any) -> None:
        refer = weakref.ref(self)  # The optimizer holds its hooks.

        def loaded(*_: Any) -> None:
            watch = refer()
            if watch is not None:
                watch.put(watches.hyperparameters)

        def stepping(*_: Any) -> None:
            watch = refer()
            if watch is not None and watch.at_first_step is None:
                watch.put_base()  # A scheduler's state may have been loaded after the optimizer's.
                watch.at_first_step = watch.found(watches.hyperparameters)

        for register, hook in zip(HOOKS, (loaded, stepping), strict=True):
            if hasattr(optimizer, register):
                self._handles.append(getattr(optimizer, register)(hook))

    def is_of(self, optimizer: Any) -> bool:
        """Whether it watches this optimizer."""
        return self._refer() is optimizer

    def optimizer(self) -> Any:
        """Return the optimizer; None when it is gone."""
        return self._refer()

    def release(self) -> None:
        """Watch no more."""
        for handle in self._handles:
            handle.remove()

    def _held(self) -> list[dict[str, Any]]:
        optimizer = self._refer()
        held: list[dict[str, Any]] = [] if optimizer is None else optimizer.param_groups
        return held if self._groups is None else [held[number] for number in self._groups]

    def put(self, hyperparameters: Mapping[str, Any]) -> None:
        """Set what the hyperparameters say."""
        for group in self._held():
            for setting, source in self._settings.items():
                for value in _wanted(source, hyperparameters):
                    _set(group, setting, value)
        self.put_base()

    def put_base(self) -> None:
        """Let the scheduler multiply the learning rates that are in force, not those that it was made with."""
        scheduler = self._refer_scheduler()
        optimizer = self._refer()
        if scheduler is not None and optimizer is not None and hasattr(scheduler, "base_lrs"):
            scheduler.base_lrs = [group.get("initial_lr", group["lr"]) for group in optimizer.param_groups]

    def found(self, hyperparameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the hyperparameters that are in force, read from the groups; of several, one that is wrong if any is.

        Raises ValueError for a computed setting that is wrong, which has no name to be reported by.
        """
        found: dict[str, Any] = {}
        for setting, source in self._settings.items():
            for wanted in _wanted(source, hyperparameters):
                there = [_get(group, setting) for group in self._held()]
                wrong = [value for value in there if not _alike(value, wanted)]
                if wrong and not isinstance(source, str):
                    raise ValueError(
                        f"the optimizer uses {setting} = {wrong[0]!r}, but it must be {wanted!r}\n"
                        "Maybe something sets it after evolvent.watch, or a checkpoint brings the old value back"
                    )
                if isinstance(source, str):
                    for value in (*there[:1], *wrong[:1]):
                        found[source] = value
        return found

    def seen(self, hyperparameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was in force at the first step of this interval; where that cannot be told, what is in force."""
        if len(self._handles) < len(HOOKS):
            return self.found(hyperparameters)
        return self.at_first_step or {}


class Watches:
    """Everything that is watched in this process."""

    def __init__(self) -> None:
        self.hyperparameters: Mapping[str, Any] = {}
        self._all: list[Watch] = []

    def add(self, watch: Watch) -> None:
        """Watch one more optimizer; whatever watched it before ends."""
        for other in [other for other in self._all if other.is_of(watch.optimizer())]:
            other.release()
            self._all.remove(other)
        watch.put(self.hyperparameters)
        self._all.append(watch)

    def clear(self) -> None:
        """Watch nothing any more."""
        for watch in self._all:
            watch.release()
        self._all.clear()

    def use(self, hyperparameters: Mapping[str, Any]) -> None:
        """Set other hyperparameters, or the same once more."""
        self.hyperparameters = hyperparameters
        self._all = [watch for watch in self._all if watch.optimizer() is not None]
        for watch in self._all:
            watch.at_first_step = None
            watch.put(hyperparameters)

    def found(self) -> dict[str, Any]:
        """Return what is in force now."""
        found: dict[str, Any] = {}
        for watch in self._all:
            found.update(watch.found(self.hyperparameters))
        return found

    def seen(self) -> dict[str, Any]:
        """Return what was in force at the first steps of this interval."""
        seen: dict[str, Any] = {}
        for watch in self._all:
            seen.update(watch.seen(self.hyperparameters))
        return seen


watches = Watches()
"""Of this process."""


def _reference(something: Any) -> Callable[[], Any]:
    with contextlib.suppress(TypeError):
        return weakref.ref(something)
    return lambda: something  # None, or one that cannot be referred to weakly.


def _wanted(source: Source, hyperparameters: Mapping[str, Any]) -> list[Any]:
    """Return the one value that a setting is to have; none while a hyperparameter that it needs is not active."""
    if not hyperparameters:
        return []
    if isinstance(source, str):
        return [hyperparameters[source]] if source in hyperparameters else []
    try:
        return [source(hyperparameters)]
    except KeyError:
        return []


def _set(group: dict[str, Any], setting: str, value: Any) -> None:
    if setting == "lr" and "initial_lr" in group:
        before = float(group["initial_lr"])
        factor = float(group["lr"]) / before if before else 1.0
        group["initial_lr"] = value
        value = value * factor
    if hasattr(group[setting], "fill_"):
        group[setting].fill_(value)  # A tensor, which a compiled or captured step has taken hold of.
    else:
        group[setting] = value


def _get(group: dict[str, Any], setting: str) -> Any:
    value = group.get("initial_lr", group["lr"]) if setting == "lr" else group[setting]
    if isinstance(value, list | tuple):
        return [each.item() if hasattr(each, "item") else each for each in value]
    return value.item() if hasattr(value, "item") else value


def _alike(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, list | tuple):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(_alike, found, wanted))
    if isinstance(wanted, int | float) and isinstance(found, int | float):
        return abs(found - wanted) <= TOLERANCE * abs(wanted)
    return bool(found == wanted)
