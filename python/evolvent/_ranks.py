"""Several processes for one member: rank 0 speaks with Evolvent, the others follow.

Launchers such as ``torchrun`` and ``accelerate launch`` start a script once for each rank, and all of them would read
the same standard input. Rank 0 alone does. It hands each request on, as it came, over a socket that only this user can
open, and the others carry out the same requests in the same order, without answering.
"""

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from multiprocessing import connection
from typing import BinaryIO, NamedTuple

SECONDS_BETWEEN_TRIES = 0.05


class Place(NamedTuple):
    """Which process of how many this is."""

    rank: int
    size: int
    directory: str

    @property
    def address(self) -> str:
        """Where rank 0 listens: a socket of the file system."""
        return os.path.join(self.directory, "ranks")


def place(environment: Mapping[str, str] = os.environ) -> Place | None:
    """Return the place that a launcher gave this process; None for a program of one process.

    Exits with an explanation when the ranks are on several machines.
    """
    size = _number(environment, "WORLD_SIZE", 1)
    if size <= 1 or "EVOLVENT_PROCESS" not in environment or "RANK" not in environment:
        return None
    here = _number(environment, "LOCAL_WORLD_SIZE", size)
    if here != size:
        sys.exit(f"{here} of {size} ranks are on this machine but all ranks of a member must be on one")
    mark = "/".join(environment.get(name, "") for name in ("EVOLVENT_RUN", "EVOLVENT_PROCESS", "MASTER_PORT"))
    name = f"evolvent-ranks-{os.getuid()}-{hashlib.sha256(mark.encode()).hexdigest()[:16]}"
    return Place(_number(environment, "RANK", 0), size, os.path.join(tempfile.gettempdir(), name))


def _number(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    text = environment.get(name, "")
    return int(text) if text.isdecimal() else otherwise


class Followers:
    """The other ranks, as rank 0 sees them."""

    def __init__(self, where: Place) -> None:
        """Wait until all are there; Evolvent's limit for starting up is the deadline."""
        os.mkdir(where.directory, 0o700)
        try:
            with connection.Listener(where.address, "AF_UNIX", backlog=where.size) as listener:
                self._all = [listener.accept() for _ in range(where.size - 1)]
        finally:
            shutil.rmtree(where.directory, ignore_errors=True)

    def tell(self, line: bytes) -> None:
        """Hand a line on. Ends this process when one of them is gone: nothing can be trained without it."""
        for follower in self._all:
            try:
                follower.send_bytes(line)
            except OSError:
                sys.exit("another rank of this member is gone")


class Leader:
    """Rank 0, as another rank sees it: lines to read from it, and nothing to answer to it."""

    def __init__(self, where: Place) -> None:
        """Wait until it is there; the launcher ends us when it will not be."""
        while True:
            with contextlib.suppress(FileNotFoundError, ConnectionRefusedError):
                self._leader = connection.Client(where.address, "AF_UNIX")
                return
            time.sleep(SECONDS_BETWEEN_TRIES)

    def readline(self, limit: int) -> bytes:
        """Wait for the next line; nothing when there will be none."""
        try:
            return self._leader.recv_bytes()
        except EOFError:
            return b""


class Led:
    """The requests of rank 0, each handed on when it is read."""

    def __init__(self, requests: BinaryIO, followers: Followers) -> None:
        self._requests = requests
        self._followers = followers

    def readline(self, limit: int) -> bytes:
        """Read the next line and hand it on."""
        line = self._requests.readline(limit)
        self._followers.tell(line)
        return line
