"""Reads a script for Ray Tune's PBT, for ``evolvent init --from-ray``: ``python3 -m evolvent._from_ray SCRIPT DIR``.

The script is parsed and never run. What it says in literals becomes a study file; what it computes is named.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

GAP = "?"
"""Stands in a study file for what could not be read; no study begins with one."""

RANGES = {
    "uniform": ("float", None),
    "quniform": ("float", None),
    "loguniform": ("float", "log"),
    "qloguniform": ("float", "log"),
    "randint": ("int", None),
    "qrandint": ("int", None),
    "randrange": ("int", None),
    "lograndint": ("int", "log"),
}
"""Functions of ``tune``, ``random`` and ``numpy.random`` that draw from a range, by name."""

EXCLUSIVE = {"tune.randint", "tune.lograndint", "np.random.randint", "numpy.random.randint", "random.randrange"}
"""Those whose upper end is never drawn."""


WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
"""What YAML, of one version or another, does not take for text."""


class Unreadable(Exception):
    """An expression says what only a run of the script would tell."""


class Script:
    """What a script says, in literals."""

    def __init__(self, text: str, name: str) -> None:
        try:
            self.tree = ast.parse(text, name)
        except SyntaxError as e:
            raise SystemExit(f"{name} is no Python that this interpreter can read: {e}") from None
        self.gaps: list[str] = []
        self._values: dict[str, list[ast.expr]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                self._values.setdefault(node.targets[0].id, []).append(node.value)

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """The calls of functions with these names, wherever they are from."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in names:
                yield node

    def meant(self, node: ast.expr) -> ast.expr:
        """What a name stands for, if it is assigned once; of ``a if quick else b``, what is not for a quick test."""
        if isinstance(node, ast.Name) and len(self._values.get(node.id, [])) == 1:
            return self.meant(self._values[node.id][0])
        if isinstance(node, ast.IfExp):
            self.gaps.append(f"'{ast.unparse(node)}' was taken for {ast.unparse(node.orelse)}")
            return self.meant(node.orelse)
        return node

    def literal(self, node: ast.expr) -> Any:
        """The value of a literal, or of a name that stands for one."""
        try:
            return ast.literal_eval(self.meant(node))
        except ValueError:
            raise Unreadable(ast.unparse(node)) from None

    def items(self, node: ast.expr | None) -> Iterator[tuple[str, ast.expr]]:
        """The keys and values of a dictionary that is written out, whose keys are texts."""
        if node is not None:
            meant = self.meant(node)
            if isinstance(meant, ast.Dict):
                for key, value in zip(meant.keys, meant.values, strict=True):
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        yield key.value, value


def dotted(node: ast.expr) -> str:
    """``np.random.uniform`` of such an expression, and "" of others."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def argument(call: ast.Call, name: str) -> ast.expr | None:
    """An argument of a call that is given by name."""
    return next((each.value for each in call.keywords if each.arg == name), None)


def domain(script: Script, node: ast.expr) -> dict[str, Any]:
    """What a hyperparameter may be, as a study file says it, or an error that names the expression."""
    meant = script.meant(node)
    drawn = meant.body if isinstance(meant, ast.Lambda) else meant
    if isinstance(drawn, ast.List):
        return {"choice": script.literal(drawn), "ordered": True}
    name = dotted(drawn.func) if isinstance(drawn, ast.Call) else ""
    kind = name.split(".")[-1]
    if isinstance(drawn, ast.Call) and kind == "choice" and drawn.args:
        return {"choice": script.literal(drawn.args[0])}
    if not isinstance(drawn, ast.Call) or kind not in RANGES or len(drawn.args) < 2:
        raise Unreadable(ast.unparse(node))
    low, high = sorted(script.literal(end) for end in drawn.args[:2])
    word, scale = RANGES[kind]
    if word == "float":
        low, high = float(low), float(high)
    elif name in EXCLUSIVE:
        high -= 1
    return {word: [low, high], **({"scale": scale} if scale else {})}


def study(script: Script) -> tuple[dict[str, Any], dict[str, Any]]:
    """A study file's values, in their order, and what trials have in common, for the trainer.

    Raises SystemExit where there is no scheduler, or several.
    """
    schedulers = list(script.calls("PopulationBasedTraining"))
    if len(schedulers) != 1:
        raise SystemExit(
            f"The script has {len(schedulers)} calls of PopulationBasedTraining but must have one.\n"
            "Maybe it is in another file? What maps to what is in the cookbook, under Ray Tune."
        )
    said = Said(script, schedulers[0])
    space: dict[str, Any] = {}
    for name, node in script.items(argument(schedulers[0], "hyperparam_mutations")):
        try:
            space[name] = domain(script, node)
        except (Unreadable, TypeError) as e:
            space[name] = said.gap(f"space.{name}", f"its range is computed: {e}")
    if not space:
        space[GAP] = said.gap("space", "hyperparam_mutations is missing, or computed")
    constants = {name: node for name, node in said.trials() if name not in space}
    return said.values(space), constants


class Said:
    """What the scheduler, the tuner and its parts say."""

    def __init__(self, script: Script, scheduler: ast.Call) -> None:
        self._script = script
        self._calls = [scheduler, *script.calls("TuneConfig", "RunConfig", "Tuner", "run", "hyperparameter_search")]

    def gap(self, key: str, why: str) -> str:
        """Names what is left to people, and returns what stands in its place."""
        self._script.gaps.append(f"{key}: {why}")
        return GAP

    def node(self, name: str) -> ast.expr | None:
        """An argument of that name, the first there is."""
        return next((node for call in self._calls if (node := argument(call, name)) is not None), None)

    def value(self, name: str, key: str, otherwise: Any = None) -> Any:
        """A literal of that name; without one, what Ray does."""
        node = self.node(name)
        if node is None:
            return otherwise if otherwise is not None else self.gap(key, f"the script has no {name}")
        try:
            return self._script.literal(node)
        except Unreadable as e:
            return self.gap(key, f"{name} is computed: {e}")

    def trials(self) -> Iterator[tuple[str, ast.expr]]:
        """What trials begin with."""
        yield from self._script.items(self.node("param_space") or self.node("config"))

    def values(self, space: dict[str, Any]) -> dict[str, Any]:
        """All of a study file but its trainer."""
        metric = self.value("metric", "objective.metric")
        seconds = self.value("time_attr", "interval", "time_total_s") == "time_total_s"
        every = self.value("perturbation_interval", "interval", 60)
        explore = {
            "perturb": {"factors": list(self.value("perturbation_factors", "strategy.explore", (1.2, 0.8)))},
            "resample": self.value("resample_probability", "strategy.explore", 0.25),
        }
        quantile = self.value("quantile_fraction", "strategy.exploit", 0.25)
        if self.node("custom_explore_fn") is not None:
            self.gap("strategy.explore.then", "custom_explore_fn: docs/exploring-in-any-language.md")
        return {
            "space": space,
            "objective": {
                "metric": metric,
                "goal": {"max": "maximize", "min": "minimize"}.get(self.value("mode", "objective.goal"), GAP),
            },
            "population": self.value("num_samples", "population"),
            "budget": self.budget(metric),
            "interval": {"seconds" if seconds else "steps": every},
            "strategy": {"exploit": {"truncation": {"fraction": quantile}}, "explore": explore},
            "execution": {"mode": "synchronous" if self.value("synch", "execution.mode", False) else "asynchronous"},
        }

    def budget(self, metric: Any) -> dict[str, Any]:
        """When it ends: by a number of iterations, and by a score."""
        budget: dict[str, Any] = {}
        for name, node in self._script.items(self.node("stop")):
            try:
                if name == "training_iteration":
                    budget["steps"] = self._script.literal(node)
                elif name == metric:
                    budget["target"] = self._script.literal(node)
            except Unreadable as e:
                self.gap("budget", f"{name} is computed: {e}")
        if "steps" not in budget:
            budget = {"steps": self.gap("budget.steps", "no number of training iterations ends the trials"), **budget}
        return budget


def trainer(script: Script, module: str, constants: dict[str, ast.expr], place: str) -> str:
    """A program that serves what the script trains."""
    trained = ""
    for call in script.calls("Tuner", "run"):
        first = call.args[0] if call.args else argument(call, "trainable")
        while isinstance(first, ast.Call) and first.args:  # tune.with_resources(Mine, ...)
            first = first.args[0]
        trained = trained or dotted(first) if first is not None else trained
    kind = next(
        (
            "ray_trainable" if isinstance(node, ast.ClassDef) else "ray_function"
            for node in script.tree.body
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == trained
        ),
        "",
    )
    if not kind:
        script.gaps.append("train.py: what is trained is no class or function of the script; say there what to serve")
        trained, kind = trained or "Mine", "ray_trainable"
    config: dict[str, Any] = {}
    for name, node in constants.items():
        try:
            config[name] = script.literal(node)
        except Unreadable as e:
            script.gaps.append(f"train.py: config[{name!r}] is computed: {e}")
    path = f"sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), {place!r}))\n"
    return (
        f'"""Serves {trained} of {module}.py, unchanged, to Evolvent."""\n\n'
        + ("" if place == "." else "import os\nimport sys\n\n")
        + "import evolvent\n\nevolvent.stand_in_for_ray()  # Does nothing where Ray is installed.\n"
        + ("" if place == "." else path)
        + f"\nfrom {module} import {trained}  # noqa: E402\n\n"
        + f'if __name__ == "__main__":\n    evolvent.serve(evolvent.{kind}({trained}'
        + (f", config={config!r}" if config else "")
        + "))\n"
    )


def yaml(values: dict[str, Any], gaps: list[str], name: str) -> str:
    """A study file; JSON is YAML."""
    lines = [f"# From {name}, which was read and not run. What maps to what: docs/cookbook.md, under Ray Tune."]
    lines += [f"# Look at this: {gap}" for gap in gaps]
    for key, value in values.items():
        if key == "space":
            lines += ["space:", *(f"  {flow(each)}: {flow(domain)}" for each, domain in value.items())]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "\n".join(lines) + "\n"


def flow(value: Any) -> str:
    """A value in YAML, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z][\w./-]*", value) and value.lower() not in WORDS:
        return value
    return json.dumps(value)


def main(script_path: str, directory: str) -> None:
    """Prints the study file, the trainer, and what is left to people, as JSON."""
    with open(script_path, encoding="utf-8") as file:
        script = Script(file.read(), script_path)
    values, constants = study(script)
    module = os.path.splitext(os.path.basename(script_path))[0]
    place = os.path.relpath(os.path.dirname(os.path.abspath(script_path)), os.path.abspath(directory))
    program = trainer(script, module, constants, place)
    begun = {"study": re.sub(r"[^A-Za-z0-9]+", "-", module).strip("-"), "trainer": {"command": ["python3", "train.py"]}}
    gaps = list(dict.fromkeys(script.gaps))
    print(
        json.dumps(
            {"study": yaml({**begun, **values}, gaps, os.path.basename(script_path)), "train": program, "gaps": gaps}
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
