"""Scripts for Ray Tune become study files by being read."""

import contextlib
import importlib.util
import io
import json
import os
import tempfile
import unittest
from typing import Any

import speaking  # noqa: F401  The package lies beside these tests.

from evolvent._from_ray import GAP, Script, main, study

SPEC = importlib.util.find_spec("ray")
EXAMPLES = os.path.join(os.path.dirname(SPEC.origin), "tune", "examples") if SPEC and SPEC.origin else ""

SCRIPT = """
import random
from ray import tune
from ray.tune.schedulers import PopulationBasedTraining

every = 4

class Mine(tune.Trainable):
    pass

raise RuntimeError("Who reads me must not run me.")

pbt = PopulationBasedTraining(
    time_attr="training_iteration",
    perturbation_interval=every,
    quantile_fraction=0.5,
    resample_probability=0.1,
    perturbation_factors=(1.5, 0.5),
    hyperparam_mutations={
        "lr": tune.loguniform(1e-4, 1e-1),
        "momentum": lambda: random.uniform(0.1, 0.9),
        "layers": tune.randint(1, 9),
        "units": tune.choice(["few", "many", "no"]),
        "batch": [16, 32],
        "odd": lambda: odd(),
    },
)
tuner = tune.Tuner(
    tune.with_resources(Mine, {"cpu": 1}),
    run_config=tune.RunConfig(stop={"training_iteration": 10 if quick else 1000, "loss": 0.01}),
    tune_config=tune.TuneConfig(metric="loss", mode="min", scheduler=pbt, num_samples=12),
    param_space={"lr": 0.01, "path": "data", "seed": given()},
)
"""


def read(text: str, directory: str = ".") -> dict[str, Any]:
    """Read a script called my_script.py that lies beside the directory where its study is to be."""
    with tempfile.TemporaryDirectory() as place:
        path = os.path.join(place, "my_script.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            main(path, os.path.join(place, directory))
        found: dict[str, Any] = json.loads(out.getvalue())
        return found


class FromRayTest(unittest.TestCase):
    maxDiff = None

    def test_literals_become_a_study_and_the_rest_is_named(self) -> None:
        found = read(SCRIPT)
        self.assertEqual(
            [
                "study: my-script",
                "trainer: {command: [python3, train.py]}",
                "space:",
                "  lr: {float: [0.0001, 0.1], scale: log}",
                "  momentum: {float: [0.1, 0.9]}",
                "  layers: {int: [1, 8]}",
                '  units: {choice: [few, many, "no"]}',
                "  batch: {choice: [16, 32], ordered: true}",
                '  odd: "?"',
                "objective: {metric: loss, goal: minimize}",
                "population: 12",
                "budget: {steps: 1000, target: 0.01}",
                "interval: {steps: 4}",
                (
                    "strategy: {exploit: {truncation: {fraction: 0.5}}, "
                    "explore: {perturb: {factors: [1.5, 0.5]}, resample: 0.1}}"
                ),
                "execution: {mode: asynchronous}",
            ],
            [line for line in found["study"].splitlines() if not line.startswith("#")],
        )
        self.assertEqual(
            [
                "space.odd: its range is computed: lambda: odd()",
                "'10 if quick else 1000' was taken for 1000",
                "train.py: config['seed'] is computed: given()",
            ],
            found["gaps"],
        )
        for gap in found["gaps"]:
            self.assertIn(gap, found["study"])

    def test_the_trainer_serves_what_the_script_trains(self) -> None:
        here = read(SCRIPT)["train"]
        self.assertLess(here.index("evolvent.stand_in_for_ray()"), here.index("from my_script import Mine"), here)
        self.assertIn("evolvent.serve(evolvent.ray_trainable(Mine, config={'path': 'data'}))", here)
        self.assertNotIn("sys.path", here)
        compile(here, "train.py", "exec")
        below = read(SCRIPT.replace("class Mine(tune.Trainable)", "def Mine(config)"), "mine")["train"]
        self.assertIn("os.path.abspath(__file__)), '..'))", below)
        self.assertIn("evolvent.ray_function(Mine", below)
        compile(below, "train.py", "exec")

    def test_what_ray_does_without_being_told_is_said(self) -> None:
        values, _ = study(Script("PopulationBasedTraining(hyperparam_mutations={'lr': [1, 2]})", "s.py"))
        self.assertEqual({"seconds": 60}, values["interval"])
        self.assertEqual({"truncation": {"fraction": 0.25}}, values["strategy"]["exploit"])
        self.assertEqual({"perturb": {"factors": [1.2, 0.8]}, "resample": 0.25}, values["strategy"]["explore"])
        self.assertEqual((GAP, GAP), (values["population"], values["budget"]["steps"]))
        self.assertEqual({"metric": GAP, "goal": GAP}, values["objective"])

    def test_a_script_without_a_scheduler_or_with_two_is_refused(self) -> None:
        for text, calls in (("", 0), ("PopulationBasedTraining()\n" * 2, 2)):
            with self.assertRaisesRegex(SystemExit, f"has {calls} calls of PopulationBasedTraining but must have one"):
                read(text)
        with self.assertRaisesRegex(SystemExit, "is no Python that this interpreter can read: .*line 1"):
            read("what is this?")

    @unittest.skipUnless(EXAMPLES, "NOT TESTED: the examples that Ray ships, which needs Python's ray")
    def test_the_examples_that_ray_ships(self) -> None:
        gaps = {
            "pbt_example": 0,
            "pbt_function": 0,
            "pbt_convnet_example": 1,
            "pbt_memnn_example": 1,
            "pbt_ppo_example": 1,
            "pbt_tune_cifar10_with_keras": 0,
        }
        for name, expected in gaps.items():
            with self.subTest(name), open(os.path.join(EXAMPLES, f"{name}.py"), encoding="utf-8") as file:
                values, _ = study(Script(file.read(), name))
                self.assertEqual(expected, json.dumps(values).count('"?"'))


if __name__ == "__main__":
    unittest.main()
