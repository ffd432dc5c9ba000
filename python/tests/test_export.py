"""Exports, opened in the tools that they are for: the same numbers as in the log.

The command is built by ``bin/evolvent`` when it is first called.
"""

import contextlib
import importlib
import importlib.util
import io
import os
import subprocess
import sys
import tempfile
import types
import unittest
import unittest.mock
import zipfile
from collections.abc import Callable
from typing import Any, TypeVar

import speaking

import evolvent
from evolvent._export import main
from evolvent._results import Results

GOLDEN = os.path.join(speaking.ROOT, "cli", "src", "test", "resources", "golden", "v2")
EVOLVENT = os.path.join(speaking.ROOT, "bin", "evolvent")
PATIENCE_SECONDS = 600


Test = TypeVar("Test", bound=Callable[..., None])


def needs(*modules: str) -> Callable[[Test], Test]:
    missing = []
    for module in modules:
        try:
            importlib.import_module(module)
        except ImportError:
            missing.append(module)
    return unittest.skipIf(bool(missing), f"NOT TESTED: an export, which needs Python's {' and '.join(missing)}")


class ExportTest(unittest.TestCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        with zipfile.ZipFile(os.path.join(GOLDEN, "failures.zip")) as archive:
            archive.extractall(place.name)
        self.run_directory = os.path.join(place.name, "run")
        self.out = os.path.join(place.name, "out")
        self.results: Results = evolvent.results(self.run_directory)

    def export(self, to: str) -> None:
        path = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
        subprocess.run(
            [EVOLVENT, "export", self.run_directory, "--to", to, "--out", self.out],
            check=True,
            timeout=PATIENCE_SECONDS,
            env={**os.environ, "PATH": path},
        )

    def assert_same(self, table: str, exported: Any) -> None:
        import pandas

        expected = getattr(self.results, table)
        common = [column for column in expected.columns if column in exported.columns]
        self.assertGreaterEqual(len(common), 4)
        for column in common:
            if column in ("evidence", "started_at", "finished_at", "at"):
                continue
            left, right = expected[column], exported[column]
            if table == "members" and column == "score":  # Who has copied since has none there.
                left = left[right.notna()]
                right = right.dropna()
            if column == "status":  # The log does not know that nobody drives the study.
                right = right.replace("interrupted", "training")
            pandas.testing.assert_series_equal(
                pandas.to_numeric(left, errors="coerce").astype(float),
                pandas.to_numeric(right, errors="coerce").astype(float),
                check_exact=True,
            )
            texts = [str(value) for value in left.dropna()], [str(value) for value in right.dropna()]
            if left.dtype == object or str(left.dtype) == "str":
                self.assertEqual(*texts)

    @needs("pandas")
    def test_csv_in_pandas(self) -> None:
        import pandas

        self.export("csv")
        for table in ("members", "intervals", "decisions", "lineage"):
            self.assert_same(
                table, pandas.read_csv(os.path.join(self.out, f"{table}.csv"), float_precision="round_trip")
            )

    @needs("pandas")
    def test_json_lines_in_pandas(self) -> None:
        import pandas

        self.export("jsonl")
        read = pandas.read_json(os.path.join(self.out, "intervals.jsonl"), lines=True, precise_float=True)
        self.assertEqual(self.results.intervals.score.dropna().tolist(), read.score.dropna().tolist())

    @needs("pandas", "pyarrow")
    def test_parquet_in_pandas(self) -> None:
        import pandas

        self.export("parquet")
        for table in ("members", "intervals", "decisions", "lineage"):
            self.assert_same(table, pandas.read_parquet(os.path.join(self.out, f"{table}.parquet")))

    @needs("tensorboard")
    def test_curves_in_tensorboard(self) -> None:
        from tensorboard.backend.event_processing.event_multiplexer import EventMultiplexer

        self.export("tensorboard")
        read = EventMultiplexer(size_guidance={"scalars": 0}).AddRunsFromDirectory(self.out).Reload()
        self.assertEqual({"member-00", "member-01", "member-02", "member-03", "best"}, set(read.Runs()))
        finished = [row for row in self.results._log.intervals if row["step_to"] is not None]
        for member in range(4):
            own = [row for row in finished if row["member"] == member]
            scores = read.Scalars(f"member-{member:02}", "metrics/score")
            self.assertEqual([row["step_to"] for row in own], [each.step for each in scores])
            for row, each in zip(own, scores):
                self.assertAlmostEqual(row["score"], each.value, delta=1e-6 * abs(row["score"]))
            rates = read.Scalars(f"member-{member:02}", "hyperparameters/rate")
            steps = [row[column] for row in own for column in ("step_from", "step_to")]
            self.assertEqual(steps, [each.step for each in rates])
        ancestry = read.Scalars("best", "metrics/score")
        self.assertAlmostEqual(max(row["score"] for row in finished), ancestry[-1].value, places=6)

    @needs("wandb")
    def test_runs_of_wandb(self) -> None:
        self.export("wandb")
        runs = [name for name in os.listdir(os.path.join(self.out, "wandb")) if name.startswith("offline-run-")]
        self.assertEqual(5, len(runs))

    def test_what_wandb_is_told(self) -> None:
        """By a stand-in, since wandb can rarely be installed together with everything else."""
        run = unittest.mock.Mock()
        library: Any = types.ModuleType("wandb")
        library.init = unittest.mock.Mock(return_value=run)
        with unittest.mock.patch.dict("sys.modules", {"wandb": library}):
            main(["wandb", self.run_directory, self.out])
        named = [call.kwargs["name"] for call in library.init.mock_calls]
        self.assertEqual(["member-00", "member-01", "member-02", "member-03", "best"], named)
        self.assertEqual({"offline"}, {call.kwargs["mode"] for call in library.init.mock_calls})
        first, second = (call.args[0] for call in run.log.mock_calls[:2])
        self.assertEqual((0, 10), (first["step"], second["step"]))
        row = self.results._log.intervals[0]
        self.assertEqual(row["score"], second["metrics/score"])
        self.assertEqual(row["hyperparameters"]["rate"], first["hyperparameters/rate"])

    def test_what_is_missing_is_named(self) -> None:
        with (
            unittest.mock.patch.dict("sys.modules", {"wandb": None}),
            self.assertRaisesRegex(SystemExit, "wandb is needed"),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            main(["wandb", self.run_directory, self.out])
        with self.assertRaisesRegex(SystemExit, "no such directory"):
            main(["parquet" if importlib.util.find_spec("pyarrow") else "wandb", self.out, self.out])


if __name__ == "__main__":
    unittest.main()
