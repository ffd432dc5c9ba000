"""Numbers, those of array libraries among them, on their way into JSON."""

import math
from collections.abc import Mapping
from typing import Any


def as_float(what: str, value: Any) -> float:
    """Return a number, also of an array library's type, as a float."""
    if isinstance(value, str | bytes) or value is None:
        raise TypeError(f"{what} is {brief(value)} but must be a number")
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError) as e:
        raise TypeError(f"{what} is {brief(value)} but must be a number") from e


def plain(value: Any) -> Any:
    """Return a number as JSON can carry it: NaN and infinities become strings."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def plain_metrics(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """Return metrics, numbers of any type by name, as JSON can carry them. Raises TypeError for what is no number."""
    return {str(name): plain(as_float(f"metric {name!r}", value)) for name, value in metrics.items()}


def plain_hyperparameters(hyperparameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return hyperparameters as JSON can carry them, also where a trainer read them out of an array."""
    return {
        name: value if value is None or isinstance(value, bool | int | str | list | dict) else plain(float(value))
        for name, value in hyperparameters.items()
    }


def brief(value: Any) -> str:
    """Return what a value is, in bounded length."""
    text = repr(value)
    return f"{text if len(text) <= 80 else text[:77] + '...'} ({type(value).__name__})"
