"""What came of studies, as run directories of released formats have it."""

import importlib.util
import io
import json
import os
import sqlite3
import tempfile
import unittest
import unittest.mock
import zipfile
from typing import Any

import speaking

import evolvent
from evolvent._results import Results
from evolvent._results_tree import largest, lines, place

GOLDEN = os.path.join(speaking.ROOT, "cli", "src", "test", "resources", "golden")
HAS_PANDAS = importlib.util.find_spec("pandas") is not None
HAS_MATPLOTLIB = importlib.util.find_spec("matplotlib") is not None


class ResultsTest(unittest.TestCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.place = place.name

    def golden(self, name: str, kind: str = "v2") -> str:
        with zipfile.ZipFile(os.path.join(GOLDEN, kind, name + ".zip")) as archive:
            archive.extractall(self.place)
        return os.path.join(self.place, "run")

    def rows(self, name: str, kind: str = "v2") -> Results:
        """Reads without pandas, whether there is one or not."""
        without = unittest.mock.patch.dict("sys.modules", {"pandas": None})
        without.start()
        self.addCleanup(without.stop)
        return evolvent.results(self.golden(name, kind))

    def test_every_released_format(self) -> None:
        for kind in ("v1", "v2"):
            for name in ("finished", "synchronous", "asynchronous", "failures", "large", "pb2", "fire"):
                with self.subTest(f"{kind}/{name}"), tempfile.TemporaryDirectory() as place:
                    self.place = place
                    results = evolvent.results(self.golden(name, kind))
                    with open(os.path.join(place, "expected.json"), encoding="utf-8") as file:
                        expected = json.load(file)["killed"]
                    self.assertEqual(expected["members"], len(results.members))
                    ended = results.intervals["status"] if HAS_PANDAS else [row["status"] for row in results.intervals]
                    self.assertEqual(expected["intervals"], sum(status == "finished" for status in ended))
                    self.assertEqual(expected["failures"], sum(status == "failed" for status in ended))
                    kinds = results.decisions["kind"] if HAS_PANDAS else [row["kind"] for row in results.decisions]
                    self.assertEqual(expected["exploits"], sum(each == "exploit" for each in kinds))
                    self.assertEqual(expected["status"] == "done", results.ended)

    def test_the_best_model(self) -> None:
        results = self.rows("finished")
        with open(os.path.join(self.place, "expected.json"), encoding="utf-8") as file:
            expected = json.load(file)["killed"]["best"]
        best = results.best
        assert best is not None
        for name in ("score", "member", "interval", "step", "hyperparameters", "checkpoint", "metrics"):
            self.assertEqual(expected[name], getattr(best, name), name)
        self.assertIn("model.txt", os.listdir(best.path))
        self.assertEqual("score", results.metric)
        self.assertEqual("maximize", results.goal)
        schedule = results.schedule
        self.assertEqual((0, best.step), (schedule[0]["from_step"], schedule[-1]["to_step"]))
        self.assertEqual(best.hyperparameters["rate"], schedule[-1]["rate"])
        self.assertEqual(len(schedule), sum(row["best"] for row in results.lineage))

    def test_columns(self) -> None:
        results = self.rows("failures")
        self.assertEqual(
            ["member", "interval", "step", "score", "status", "mood", "ballast", "rate", "checkpoint"],
            list(results.members[0]),
        )
        first, failed = results.intervals[0], results.intervals[2]
        self.assertEqual(("none", 0, first["score"]), (first["mood"], first["ballast"], first["metrics.score"]))
        self.assertEqual(("failed", None, None), (failed["status"], failed["position"], failed["step_to"]))
        copied = next(row for row in results.decisions if row["kind"] == "exploit")
        self.assertEqual((1, "throws", "none"), (copied["donor"], copied["before.mood"], copied["after.mood"]))
        self.assertEqual(1, copied["evidence"]["top"])

    def test_scores_that_are_no_numbers(self) -> None:
        run = self.golden("finished")
        with sqlite3.connect(os.path.join(run, "events.db")) as database:
            database.execute(
                "UPDATE events SET body = json_set(body, '$.metrics.position', 'NaN', '$.metrics.loss', '-Infinity')"
                " WHERE seq = 3"
            )
        database.close()
        with unittest.mock.patch.dict("sys.modules", {"pandas": None}):
            row = evolvent.results(run).intervals[0]
        self.assertNotEqual(row["position"], row["position"])
        self.assertEqual(float("-inf"), row["loss"])

    def test_while_it_is_written_to(self) -> None:
        run = self.golden("finished")
        writer = sqlite3.connect(os.path.join(run, "events.db"), isolation_level=None)
        self.addCleanup(writer.close)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM events WHERE seq > 40")
        before = evolvent.results(run)
        writer.execute("COMMIT")
        after = evolvent.results(run)
        self.assertTrue(before.ended)
        self.assertFalse(after.ended)
        self.assertLess(len(after.intervals), len(before.intervals))

    def test_nothing_is_changed(self) -> None:
        run = self.golden("synchronous")
        log = os.path.join(run, "events.db-wal")
        with open(log, "rb") as file:
            before = file.read()
        repr(evolvent.results(run))
        with open(log, "rb") as file:
            self.assertEqual(before, file.read())

    def test_what_is_no_run(self) -> None:
        with self.assertRaisesRegex(FileNotFoundError, "no such directory"):
            evolvent.results(os.path.join(self.place, "missing"))
        with self.assertRaisesRegex(FileNotFoundError, "holds no events.db"):
            evolvent.results(self.place)
        with open(os.path.join(self.place, "events.db"), "w", encoding="utf-8") as file:
            file.write("no database, but long enough to be asked")
        with self.assertRaisesRegex(ValueError, "cannot be read as the log of a run"):
            evolvent.results(self.place)

    def test_notebooks_show_what_cannot_act(self) -> None:
        run = self.golden("finished")
        with sqlite3.connect(os.path.join(run, "events.db")) as database:
            database.execute("UPDATE events SET body = replace(body, 'golden', '<script>') WHERE seq = 1")
        database.close()
        shown = evolvent.results(run)._repr_html_()
        self.assertIn("<b>&lt;script&gt;</b>: 4 members, 32 intervals, 7 exploits; best score -0.000100077", shown)
        self.assertNotIn("<script>", shown)
        self.assertEqual(3, shown.count("<tr><td>"))

    @unittest.skipIf(HAS_MATPLOTLIB, "with matplotlib")
    def test_plots_say_what_they_need(self) -> None:
        with self.assertRaisesRegex(ImportError, "pip install matplotlib"):
            self.rows("finished").plot_schedule()

    @unittest.skipUnless(HAS_MATPLOTLIB, "NOT TESTED: plots, which need matplotlib")
    def test_plots(self) -> None:
        results = self.rows("failures")
        figure: Any = results.plot_schedule()
        mood, ballast, rate = figure.axes
        self.assertEqual(("linear", "linear", "log"), tuple(axis.get_yscale() for axis in (mood, ballast, rate)))
        self.assertEqual((1e-4, 0.1), tuple(rate.get_ylim()))
        steps = [patch for patch in rate.patches if patch.get_linewidth() == 3]
        self.assertEqual([row["rate"] for row in results.schedule], list(steps[0].get_data().values))
        figure.savefig(io.BytesIO())
        results.plot_family_tree().savefig(io.BytesIO())
        self.assertIn("2 largest of", results.plot_family_tree(most=2).axes[0].get_title())
        with self.assertRaisesRegex(ValueError, "most is 0 but must be at least 1"):
            results.plot_family_tree(0)

    @unittest.skipUnless(HAS_PANDAS, "NOT TESTED: data frames, which need pandas")
    def test_data_frames(self) -> None:
        results: Any = evolvent.results(self.golden("failures"))
        self.assertEqual("Int64", str(results.intervals["step_to"].dtype))
        self.assertEqual("UTC", str(results.intervals["started_at"].dt.tz))
        self.assertEqual(results.best.score, results.intervals.dropna(subset="checkpoint").query("seq<=32").score.max())
        self.assertEqual([1, 1, 3], results.decisions.query("kind == 'exploit'").donor[:3].tolist())

    def test_lines_of_a_family_tree_cross_nowhere(self) -> None:
        for name in ("finished", "synchronous", "asynchronous", "failures", "pb2", "fire"):
            with self.subTest(name), tempfile.TemporaryDirectory() as directory:
                self.place = directory
                results = evolvent.results(self.golden(name))
                ancestry = {(row["member"], row["interval"]) for row in results._segments()}
                for most in (3, 1000):
                    made = lines(results._log.intervals, results._log.lineage, ancestry, set())
                    self.assertEqual(len(results.lineage), sum(len(line.nodes) for line in made))
                    kept = largest(made, ancestry, most)
                    place(kept, ancestry)
                    self.assertEqual(0, kept[0].row)
                    self.assertLessEqual(ancestry, set(kept[0].nodes))
                    for one in kept:
                        self.assertTrue(one.parent is None or one.parent in kept)
                        for other in kept:
                            if one is not other and one.row == other.row:
                                self.assertTrue(one.end < other.start or other.end < one.start)
                            if one.parent is not None and other not in (one, one.parent):
                                between = min(one.row, one.parent.row) < other.row < max(one.row, one.parent.row)
                                self.assertFalse(between and other.start < one.start < other.end)


if __name__ == "__main__":
    unittest.main()
