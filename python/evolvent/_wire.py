"""Versions 1 and 2 of the protocol (docs/protocol.md): lines of JSON on private descriptors."""

import contextlib
import json
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

from . import _ranks

VERSIONS = (1, 2)
"""Those that are spoken here."""

LONGEST_LINE = 16 << 20
"""Bytes of the longest request that is read; far more than any study's hyperparameters."""

MOST_DIGITS = 1000
"""Digits of the longest integer that is read; reading one takes time by the square of its digits."""

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_FOR_THE_WATCHDOG = 2.0

REQUESTS = ("start", "create", "restore", "apply", "evaluate", "train", "save", "finish", "stop")
LARGEST_SEED = 2**31 - 1


class BadRequest(Exception):
    """A line that is no request that we know. ``id`` is its number if it could be read."""

    def __init__(self, message: str, id: int | None = None) -> None:
        super().__init__(message)
        self.id = id


class Lines(Protocol):
    """Where requests come from."""

    def readline(self, limit: int, /) -> bytes:
        """Read the next line, or its first ``limit`` bytes."""
        ...


class Pipe:
    """The lines of a descriptor, whose reader may be left in the midst of a read when the process ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._rest = bytearray()
        self._looked = 0

    def readline(self, limit: int, /) -> bytes:
        """Read the next line, or its first ``limit`` bytes."""
        while True:
            end = self._rest.find(b"\n", self._looked, limit) + 1
            if not end and len(self._rest) < limit:
                self._looked = len(self._rest)
                read = os.read(self._descriptor, 1 << 16)
                self._rest += read
                if read:
                    continue
            size = end or min(len(self._rest), limit)
            line = bytes(self._rest[:size])
            del self._rest[:size]
            self._looked = 0
            return line


class Wire:
    """Reads requests and writes answers. Without a place for answers it is that of a rank that follows another one."""

    def __init__(
        self,
        requests: Lines,
        answers: BinaryIO | None,
        check: Callable[[Any], dict[str, Any]] | None = None,
        can_read_ahead: bool = False,
    ) -> None:
        self.can_read_ahead = can_read_ahead
        """Whether requests may be read while others are carried out; of several ranks nobody knows who is how far."""
        self._requests = requests
        self._answers = answers
        self._check = check
        self._ahead: queue.SimpleQueue[dict[str, Any] | Exception | None] | None = None
        self._finish: int | None = None
        self._mark: str | None = None
        self._attempt: Any = None
        self.version = 1
        """The one that was agreed on."""

    @property
    def leads(self) -> bool:
        """Whether this process answers, and is the one that notes what is saved."""
        return self._answers is not None

    def read(self) -> dict[str, Any] | None:
        """Wait for the next request; None when there will be none. Raises BadRequest."""
        request = self._read() if self._ahead is None else self._ahead.get()
        if isinstance(request, Exception):
            raise request
        if request is not None and self._mark is not None and request.get("attempt") not in (None, self._attempt):
            self._attempt = request["attempt"]
            _write_log_line(self._mark)
        return request

    def finishing(self, train: int | None) -> bool:
        """Return whether the ``train`` with this id was asked to end at its next step."""
        return train is not None and self._finish == train

    def _read_ahead(self) -> None:
        """Read what comes while the trainer is busy, for ``finish``, which waits for nobody."""
        assert self._ahead is not None
        request: dict[str, Any] | Exception | None = {}
        while request is not None:
            try:
                request = self._read()
            except OSError:
                request = None
            except Exception as e:  # A bad request, or one that there is no memory for.
                request = e
            if isinstance(request, dict) and request["type"] == "finish":
                self._finish = request["id"]
            else:
                self._ahead.put(request)

    def _read(self) -> dict[str, Any] | None:
        line = self._requests.readline(LONGEST_LINE + 1)
        if not line.endswith(b"\n"):
            if len(line) <= LONGEST_LINE:
                return None  # The driver is gone; half a request counts for nothing.
            while line and not line.endswith(b"\n"):
                line = self._requests.readline(LONGEST_LINE)
            raise BadRequest(f"a request has more than {LONGEST_LINE} bytes")
        try:
            request = json.loads(line.decode("utf-8"), parse_int=_int)
        except RecursionError:
            raise BadRequest("a request is nested too deeply") from None
        except ValueError as e:
            raise BadRequest(f"a request is not JSON in UTF-8: {e}") from None
        return (self._check or check)(request)

    def next(self) -> dict[str, Any] | None:
        """Wait for the next request that is one, answering others by errors; None when there will be none."""
        while True:
            try:
                return self.read()
            except BadRequest as e:
                self.write("error", e.id, message=str(e))

    def agree(self, start: dict[str, Any]) -> None:
        """Answer ``start``, in version 1 as it was asked, and speak the highest common version from then on."""
        highest = max(version for version in start["versions"] if version in VERSIONS)
        self.version = 1
        finishes = {"finishes": True} if self.can_read_ahead and highest > 1 else {}
        mark = start.get("mark")
        self._mark = mark if isinstance(mark, str) and self.leads else None
        marks = {"marks": True} if self._mark is not None else {}
        self.write("ok", start["id"], version=highest, sdk="python", **finishes, **marks)
        self.version = highest
        if finishes and self._ahead is None:
            self._ahead = queue.SimpleQueue()
            threading.Thread(target=self._read_ahead, name="evolvent-requests", daemon=True).start()

    def write(self, type: str, id: int | None, **fields: Any) -> None:
        """Write an answer. An error of a rank that follows ends it, so that its launcher ends all."""
        if self._answers is None:
            if type == "error":
                sys.exit(f"A rank failed: {fields.get('message')}")
            return
        message = {"evolvent": self.version, "type": type, "id": id, **fields}
        text = json.dumps(message, separators=(",", ":"), allow_nan=False)
        self._answers.write(text.encode("utf-8", "surrogatepass") + b"\n")
        self._answers.flush()


def _write_log_line(line: str) -> None:
    """Write behind all that was printed, also where the program has put other streams in the place of its own."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    with contextlib.suppress(OSError):
        os.write(2, line.encode("utf-8", "surrogatepass") + b"\n")


def check(request: Any) -> dict[str, Any]:
    """Return a request whose fields have the right types. Raises BadRequest."""
    if not isinstance(request, dict):
        raise BadRequest(f"a request is a {type(request).__name__} but must be an object")
    id = request.get("id")
    if not is_int(id):
        raise BadRequest(f"a request has the id {id!r:.80} but must have an integer")
    kind = request.get("type")
    if kind not in REQUESTS:
        raise BadRequest(f"unknown message type {kind!r:.80}; this trainer knows {', '.join(REQUESTS)}", id)
    if kind == "start":
        versions = request.get("versions")
        if not isinstance(versions, list) or not any(is_int(each) and each in VERSIONS for each in versions):
            known = " and ".join(map(str, VERSIONS))
            raise BadRequest(f"the driver speaks the protocol versions {versions!r:.80}, this trainer {known}", id)
    if kind in ("create", "restore", "apply"):
        _require(request, "hyperparameters", dict, id)
    if kind in ("create", "restore"):
        _require(request, "seed", int, id)
    if kind in ("restore", "save"):
        _require(request, "directory", str, id)
    if kind == "restore":
        _require(request, "step", int, id)
    if request.get("reseed") is not None:
        _require(request, "reseed", int, id)
        if not 0 <= request["reseed"] <= LARGEST_SEED:
            raise BadRequest(f"'reseed' is {request['reseed']!r:.80} but must be from 0 to {LARGEST_SEED}", id)
    if kind == "train":
        _require(request, "steps", int, id)
        seconds = request.get("seconds")
        if seconds is not None and not ((isinstance(seconds, float) or is_int(seconds)) and seconds > 0):
            raise BadRequest(f"'seconds' is {seconds!r:.80} but must be a number above 0", id)
        if request["steps"] < 1:
            raise BadRequest(f"'steps' is {request['steps']} but must be at least 1", id)
    return request


def _int(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError(f"a number has {len(text)} digits but may have {MOST_DIGITS}")
    return int(text)


def is_int(value: Any) -> bool:
    """Whether a value is an integer of JSON; in Python true and false are some, too."""
    return isinstance(value, int) and not isinstance(value, bool)


def _require(request: dict[str, Any], name: str, kind: type, id: int | None) -> None:
    value = request.get(name)
    if not (is_int(value) if kind is int else isinstance(value, kind)):
        raise BadRequest(f"{request['type']!r} has {name!r} = {value!r:.80} but it must be of type {kind.__name__}", id)


def private_wire(check: Callable[[Any], dict[str, Any]] | None = None) -> Wire:
    """Take standard input and output for the protocol; what is printed from now on goes to standard error, the log."""
    sys.stdout.flush()
    descriptor = os.dup(0)
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(line_buffering=True, errors="backslashreplace")
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), name="evolvent-parent", daemon=True).start()
    where = _ranks.place()
    if where is None:
        return Wire(Pipe(descriptor), answers, check, can_read_ahead=check is None)
    requests = os.fdopen(descriptor, "rb")
    if where.rank == 0:
        return Wire(_ranks.Led(requests, _ranks.Followers(where)), answers, check)
    requests.close()
    answers.close()
    return Wire(_ranks.Leader(where), None, check)


def _end_with_parent(parent: int) -> None:
    """End this process and its group when its parent, the driver, is gone.

    The driver's watchdog does so, too, and finds more, as long as it finds this process: so it goes first. This is for
    when somebody killed both.
    """
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    time.sleep(SECONDS_FOR_THE_WATCHDOG)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
