"""Runs the studies of the examples whose packages are here, shortened, and says which it left out and why.

By hand:

    python3 examples/test_examples.py
"""

import importlib.util
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from collections.abc import Callable
from typing import Any

EXAMPLES = os.path.dirname(os.path.abspath(__file__))
EVOLVENT = os.path.join(os.path.dirname(EXAMPLES), "bin", "evolvent")
PATIENCE_SECONDS = 600

LEFT_OUT: list[str] = []

RAY_SCRIPT = """
from ray import tune
from ray.tune.schedulers import PopulationBasedTraining


class Hill(tune.Trainable):
    def setup(self, config):
        self.height = 0.0
        self.speed = config["speed"]

    def step(self):
        self.height += self.speed
        return {"height": self.height}

    def save_checkpoint(self, directory):
        return {"height": self.height}

    def load_checkpoint(self, checkpoint):
        self.height = checkpoint["height"]

    def reset_config(self, new_config):
        self.speed = new_config["speed"]
        return True


if __name__ == "__main__":
    quick = False
    scheduler = PopulationBasedTraining(
        time_attr="training_iteration",
        perturbation_interval=2 if quick else 4,
        hyperparam_mutations={"speed": tune.uniform(0.1, 1.0)},
    )
    tune.Tuner(
        Hill,
        tune_config=tune.TuneConfig(metric="height", mode="max", scheduler=scheduler, num_samples=4),
        run_config=tune.RunConfig(stop={"training_iteration": 40}),
    ).fit()
"""

MULTI30K = os.environ.get("MULTI30K", os.path.join(EXAMPLES, "..", "..", "shared", "data", "multi30k"))

TIMES = "The same seed gives the same score, but the bytes of the checkpoint differ"


def needs(example: str, modules: str = "", program: str = "", file: str = "") -> Any:
    """Leave a test out when something that its example needs is not here; what has modules is installed by pip."""
    missing = [f"Python's {name}" for name in modules.split() if importlib.util.find_spec(name) is None]
    missing += [f"the program {name}" for name in program.split() if shutil.which(name) is None]
    missing += [name for name in file.split() if not os.path.exists(name)]
    if missing:
        LEFT_OUT.append(f"{example}, which needs {' and '.join(missing)}")
    return unittest.skipIf(missing, f"needs {' and '.join(missing)}")


class ExamplesTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="evolvent-examples-")
        self.addCleanup(directory.cleanup)
        self.place = directory.name

    def evolvent(self, *arguments: str, cwd: str | None = None) -> str:
        """Call the command, with this interpreter as python3, and return what it wrote to standard output."""
        path = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
        with subprocess.Popen(
            [EVOLVENT, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PATH": path},
            cwd=cwd or self.place,
        ) as command:
            try:
                out, err = command.communicate(timeout=PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                command.send_signal(signal.SIGTERM)  # It ends its trainers.
                out, err = command.communicate()
        self.assertEqual(0, command.returncode, out + err)
        return out

    def run_study(self, path: str, **settings: Any) -> dict[str, Any]:
        """Run a study with some settings replaced and return its summary.

        It runs in synchronous mode, so that it repeats, and without one failed attempt.
        """
        study = os.path.join(EXAMPLES, path)
        settings = {"execution__mode": "synchronous", **settings}
        run = self.evolvent("run", study, "--dir", os.path.join(self.place, "run"), "--json", *replaced(settings))
        summary: dict[str, Any] = json.loads(run.splitlines()[-1])
        self.assertEqual("done", summary["status"])
        self.assertEqual(0, summary["failures"])
        return summary

    def check(self, path: str, steps: int, **settings: Any) -> str:
        """Try a trainer, and return what is said; nothing may be worth a warning, but for bytes that hold the time."""
        found = self.evolvent("check", os.path.join(EXAMPLES, path), "--steps", str(steps), *replaced(settings))
        self.assertNotRegex(found.replace(f"warning  {TIMES}", ""), "WRONG|warning")
        self.assertIn("ok ", found)
        return found

    def try_alone(self, example: str, *arguments: str) -> str:
        """Try the trainer of an example without Evolvent, and return what is said of it."""
        return self.python(os.path.join(EXAMPLES, example, "train.py"), "--try", *arguments)

    def python(self, script: str, *arguments: str) -> str:
        """Run a script with the SDK, and return what it wrote to standard output."""
        sdk = os.path.join(os.path.dirname(EXAMPLES), "python")
        script_run = subprocess.run(
            [sys.executable, script, *arguments],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": sdk},
            timeout=PATIENCE_SECONDS,
        )
        self.assertEqual(0, script_run.returncode, script_run.stdout + script_run.stderr)
        return script_run.stdout

    @needs("fashion-mnist", modules="torch", file="/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")
    def test_fashion_mnist(self) -> None:
        self.check("fashion-mnist/study.yaml", steps=2)
        summary = self.run_study("fashion-mnist/study.yaml", population=4, budget__steps=20, interval__steps=5)
        self.assertGreater(summary["best"]["score"], 0.75)
        best = os.path.join(self.place, "run", "best", "checkpoint")
        tested = self.python(os.path.join(EXAMPLES, "fashion-mnist", "train.py"), "--test", best)
        self.assertIn("'accuracy': 0.", tested)

    @needs("gan", file="/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")
    def test_gan(self) -> None:
        short = {"baseline": "none", "population": 4, "budget__steps": 160, "interval__steps": 40}
        summary = self.run_study("gan/study.yaml", **short)
        self.assertGreater(summary["best"]["score"], 2.5)  # Noise is worth 1.
        best = os.path.join(self.place, "run", "best", "checkpoint")
        score = [os.path.join(EXAMPLES, "gan", "score"), "fashion-mnist", best]
        scored = subprocess.run(score, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        self.assertEqual(0, scored.returncode, scored.stderr)
        self.assertRegex(scored.stdout, r"real images +[789]\.")

    @needs("gymnasium", modules="torch gymnasium")
    def test_gymnasium(self) -> None:
        self.assertIn("random streams of their own", self.check("gymnasium/study.yaml", steps=1000))
        summary = self.run_study("gymnasium/study.yaml", population=4, budget__steps=10_000)
        self.assertEqual(0, summary["best"]["step"] % 512, "a rollout is not cut short")
        self.assertGreater(summary["best"]["score"], 100)  # A policy that guesses reaches about 20.

    @needs("atari", modules="torch ale_py")
    def test_atari(self) -> None:
        tried = self.try_alone("atari", "steps=32")
        self.assertRegex(tried, "ok +the restored object trains on exactly like the saved one")
        summary = self.run_study("atari/study.yaml", population=2, budget__steps=384, interval__steps=192)
        self.assertGreater(summary["best"]["score"], 0)  # Somebody hit a brick in a game that has ended.

    def test_ray_tune_without_ray(self) -> None:
        self.assertIn("random streams of their own", self.check("ray-tune/study.yaml", steps=5))
        self.assertLess(self.run_study("ray-tune/study.yaml", budget__steps=50)["best"]["score"], 0.3)

    @needs("ray-tune/benchmark, Ray's own example", modules="ray")
    def test_rays_own_example(self) -> None:
        self.check("ray-tune/benchmark.yaml", steps=5)
        summary = self.run_study("ray-tune/benchmark.yaml", budget__steps=200)
        self.assertGreater(summary["best"]["score"], 20)

    @needs("ray-tune/function, Ray's own example", modules="ray numpy")
    def test_rays_own_function(self) -> None:
        self.check("ray-tune/function.yaml", steps=5)
        summary = self.run_study("ray-tune/function.yaml", budget__steps=200)
        self.assertGreater(summary["best"]["score"], 20)

    @needs("a script for Ray Tune", modules="ray")
    def test_init_from_ray(self) -> None:
        with open(os.path.join(self.place, "hill.py"), "w") as script:
            script.write(RAY_SCRIPT)
        said = self.evolvent("init", "mine", "--from-ray", "hill.py")
        self.assertIn("Look at this: '2 if quick else 4' was taken for 4", said)
        study = os.path.join(self.place, "mine", "study.yaml")
        self.check(study, steps=2)
        self.assertGreater(self.run_study(study)["best"]["score"], 15)

    @needs("plain-command in C", program="cc")
    def test_plain_command_in_c(self) -> None:
        folder = os.path.join(self.place, "plain-command")
        shutil.copytree(os.path.join(EXAMPLES, "plain-command"), folder)
        subprocess.run(["cc", "-O2", "-o", "fit", "fit.c", "-lm"], cwd=folder, check=True, timeout=PATIENCE_SECONDS)
        study = os.path.join(folder, "study.yaml")
        self.check(study, steps=5)
        self.assertLess(self.run_study(study)["best"]["score"], 0.01)

    def test_plain_command_in_python(self) -> None:
        self.check("plain-command/moons.yaml", steps=20)
        script = os.path.join(EXAMPLES, "plain-command", "moons.py")
        models = []
        for more in ([], ["--resume", "0"], ["--resume", "0", "--reseed", "1"], ["--resume", "0", "--reseed", "2"]):
            directory = os.path.join(self.place, str(len(models)))
            os.mkdir(directory)
            arguments = [os.path.join(self.place, word) if word == "0" else word for word in more]
            self.python(script, "--steps", "20", "--save", directory, *arguments)
            with open(os.path.join(directory, "model.json")) as file:
                models.append(file.read())
        self.assertEqual(4, len(set(models)), "copies draw random numbers of their own")
        self.assertGreater(self.run_study("plain-command/moons.yaml", budget__steps=500)["best"]["score"], 0.9)

    def test_paper(self) -> None:
        command = [os.path.join(EXAMPLES, "paper", "run.py"), "schedules", "--short", "--dir", self.place]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as killed:
            assert killed.stdout is not None
            for line in killed.stdout:
                if "replay" in line:
                    break
            killed.kill()
        again = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertNotIn("1 of 6: ", again.stdout, "what has a result is not run again")
        self.assertIn("6 of 6: ", again.stdout)
        self.assertRegex(again.stdout, r"\| PBT's best model \| [89]")
        last = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        self.assertNotIn(" of 6: ", last.stdout)

    @needs("translation's BLEU against sacreBLEU", modules="sacrebleu")
    def test_bleu(self) -> None:
        """BLEU in Java is that of sacreBLEU, which is asked now, on cases that nobody has seen."""
        folder = os.path.join(EXAMPLES, "translation")
        seed = random.randrange(2**31)
        oracle = [sys.executable, os.path.join(folder, "oracle.py"), str(seed), "400"]
        cases = subprocess.run(oracle, capture_output=True, text=True, check=True, timeout=PATIENCE_SECONDS).stdout
        translations, references = [], []
        for case in map(json.loads, cases.splitlines()):
            for translation, reference in zip(case["translations"], case["references"], strict=True):
                if "\n" not in translation + reference:  # These are lines of files.
                    translations.append(translation)
                    references.append(reference)
        files = [os.path.join(self.place, name) for name in ("translations", "references")]
        for file, lines in zip(files, (translations, references), strict=True):
            with open(file, "w", encoding="utf-8", newline="") as out:
                out.write("".join(line + "\n" for line in lines))
        bleu = subprocess.run(
            [os.path.join(folder, "bleu"), *files], capture_output=True, text=True, timeout=PATIENCE_SECONDS
        )
        sacrebleu = importlib.import_module("sacrebleu").corpus_bleu(translations, [references], force=True).score
        self.assertEqual(f"{sacrebleu:.6f}\n", bleu.stdout, f"seed {seed}: {bleu.stderr}")

    @needs("translation", file=os.path.join(MULTI30K, "train.en.gz"))
    def test_translation(self) -> None:
        good = "{learning_rate: 0.003, attention_dropout: 0.05, layer_dropout: 0.1, activation_dropout: 0.05}"
        short = {"baseline": "none", "population": 2, "budget__steps": 240, "interval__steps": 80}
        summary = self.run_study("translation/study.yaml", initial=f"[{good}]", **short)
        self.assertGreater(summary["best"]["score"], 5)  # BLEU, after 40 seconds of training.
        self.assertGreater(summary["exploits"], 0)

    @needs("pytorch", modules="torch")
    def test_pytorch(self) -> None:
        self.check("pytorch/study.yaml", steps=1)
        self.assertGreater(self.run_study("pytorch/study.yaml", budget__steps=8)["best"]["score"], 0.9)

    @needs("transformers", modules="torch transformers accelerate")
    def test_transformers(self) -> None:
        # Its checkpoints hold times.
        self.check("transformers/study.yaml", steps=40, objective__metric="eval_loss", objective__goal="minimize")
        self.assertGreater(self.run_study("transformers/study.yaml", budget__steps=160)["best"]["score"], 0.75)

    @needs("lightning", modules="torch lightning")
    def test_lightning(self) -> None:
        self.check("lightning/study.yaml", steps=20)
        self.assertGreater(self.run_study("lightning/study.yaml", budget__steps=160)["best"]["score"], 0.9)

    @needs("torchrun", modules="torch", program="torchrun")
    def test_torchrun(self) -> None:
        """Ranks die as a whole, with one of them or with the driver, and the study loses nothing."""
        folder = os.path.join(self.place, "torchrun")
        shutil.copytree(os.path.join(EXAMPLES, "torchrun"), folder)
        study, run = os.path.join(folder, "study.yaml"), os.path.join(self.place, "run")
        self.check(study, steps=10)
        start = [EVOLVENT, "run", study, "--dir", run, "--set", "budget.steps=160"]
        with subprocess.Popen(start, stdout=subprocess.DEVNULL) as driver:
            killed = max(wait_for(lambda: ranks(folder), 2))
            os.kill(killed, signal.SIGKILL)
            self.assertNotIn(killed, wait_for(lambda: ranks(folder) - {killed}, 2))
            os.kill(driver.pid, signal.SIGKILL)
        wait_for(lambda: ranks(folder), 0)
        summary = json.loads(self.evolvent("resume", run, "--json").splitlines()[-1])
        self.assertEqual("done", summary["status"])
        self.assertGreater(summary["exploits"], 0)
        # A rank that dies before its program has started is nobody's failure.
        self.assertGreater(summary["failures"] + summary["lost_attempts"], 0)
        self.assertGreater(summary["best"]["score"], 0.9)
        self.assertEqual(set(), ranks(folder))


def replaced(settings: dict[str, Any]) -> list[str]:
    """Return the options that replace settings of a study file."""
    return [word for name, value in settings.items() for word in ("--set", f"{name.replace('__', '.')}={value}")]


def ranks(folder: str) -> set[int]:
    """Return the processes that a launcher started in a folder."""
    found = set()
    for process in filter(str.isdecimal, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/environ", "rb") as environment:
                is_rank = b"\0LOCAL_RANK=" in environment.read()
            if is_rank and os.readlink(f"/proc/{process}/cwd") == folder:
                found.add(int(process))
        except OSError:
            pass  # It has ended, or is somebody else's.
    return found


def wait_for(look: Callable[[], set[int]], count: int) -> set[int]:
    """Wait until there are so many processes, and return them."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(look()) != count:
        if time.monotonic() > deadline:
            raise TimeoutError(f"there are {look()} and not {count} processes")
        time.sleep(0.1)
    return look()


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=2).result
    print(
        f"Examples: {result.testsRun - len(result.skipped)} ran, {len(LEFT_OUT)} left out" + (":" if LEFT_OUT else "")
    )
    for example in LEFT_OUT:
        print(f"  {example}")
    sys.exit(not result.wasSuccessful())
