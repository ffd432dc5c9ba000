"""What the SDK notes beside what a trainer saves."""

import hashlib
import json
import os
from typing import Any, BinaryIO

STEP_FILE = "evolvent.json"
"""How many steps are behind a checkpoint, so that nobody has to take anybody's word for it."""

LONGEST_TOLD = 1 << 19
"""Bytes of the longest list of files that is sent: half of what a message may have."""


def write_step(directory: str, step: int) -> None:
    """Note the step beside a checkpoint."""
    with open(os.path.join(directory, STEP_FILE), "w", encoding="ascii") as file:
        json.dump({"step": step}, file)


def told(directory: str) -> dict[str, Any]:
    """Return the field of an answer that tells what was saved, which survives the loss of power from here on.

    Empty where files are too many for a message; Evolvent then reads them. What is no regular file, it refuses.
    """
    files = []
    for place, directories, names in os.walk(directory, topdown=False):
        for name in names:
            path = os.path.join(place, name)
            if os.path.islink(path) or not os.path.isfile(path):
                return {}
            with open(path, "rb") as file:
                digest = _sha256(file)
                os.fsync(file.fileno())
            relative = os.path.relpath(path, directory).replace(os.sep, "/")
            files.append({"path": relative, "bytes": os.path.getsize(path), "sha256": digest})
        if any(os.path.islink(os.path.join(place, name)) for name in directories):
            return {}
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return {"files": files} if len(json.dumps(files)) <= LONGEST_TOLD else {}


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def saved_step(directory: str, otherwise: int) -> int:
    """Return the step noted beside a checkpoint; one that was not saved by us has none."""
    try:
        with open(os.path.join(directory, STEP_FILE), encoding="ascii") as file:
            return int(json.load(file)["step"])
    except FileNotFoundError:
        return otherwise
