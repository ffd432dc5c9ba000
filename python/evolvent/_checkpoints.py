"""What the SDK notes beside what a trainer saves."""

import json
import os

STEP_FILE = "evolvent.json"
"""How many steps are behind a checkpoint, so that nobody has to take anybody's word for it."""


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
