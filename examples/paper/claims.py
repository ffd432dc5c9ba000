"""The paper's claims, each with the studies that test it."""

import json
import pathlib
import statistics
import subprocess
from collections.abc import Callable, Sequence

import domains
import jobs
import tables

GAMES = ("space_invaders", "breakout", "freeway", "asterix", "seaquest")
IMAGES = ("fashion-mnist", "mnist")
LESS = "less is better"
TEXTS = ("test_2016_flickr", "test_2017_flickr", "test_2017_mscoco")
NAMES = (
    "figure-2",
    "digits",
    "population",
    "exploiters",
    "copying",
    "schedules",
    *GAMES,
    *IMAGES,
    "translation",
)

DIGITS = "examples/digits/study.yaml"
DIGITS_SECONDS = 12.0


class Claim:
    """Something that the paper says."""

    name: str

    def missing(self) -> str | None:
        """Return what its studies need that is not here."""
        return None

    def studies(self) -> list[jobs.Job]:
        raise NotImplementedError

    def table(self, place: jobs.Place) -> list[str]:
        """Return a table of the results that are there, as Markdown."""
        raise NotImplementedError

    def pictured(self) -> jobs.Job | None:
        """Return the job whose family tree is drawn."""
        return None


class Figure2(Claim):
    """Without exploit, or without explore, the toy problem is not solved."""

    name = "figure-2"

    def studies(self) -> list[jobs.Job]:
        return [jobs.Job("toy/figure-2", 60, self._work)]

    def _work(self, run: pathlib.Path) -> jobs.Result:
        build = "mvn -B -q -pl examples/toy -am -P !checks -Dmaven.test.skip=true package"
        subprocess.run(build.split(), cwd=jobs.ROOT, check=True)
        target = jobs.ROOT / "examples" / "toy" / "target"
        java = ["java", "-cp", f"{target}/classes:{target}/lib/*", "org.evolvent.examples.toy.Figure2"]
        said = subprocess.run(java, stdout=subprocess.PIPE, text=True, check=True).stdout
        return {"table": [line for line in said.splitlines() if line.startswith("|")]}

    def table(self, place: jobs.Place) -> list[str]:
        return [line for job in self.studies() for line in (place.result(job) or {"table": []})["table"]]


class Versus(Claim):
    """PBT finds a better model than random search with the same budget, here on data that has selected nothing.

    tests: metrics of the best models that have selected nothing, by what tables call them
    scale: what numbers are multiplied by in tables
    needs: says what the studies need that is not here
    """

    def __init__(
        self,
        name: str,
        study: Callable[[int], jobs.Job],
        seeds: int,
        tests: dict[str, str],
        scale: float = 1,
        needs: Callable[[], str | None] = lambda: None,
    ) -> None:
        self.name = name
        self._study = study
        self._seeds = seeds
        self._tests = tests
        self._scale = scale
        self._needs = needs

    def missing(self) -> str | None:
        return self._needs()

    def studies(self) -> list[jobs.Job]:
        return [self._study(seed) for seed in range(1, self._seeds + 1)]

    def table(self, place: jobs.Place) -> list[str]:
        results = _results(place, self.studies())
        rows = [self._row("selected by", results, _score)]
        for metric, called in self._tests.items():
            rows.append(self._row(called, results, lambda end, metric=metric: _metric(end, metric)))
        return tables.table(["score", "seeds", "PBT", "random search", "difference", "PBT ahead"], rows)

    def _row(self, what: str, results: list[jobs.Result], value: Callable[[jobs.Result], float]) -> list[str]:
        own = [value(result) for result in results]
        other = [value(result["baseline"]) for result in results]
        gain = [one - two for one, two in zip(own, other)]
        means = [tables.mean(own, self._scale), tables.mean(other, self._scale), tables.mean(gain, self._scale, "+")]
        ahead = [each < 0 if LESS in what else each > 0 for each in gain]
        return [what, str(len(results)), *means, f"{sum(ahead)} of {len(ahead)}"]

    def pictured(self) -> jobs.Job | None:
        return self.studies()[0]


class Variants(Claim):
    """Studies of the digits that differ in one setting."""

    def __init__(self, name: str, head: str, variants: dict[str, list[str]], seeds: int, short: list[str]) -> None:
        self.name = name
        self._head = head
        self._variants = variants
        self._seeds = seeds
        self._short = short

    def studies(self) -> list[jobs.Job]:
        return [job for settings in self._variants.values() for job in self._of(settings)]

    def _of(self, settings: list[str]) -> list[jobs.Job]:
        return [digits(seed, [*self._short, *settings]) for seed in range(1, self._seeds + 1)]

    def table(self, place: jobs.Place) -> list[str]:
        rows = []
        for variant, settings in self._variants.items():
            results = _results(place, self._of(settings))
            if results:
                tests = [_metric(result, "test_accuracy") for result in results]
                deviation = statistics.stdev(tests) * 100 if len(tests) > 1 else 0
                scores = [_score(result) for result in results]
                rows.append([variant, tables.mean(scores, 100), tables.mean(tests, 100), f"{deviation:.2g}"])
        return tables.table([self._head, "validation, %", "test, %", "deviation of the test"], rows)


class Schedules(Claim):
    """The schedule matters, and not only the values that it ends with."""

    name = "schedules"
    FRESH = 5

    def __init__(self, seeds: int, short: list[str]) -> None:
        self._seeds = seeds
        self._short = short

    def studies(self) -> list[jobs.Job]:
        of_seed = [(digits(seed, self._short), self._replay(seed), self._constant(seed)) for seed in self._all()]
        return [job for three in of_seed for job in three]

    def _all(self) -> Sequence[int]:
        return range(1, self._seeds + 1)

    def _original(self, run: pathlib.Path, seed: int) -> pathlib.Path:
        """Return the run directory of a study from that of another job of the same seed; results outlive runs."""
        original = run.parents[2] / digits(seed, self._short).name
        if not (original / "best").exists():
            jobs.evolve(original, DIGITS, seed, self._short)
        return original

    def _replay(self, seed: int) -> jobs.Job:
        def work(run: pathlib.Path) -> jobs.Result:
            subprocess.run(["rm", "-rf", run], check=True)  # What a kill has left.
            replay = ["replay", self._original(run, seed), "--dir", run, "--seeds", self.FRESH, "--json"]
            return {"score": jobs.last_line(jobs.EVOLVENT, *replay)["score"]}

        return jobs.Job(f"digits/replay{_suffix(self._short)}/{seed}", 5, work)

    def _constant(self, seed: int) -> jobs.Job:
        def work(run: pathlib.Path) -> jobs.Result:
            schedule = json.loads((self._original(run, seed) / "best" / "schedule.json").read_text())
            last = json.dumps(schedule["schedule"][-1]["hyperparameters"])
            settings = [
                *self._short,
                f"population={self.FRESH}",
                "strategy={random_search: {}}",
                "baseline=none",
                f"initial=[{', '.join([last] * self.FRESH)}]",
            ]
            result = jobs.evolve(run, DIGITS, 1000 + seed, settings)
            shown = jobs.last_line(jobs.EVOLVENT, "show", run, "--members", "--json")
            scores = [row["score"] or 0.0 for row in shown["rows"]]  # One that diverged has none.
            return {"score": statistics.fmean(scores), "state_digest": result["state_digest"]}

        return jobs.Job(f"digits/constant{_suffix(self._short)}/{seed}", 5, work)

    def table(self, place: jobs.Place) -> list[str]:
        rows = []
        for seed in self._all():
            original = place.result(digits(seed, self._short))
            replayed, constant = place.result(self._replay(seed)), place.result(self._constant(seed))
            if original and replayed and constant:
                rows.append([_score(original), replayed["score"], constant["score"]])
        if not rows:
            return []
        own, replays, constants = zip(*rows)
        named = (
            ("PBT's best model", own, own),
            ("a fresh model along its schedule", replays, own),
            ("a fresh model with the last values, constant", constants, own),
        )
        return tables.table(
            ["what", "validation, %", "against PBT"],
            [
                [
                    what,
                    tables.mean(values, 100),
                    "" if values is against else tables.mean([a - b for a, b in zip(values, against)], 100, "+"),
                ]
                for what, values, against in named
            ],
        )


def digits(seed: int, settings: Sequence[str]) -> jobs.Job:
    return jobs.study(f"digits/pbt{_suffix(settings)}", DIGITS, seed, settings, DIGITS_SECONDS)


def _suffix(settings: Sequence[str]) -> str:
    """Return settings as a part of a path."""
    return "".join(f",{setting}" for setting in settings).replace("/", "-")


def of(short: bool, seeds: int | None) -> list[Claim]:
    """Return all claims, with studies as the tables have them or short ones."""
    quick = ["budget.steps=100"] if short else []
    count = seeds or (2 if short else 20)
    sizes = (5, 10) if short else (5, 10, 20, 40)
    return [
        Figure2(),
        Versus("digits", lambda seed: digits(seed, quick), count, {"test_accuracy": "test"}, 100),
        Variants("population", "members", {str(n): [f"population={n}", "baseline=none"] for n in sizes}, count, quick),
        Variants(
            "exploiters",
            "exploit",
            {
                "the default (`adaptive`)": [],
                "truncation, 20 %": ["strategy.exploit.truncation.fraction=0.2"],
                "binary tournament": ["strategy.exploit=tournament"],
                "t-test (`welch`)": ["strategy.exploit=welch"],
            },
            count,
            quick,
        ),
        Variants(
            "copying",
            "what is copied",
            {
                "weights and hyperparameters": [],
                "weights only": ["strategy.copy=weights"],
                "hyperparameters only": ["strategy.copy=hyperparameters"],
            },
            count,
            quick,
        ),
        Schedules(count, quick),
        *_domains(short, seeds),
    ]


def _domains(short: bool, seeds: int | None) -> list[Claim]:
    """Return what the paper claims of its three domains."""
    games = [(game, domains.arcade(game), {"fresh_return": "fresh episodes"}) for game in GAMES]
    gans = {"fresh_inception_score": "fresh images", "fresh_frechet_distance": f"Fréchet distance ({LESS})"}
    images = [(data, domains.gan(data), gans) for data in IMAGES]
    texts = [("translation", domains.translation(), {each: f"`{each}`" for each in TEXTS})]

    def claim(name: str, domain: domains.Domain, tests: dict[str, str]) -> Claim:
        count = seeds or (2 if short else 12 if name == "space_invaders" else 5)
        return Versus(name, lambda seed: domain.study(seed, short), count, tests, needs=domain.missing)

    return [claim(*each) for each in [*games, *images, *texts]]


def _results(place: jobs.Place, wanted: Sequence[jobs.Job]) -> list[jobs.Result]:
    return [result for job in wanted if (result := place.result(job)) is not None]


def _score(result: jobs.Result) -> float:
    return float(result["score"])


def _metric(result: jobs.Result, name: str) -> float:
    return float(result["metrics"][name])
