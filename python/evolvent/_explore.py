"""Serves an explore operator to Evolvent: a function that changes hyperparameters that a member has just inherited."""

import random
import sys
import traceback
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Tuple, Union

from ._serve import _describe, _value, ignore_interrupt, refuse_terminal
from ._trainer import Value
from ._wire import VERSION, BadRequest, Wire, private_wire

REQUESTS = ("start", "explore")


class Result(NamedTuple):
    """What a member published last. ``score`` is in the units of your metric, None where there is no valid one."""

    member: int
    interval: int
    step: int
    score: Optional[float]
    hyperparameters: Dict[str, Value]


class Handover(NamedTuple):
    """Who copies whom, and all that there is to go by.

    ``space``: the domains by name, as the study file spells them (``{"float": [1e-5, 0.1], "scale": "log", "fixed": False}``).
    ``inherited``: what to begin from. ``own``: what the member used before. ``member`` and ``donor``: their latest results,
    None in strategies that explore without a copy. ``population``: the latest results from best to worst, 1000 at most.
    ``random``: draw from this and from nothing else, and the study can be derived again from its log.
    """

    space: Dict[str, Dict[str, Any]]
    inherited: Dict[str, Value]
    own: Dict[str, Value]
    member: Optional[Result]
    donor: Optional[Result]
    population: List[Result]
    random: random.Random


Proposal = Union[Mapping[str, Any], Tuple[Mapping[str, Any], str]]


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
            wire.write("error", id, message=_describe(e))
        sys.stdout.flush()


def check(request: Any) -> Dict[str, Any]:
    """Return a request whose fields are there. Raises BadRequest."""
    id = request.get("id") if isinstance(request, dict) else None
    if not isinstance(id, int) or isinstance(id, bool):
        raise BadRequest(f"a request is {request!r:.80} but must be an object with an integer 'id'")
    kind = request.get("type")
    if kind not in REQUESTS:
        raise BadRequest(f"unknown message type {kind!r:.80}; this program knows {', '.join(REQUESTS)}", id)
    if kind == "start" and VERSION not in (request.get("versions") or []):
        raise BadRequest(f"Evolvent speaks the versions {request.get('versions')!r:.80}, this program {VERSION}", id)
    if kind == "explore":
        for name, wanted in (("seed", int), ("space", dict), ("inherited", dict), ("own", dict)):
            if not isinstance(request.get(name), wanted):
                raise BadRequest(f"{name!r} is {request.get(name)!r:.80} but must be of type {wanted.__name__}", id)
    return request


def _handover(request: Dict[str, Any]) -> Handover:
    return Handover(
        space=request["space"],
        inherited=request["inherited"],
        own=request["own"],
        member=_result(request.get("member")),
        donor=_result(request.get("donor")),
        population=[_known(point) for point in request.get("population", [])],
        random=random.Random(request["seed"]),
    )


def _result(point: Optional[Dict[str, Any]]) -> Optional[Result]:
    return None if point is None else _known(point)


def _known(point: Dict[str, Any]) -> Result:
    return Result(*(point[name] for name in Result._fields))


def _answer(proposal: Proposal) -> Dict[str, Any]:
    values, reason = proposal if isinstance(proposal, tuple) else (proposal, "")
    if not isinstance(values, Mapping):
        raise TypeError(f"the function returned {values!r:.200} but must return hyperparameters by name")
    answer: Dict[str, Any] = {"hyperparameters": {name: _value(name, value) for name, value in values.items()}}
    if reason:
        answer["reason"] = str(reason)
    return answer
