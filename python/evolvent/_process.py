"""This process, a child of Evolvent, and what it says of its failures."""

import contextlib
import errno
import os
import signal
import sys
import traceback

STORAGE_FAULTS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EIO: "failing",
}
"""What is not the trainer's fault: Evolvent waits for a disk that is mended, instead of replacing the member."""


def refuse_terminal() -> None:
    """End with an explanation when a person started the program by hand."""
    if sys.stdin is not None and sys.stdin.isatty():
        name = os.path.basename(sys.argv[0]) or "train.py"
        sys.exit(
            f"{name} is a trainer for Evolvent, which starts it and speaks with it over standard input.\n"
            f"Maybe you want: evolvent run study.yaml, or python {name} --try"
        )


def ignore_interrupt() -> None:
    """Leave Ctrl-C to Evolvent, which ends us in order, and SIGUSR1, which Slurm may send to all steps of a job."""
    with contextlib.suppress(ValueError):  # Not the main thread; then nothing interrupts us anyway.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if signal.getsignal(signal.SIGUSR1) == signal.SIG_DFL:
            signal.signal(signal.SIGUSR1, signal.SIG_IGN)


def describe(e: Exception) -> str:
    """Return an exception, in bounded length, and its place in the user's program."""
    frames = traceback.extract_tb(e.__traceback__)
    own = os.path.dirname(os.path.abspath(__file__))
    theirs = [frame for frame in frames if os.path.dirname(frame.filename) != own] or frames
    place = f" (at {os.path.basename(theirs[-1].filename)}:{theirs[-1].lineno})" if theirs else ""
    return f"{type(e).__name__}: {str(e)[:2000]}{place}"


def storage_fault(e: BaseException | None) -> dict[str, str]:
    """Return the field of an error answer that says what is wrong with a disk, if that lies behind an exception."""
    for _ in range(20):  # A chain of causes may be a ring.
        if isinstance(e, OSError) and e.errno in STORAGE_FAULTS:
            return {"storage": STORAGE_FAULTS[e.errno]}
        e = None if e is None else e.__cause__ or e.__context__
    return {}
