"""A trainer's process, as the driver sees it."""

import os
import resource
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TESTS = os.path.join(ROOT, "python", "tests")
PATIENCE_SECONDS = 60

sys.path.insert(0, os.path.join(ROOT, "python"))  # The sources, not what may be installed.


def start(script: str, *arguments: str, memory_bytes: int | None = None) -> "subprocess.Popen[bytes]":
    """Start a script of the tests, maybe with less memory than there is."""

    def limit() -> None:
        if memory_bytes is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))

    environment = {**os.environ, "PYTHONPATH": os.path.join(ROOT, "python"), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTHONUNBUFFERED", None)  # As most people have it.
    return subprocess.Popen(
        [sys.executable, os.path.join(TESTS, script), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        preexec_fn=limit,
    )


def converse(requests: bytes, script: str = "golden.py") -> tuple[list[str], str, int]:
    """Write all requests, then read all answers; return them, the log and the exit code."""
    with start(script) as process:
        try:
            out, err = process.communicate(requests, timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return out.decode("utf-8").splitlines(), err.decode("utf-8"), process.returncode
