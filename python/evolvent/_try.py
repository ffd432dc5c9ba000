"""Takes ``--try`` off the command line before the program reads it, so that a parser of its own does not refuse it."""

import os
import re
import shlex
import sys

OPTION = "--try"
VARIABLE = "EVOLVENT_TRY"
"""For programs that read their command line before they import this package, or that others start."""

STARTED_BY_EVOLVENT = "EVOLVENT_RUN"
ASSIGNMENT = re.compile(r"[^-=][^=]*=")

_taken: list[str] | None = None


def take() -> None:
    """Take ``--try`` and the ``name=value`` right behind it out of ``sys.argv``; all else is the program's own."""
    global _taken
    words = getattr(sys, "argv", [])
    if OPTION in words[1:]:
        begin = end = words.index(OPTION, 1)
        end += 1
        while end < len(words) and ASSIGNMENT.match(words[end]):
            end += 1
        _taken = words[begin + 1 : end]
        del words[begin:end]


def assignments() -> list[str] | None:
    """Return the ``name=value`` to try the trainer with, or None when nobody asked to try it."""
    take()
    variable = os.environ.get(VARIABLE, "")
    if _taken is not None or not variable or STARTED_BY_EVOLVENT in os.environ:
        return _taken
    words = [] if variable == "1" else shlex.split(variable)
    for word in words:
        if not ASSIGNMENT.match(word):
            sys.exit(f"{VARIABLE} is {variable!r} but must be 1, or name=value for some hyperparameters")
    return words
