"""Serves an explore operator to Evolvent: a function that changes hyperparameters that a member has just inherited."""

import random
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ._hyperparameters import Hyperparameters
from ._numbers import plain_hyperparameters
from ._process import describe, ignore_interrupt, refuse_terminal
from ._wire import BadRequest, Wire, is_int, private_wire

VERSION = 1
"""Of the explore protocol."""

REQUESTS = ("start", "explore")


class Result(NamedTuple):
    """What a member published last. ``score`` is in the units of your metric, None where there is no valid one."""

    member: int
    interval: int
    step: int
    score: float | None
    hyperparameters: Hyperparameters


class Handover(NamedTuple):
    """Who copies whom, and all that there is to go by.

    ``space``: the domains by name, as the study file spells them
    (``{"float": [1e-5, 0.1], "scale": "log", "fixed": False}``). ``inherited``: what to begin from. ``own``: what the
    member used before. ``member`` and ``donor``: their latest results, None where nobody is copied, as when a member
    meets an equal. ``population``: the latest results from best to worst, 1000 at most. ``random``: draw from this and
    from nothing else, and the study can be derived again from its log.
    """

    space: dict[str, dict[str, Any]]
    inherited: Hyperparameters
    own: Hyperparameters
    member: Result | None
    donor: Result | None
    population: list[Result]
    random: random.Random


Proposal = Mapping[str, Any] | tuple[Mapping[str, Any], str]
"""Hyperparameters by name, all or those that change, alone or with a sentence that says why."""


def serve_explore(explore: Callable[[Handover], Proposal]) -> None:
    """Serve a function until Evolvent has had enough; to be called at the end of your program.

    It returns the hyperparameters to train with next, all or those that change, alone or with a sentence that says why.
    They must lie in the space; fixed ones stay. It must depend on its argument only: no memory, no clock, no other
    randomness than ``handover.random``.
    """
    refuse_terminal()
    ignore_interrupt()
    run(explore, private_wire(check))


def run(explore: Callable[[Handover], Proposal], wire: Wire) -> None:
    """Answer questions until they end."""
    while True:
        id = None
        try:
            request = wire.read()
            if request is None:
                return
            id = request["id"]
            if request["type"] == "start":
                wire.write("ok", id, version=VERSION, sdk="python")
            else:
                wire.write("ok", id, **_answer(explore(_handover(request))))
        except BadRequest as e:
            wire.write("error", id if e.id is None else e.id, message=str(e))
        except Exception as e:  # The user's code may raise anything; Evolvent decides what becomes of us.
            traceback.print_exc()
            wire.write("error", id, message=describe(e))
        sys.stdout.flush()


def check(request: Any) -> dict[str, Any]:
    """Return a request whose fields are there. Raises BadRequest."""
    if not isinstance(request, dict) or not is_int(request.get("id")):
        raise BadRequest(f"a request is {request!r:.80} but must be an object with an integer 'id'")
    id, kind = request["id"], request.get("type")
    if kind not in REQUESTS:
        raise BadRequest(f"unknown message type {kind!r:.80}; this program knows {', '.join(REQUESTS)}", id)
    if kind == "start" and VERSION not in (request.get("versions") or []):
        raise BadRequest(f"Evolvent speaks the versions {request.get('versions')!r:.80}, this program {VERSION}", id)
    if kind == "explore":
        for name, wanted in (("seed", int), ("space", dict), ("inherited", dict), ("own", dict)):
            if not isinstance(request.get(name), wanted):
                raise BadRequest(f"{name!r} is {request.get(name)!r:.80} but must be of type {wanted.__name__}", id)
    return request


def _handover(request: dict[str, Any]) -> Handover:
    return Handover(
        space=request["space"],
        inherited=Hyperparameters(request["inherited"]),
        own=Hyperparameters(request["own"]),
        member=_result(request.get("member")),
        donor=_result(request.get("donor")),
        population=[_known(point) for point in request.get("population", [])],
        random=random.Random(request["seed"]),
    )


def _result(point: dict[str, Any] | None) -> Result | None:
    return None if point is None else _known(point)


def _known(point: dict[str, Any]) -> Result:
    known = {name: point[name] for name in Result._fields}
    return Result(**{**known, "hyperparameters": Hyperparameters(point["hyperparameters"])})


def _answer(proposal: Proposal) -> dict[str, Any]:
    values, reason = proposal if isinstance(proposal, tuple) else (proposal, "")
    if not isinstance(values, Mapping):
        raise TypeError(f"the function returned {values!r:.200} but must return hyperparameters by name")
    answer: dict[str, Any] = {"hyperparameters": plain_hyperparameters(values)}
    if reason:
        answer["reason"] = str(reason)
    return answer
