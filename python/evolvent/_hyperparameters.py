"""Hyperparameters, and what they may be."""

import builtins
import difflib
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

Value = bool | int | float | str | list[Any] | dict[str, Any] | None
"""A hyperparameter: a number, a text, true or false, or of a choice any other JSON value."""

MOST_NAMED = 20
"""Hyperparameters that a message tells at most."""


class Hyperparameters(dict[str, Value]):
    """Hyperparameters by name: a dict whose values can also be asked for by their type.

    ``hyperparameters["learning_rate"]`` is whatever the study chose. ``hyperparameters.float("learning_rate")`` is a
    float, for you and for your type checker, or an error that says what is wrong with the study or with the program.

    The getters raise KeyError when there is no such hyperparameter and no default was given, and TypeError when it is
    of another type.

    Pickled it is an OrderedDict: a checkpoint that holds hyperparameters can be read without this package, and PyTorch
    needs no leave to load it. ``Hyperparameters(...)`` of that has the getters again.
    """

    def float(self, name: builtins.str, default: builtins.float | None = None) -> builtins.float:
        """Return a number as a float; integers are numbers, true and false are not."""
        value = self._value(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(name, value, "a number", "{float: [LOW, HIGH]}")
        return float(value)

    def int(self, name: builtins.str, default: builtins.int | None = None) -> builtins.int:
        """Return an integer; 3.0, true and false are none."""
        value = self._value(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(name, value, "an integer", "{int: [LOW, HIGH]}")
        return value

    def str(self, name: builtins.str, default: builtins.str | None = None) -> builtins.str:
        """Return a text; numbers are none."""
        value = self._value(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, value, "a text", "{choice: [ONE, OTHER]}")
        return value

    def bool(self, name: builtins.str, default: builtins.bool | None = None) -> builtins.bool:
        """Return True or False; 0 and 1 are neither."""
        value = self._value(name, default)
        if not isinstance(value, bool):
            raise self._wrong(name, value, "true or false", "{choice: [true, false]}")
        return value

    def nested(self) -> dict[builtins.str, Any]:
        """Return them with names that have dots as dicts within dicts: ``optimizer.lr`` is ``["optimizer"]["lr"]``.

        Raises ValueError when one name is the beginning of another: ``optimizer`` and ``optimizer.lr``.
        """
        return nested(self)

    def __copy__(self) -> "Hyperparameters":
        return type(self)(self)

    def __deepcopy__(self, memo: dict[builtins.int, Any]) -> "Hyperparameters":
        return type(self)(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return OrderedDict, (), None, None, iter(self.items())

    def __missing__(self, name: Any) -> Value:
        near = difflib.get_close_matches(str(name), self, n=1)
        maybe = f"you mean {near[0]!r}" if near else f"add {name!r} to the study's space"
        raise MissingHyperparameter(f"there is no hyperparameter {name!r}; there are {told(self)}\nMaybe {maybe}")

    def _value(self, name: builtins.str, default: Value | None) -> Value:
        return self[name] if default is None or name in self else default

    def _wrong(self, name: builtins.str, value: Value, allowed: builtins.str, domain: builtins.str) -> TypeError:
        return TypeError(
            f"the hyperparameter {name!r} is {_brief(value)} but must be {allowed} for this trainer, which was given "
            f"{told(self)}\nMaybe declare it as {domain} in the study's space, or ask for another type"
        )


class Nest(dict[str, Any]):
    """A dict that is there because names have dots, and not the value of a hyperparameter."""


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values whose names may have dots as dicts within dicts. Raises ValueError when they cannot be."""
    whole = Nest()
    for name, value in values.items():
        place = whole
        *path, last = name.split(".")
        for part in path:
            below = place.setdefault(part, Nest())
            if not isinstance(below, Nest):
                raise ValueError(f"{name!r} lies within {part!r}, which is a hyperparameter itself")
            place = below
        if last in place:
            raise ValueError(f"{name!r} is a hyperparameter, but others lie within it")
        place[last] = value
    return whole


class MissingHyperparameter(KeyError):
    """A hyperparameter that is not there was asked for."""

    def __str__(self) -> str:
        return str(self.args[0])  # A KeyError would quote it, line feed and all.


def told(hyperparameters: Hyperparameters) -> str:
    """Return names and values for a message, in bounded length."""
    some = [f"{name} = {_brief(value)}" for name, value in list(hyperparameters.items())[:MOST_NAMED]]
    more = len(hyperparameters) - len(some)
    return (", ".join(some) or "none") + (f" and {more} more" if more else "")


def _brief(value: Value) -> str:
    return f"{value!r:.40}"
