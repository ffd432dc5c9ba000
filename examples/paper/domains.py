"""The paper's three domains: what trains, on what, and what judges the models that were selected."""

import dataclasses
import pathlib
import subprocess
from collections.abc import Sequence

import jobs


@dataclasses.dataclass(frozen=True)
class Domain:
    """A study and what judges its best models, on data that has selected nothing.

    example: a directory below examples/
    data: arguments of its trainer
    settings: of the study, beside those of its file
    short: settings that make it a study of a minute
    seconds: how long a study with its baseline takes, at a guess
    judge: returns metrics of a checkpoint
    """

    example: str
    data: Sequence[str]
    settings: Sequence[str]
    short: Sequence[str]
    seconds: float
    judge: jobs.Judge

    def missing(self) -> str | None:
        """Return what the trainer says where it finds no data; it is started and asked for nothing."""
        trainer = [_program(self.example, "train"), *self.data]
        ended = subprocess.run(trainer, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        return None if ended.returncode == 0 else ended.stderr.strip()

    def study(self, seed: int, short: bool) -> jobs.Job:
        """Return the job of a study with its baseline, and with what the judge says of both best models."""
        name = "/".join([self.example, *self.data, "short" if short else "whole"])
        trainer = ", ".join(["./train", *self.data])
        settings = [f"trainer.command=[{trainer}]", *self.settings, *(self.short if short else [])]
        file = f"examples/{self.example}/study.yaml"
        return jobs.study(name, file, seed, settings, self.seconds, self.judge)


def _program(example: str, name: str) -> pathlib.Path:
    return jobs.ROOT / "examples" / example / name


def _lines(*command: object) -> list[list[str]]:
    said = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True, check=True).stdout
    return [line.split() for line in said.splitlines()]


def _fresh_episodes(checkpoint: pathlib.Path) -> dict[str, float]:
    """Let a policy play 1,000 episodes: a line `CHECKPOINT MEAN ± ERROR`."""
    *_, mean, _, _ = _lines(_program("arcade", "evaluate"), 1000, checkpoint)[-1]
    return {"fresh_return": float(mean)}


def _fresh_images(data: str) -> jobs.Judge:
    """Score 10,000 images of latents that no study has seen: a line `CHECKPOINT SCORE ± DEVIATION DISTANCE`."""

    def judge(checkpoint: pathlib.Path) -> dict[str, float]:
        *_, score, _, _, distance = _lines(_program("gan", "score"), data, checkpoint)[-1]
        return {"fresh_inception_score": float(score), "fresh_frechet_distance": float(distance)}

    return judge


def _test_sets(checkpoint: pathlib.Path) -> dict[str, float]:
    """Translate sentences that have selected nothing: lines `SET BLEU`."""
    return {part: float(bleu) for part, bleu in _lines(_program("translation", "translate"), checkpoint)}


def arcade(game: str) -> Domain:
    """Return PPO in one of the arcade games."""
    short = ["population=4", "budget.steps=32768"]
    return Domain("arcade", [game], [], short, 300, _fresh_episodes)


def gan(data: str) -> Domain:
    """Return DCGAN on `fashion-mnist` or `mnist`."""
    short = ["population=4", "budget.steps=160", "interval.steps=40"]
    return Domain("gan", [data], [], short, 3000, _fresh_images(data))


def translation() -> Domain:
    """Return the Transformer on Multi30k."""
    short = ["population=4", "budget.steps=200", "interval.steps=50"]
    return Domain("translation", [], [], short, 6000, _test_sets)
