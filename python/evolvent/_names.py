"""A trainer's methods that have two names: the one to write, and an older one, which programs rely on."""

from typing import Any

OLDER = {"create": "setup", "restore": "load", "restore_and_apply": "load_and_apply"}
"""The older name of each. A class that says one of them says what both mean, for itself and its subclasses."""


class OtherName:
    """Stands in a class for what another class, or the same, says under another name, whatever that is by now."""

    def __init__(self, owner: type, name: str) -> None:
        self._owner = owner
        self._name = name

    def __get__(self, instance: object, kind: type | None = None) -> Any:
        return vars(self._owner)[self._name].__get__(instance, kind)


def share(kind: type, base: type) -> None:
    """Make both names of a method mean the same in a new subclass of ``base``, so that ``super()`` finds it by either.

    A name that the class has from one that is no trainer is left as it is: it may mean anything there. Raises TypeError
    when one class says two things by the two names.
    """
    for new, old in OLDER.items():
        owner, name = _nearest(kind, new)
        if owner is base:
            continue
        if name == new and _says(owner, old) and vars(owner)[new] is not vars(owner)[old]:
            raise TypeError(
                f"{owner.__name__} defines {new} and {old}, but these are two names of one method of a trainer.\n"
                f"Maybe: keep {new}, the newer name; what else {old} does needs a name of its own"
            )
        other = old if name == new else new
        holder = next(ancestor for ancestor in kind.__mro__ if other in vars(ancestor))
        if holder is not owner and issubclass(holder, base):
            setattr(kind, other, OtherName(owner, name))


def nearest(trainer: object, new: str) -> Any:
    """Return a trainer's method by its newer or its older name, whichever the class nearest to the object says."""
    return getattr(trainer, _nearest(type(trainer), new)[1])


def _nearest(kind: type, new: str) -> tuple[type, str]:
    saying = ((ancestor, name) for ancestor in kind.__mro__ for name in (new, OLDER[new]) if _says(ancestor, name))
    return next(saying, (kind, new))


def _says(kind: type, name: str) -> bool:
    return name in vars(kind) and not isinstance(vars(kind)[name], OtherName)
