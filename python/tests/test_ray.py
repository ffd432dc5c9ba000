"""Ray Tune class trainables run as they are, with Ray and without."""

import contextlib
import importlib
import importlib.util
import io
import os
import random
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
from typing import Any, ClassVar

import speaking

import evolvent
from evolvent._serve import Server
from evolvent._wire import Wire

SPEC = importlib.util.find_spec("ray")
HAS_RAY = SPEC is not None and SPEC.origin is not None  # A stand-in has no file.


def serving(trainable: Any, **options: Any) -> Server:
    return Server(evolvent.ray_trainable(trainable, **options), Wire(io.BytesIO(), io.BytesIO()))


def train(server: Server, steps: int = 1) -> dict[str, float]:
    metrics: dict[str, float] = server._train({"id": 1, "steps": steps})["metrics"]
    return metrics


class Careless:
    """Inherits from nothing, draws from the global generator, and loses its weights in reset_config, as many do."""

    made: ClassVar[list["Careless"]] = []

    def setup(self, config: dict[str, Any]) -> None:
        self.rate = config["rate"]
        self.given = config
        self.total = 0.0
        Careless.made.append(self)

    def step(self) -> dict[str, Any]:
        self.total += self.rate * random.random()
        return {"total": self.total, "eval": {"half": self.total / 2, "text": "-"}, "done": True}

    def save_checkpoint(self, checkpoint_dir: str) -> dict[str, Any]:
        return {"total": self.total}

    def load_checkpoint(self, checkpoint: dict[str, Any]) -> None:
        self.total = checkpoint["total"]

    def reset_config(self, new_config: dict[str, Any]) -> bool:
        self.setup(new_config)
        return True


class ContractTest(unittest.TestCase):
    def setUp(self) -> None:
        Careless.made = []
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.checkpoint = directory.name

    def saved(self, rate: float, seed: int = 3) -> Server:
        server = serving(Careless)
        server._create({"hyperparameters": {"rate": rate}, "seed": seed})
        train(server)
        server._save({"directory": self.checkpoint})
        return server

    def restore(self, server: Server, rate: float, seed: int = 4) -> None:
        request = {"hyperparameters": {"rate": rate}, "seed": seed, "directory": self.checkpoint, "step": 1}
        self.assertEqual(1, server._restore(request)["step"])

    def test_metrics_are_flat_numbers_without_rays_done(self) -> None:
        self.assertEqual({"total", "eval/half"}, train(self.saved(1.0)).keys())

    def test_an_interval_may_have_a_time(self) -> None:
        for seconds, steps in ((0.0, 1), (3600.0, 5)):
            server = serving(Careless)
            server._create({"seed": 3, "hyperparameters": {"rate": 2.0}})
            self.assertEqual(steps, server._train({"id": 1, "steps": 5, "seconds": seconds})["step"])

    def test_a_reset_that_loses_the_weights_loses_nothing(self) -> None:
        server = self.saved(1.0)
        total = Careless.made[-1].total
        server._apply({"hyperparameters": {"rate": 0.0}})
        self.assertEqual(total, train(server)["total"])
        self.restore(server, rate=0.0)
        self.assertEqual(total, train(server)["total"])
        self.assertEqual(1, len(set(map(id, Careless.made))), "one object served all")

    def test_an_object_without_reset_is_made_anew_with_its_weights(self) -> None:
        server = self.saved(1.0)
        total = Careless.made[-1].total
        with unittest.mock.patch.object(Careless, "reset_config", lambda self, config: False):
            server._apply({"hyperparameters": {"rate": 0.0}})
        self.assertEqual(total, train(server)["total"])
        self.assertEqual(2, len(set(map(id, Careless.made))))

    def test_going_on_equals_restoring_in_another_object_whatever_was_drawn_before(self) -> None:
        server = self.saved(1.0)
        going_on = train(server, 3)
        other = serving(Careless)
        other._create({"hyperparameters": {"rate": 7.0}, "seed": 99})
        train(other, 5)
        self.restore(other, rate=1.0)
        self.assertEqual(going_on, train(other, 3))

    def test_seeds_differ(self) -> None:
        self.assertNotEqual(train(self.saved(1.0, seed=3)), train(self.saved(1.0, seed=5)))

    def test_the_configuration_holds_constants_and_the_seed(self) -> None:
        server = serving(Careless, config={"data": "here"})
        server._create({"hyperparameters": {"rate": 1.0}, "seed": 3})
        self.assertEqual({"rate": 1.0, "data": "here", "seed": 3}, Careless.made[-1].given)
        server = serving(Careless, seed_key=None)
        server._create({"hyperparameters": {"rate": 1.0}, "seed": 3})
        self.assertEqual({"rate": 1.0}, Careless.made[-1].given)

    def test_names_with_dots_lie_within(self) -> None:
        server = serving(Careless, config={"optimizer": {"name": "sgd"}})
        server._create({"hyperparameters": {"rate": 1.0, "optimizer.lr": 0.1, "net.layers": 2}, "seed": 3})
        given = Careless.made[-1].given
        self.assertEqual({"name": "sgd", "lr": 0.1}, given["optimizer"])
        self.assertEqual({"layers": 2}, given["net"])

    def test_a_checkpoint_elsewhere_is_refused(self) -> None:
        server = self.saved(1.0)
        elsewhere = unittest.mock.patch.object(
            Careless, "save_checkpoint", lambda self, directory: directory + "/model"
        )
        with elsewhere, self.assertRaisesRegex(ValueError, "model' but must return a dict, nothing, or the directory"):
            server._save({"directory": self.checkpoint})


SCRIPT = """
import evolvent
evolvent.stand_in_for_ray()
import ray
from ray import air, tune
from ray.tune.schedulers import PopulationBasedTraining
from ray.tune.utils import validate_save_restore
class Patience(tune.Stopper): pass
class Mine(tune.Trainable):
    def setup(self, config): self.seen = config
    def step(self): return {"iteration": self.iteration, "same": self.training_iteration, "rate": self.seen["rate"]}
trainer = evolvent.ray_trainable(Mine)()
trainer.create({"rate": 2.0}, 3)
print(dict(trainer.train(3).metrics))
for use in (ray.init, PopulationBasedTraining, Patience, lambda: validate_save_restore(Mine)):
    try:
        use()
    except RuntimeError as e:
        print(str(e).splitlines()[0])
"""


class WithoutRayTest(unittest.TestCase):
    """In a process of its own that cannot see Ray, even where it is installed."""

    def run_alone(self, code: str) -> str:
        hide = "import sys, importlib.machinery as m; find = m.PathFinder.find_spec\n"
        hide += (
            "m.PathFinder.find_spec = lambda name, *more: None if name.split('.')[0] == 'ray' else find(name, *more)\n"
        )
        environment = {**os.environ, "PYTHONPATH": os.path.join(speaking.ROOT, "python")}
        done = subprocess.run(
            [sys.executable, "-c", hide + code],
            capture_output=True,
            text=True,
            env=environment,
            timeout=speaking.PATIENCE_SECONDS,
        )
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def test_what_people_import_can_be_imported_and_says_so_when_used(self) -> None:
        lines = self.run_alone(SCRIPT).splitlines()
        self.assertEqual("{'iteration': 2.0, 'same': 2.0, 'rate': 2.0}", lines[0])
        used = ["ray.init", "ray.tune.schedulers.PopulationBasedTraining", "__main__.Patience"]
        for name, line in zip([*used, "ray.tune.utils.validate_save_restore"], lines[1:]):
            self.assertEqual(f"{name} is used, but Ray is not installed", line.split(":")[0])
        self.assertEqual(5, len(lines))


@unittest.skipUnless(HAS_RAY, "Ray is not installed")
class RaysOwnExampleTest(unittest.TestCase):
    """The PBT example that Ray ships, out of Ray's package."""

    def setUp(self) -> None:
        self.trainable = importlib.import_module("ray.tune.examples.pbt_example").PBTBenchmarkExample
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.checkpoint = directory.name

    def start(self) -> Server:
        server = serving(self.trainable)
        server._create({"hyperparameters": {"lr": 0.001}, "seed": 3})
        self.addCleanup(lambda: server._current().close())
        return server

    def test_it_trains_saves_restores_and_takes_other_hyperparameters(self) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            server = self.start()
            first = train(server, 200)
            self.assertEqual(0.001, first["cur_lr"])
            self.assertGreater(first["mean_accuracy"], 0)
            server._save({"directory": self.checkpoint})
            going_on = train(server, 5)
            other = self.start()
            restore = {"hyperparameters": {"lr": 0.001}, "seed": 4, "directory": self.checkpoint, "step": 200}
            self.assertEqual(200, other._restore(restore)["step"])
            self.assertEqual(going_on, train(other, 5))
            self.assertEqual(204, self.count(other), "the last step saw 204 before it")
            other._apply({"hyperparameters": {"lr": 0.002}})
            self.assertEqual(0.002, train(other)["cur_lr"])

    def count(self, server: Server) -> int:
        trainer: Any = server._current()
        return int(trainer._object.training_iteration)


if __name__ == "__main__":
    unittest.main()
