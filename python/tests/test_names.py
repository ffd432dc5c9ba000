"""A trainer's methods by their newer names, by their older ones, and by both in one family of classes."""

import contextlib
import io
import tempfile
import unittest
from typing import ClassVar

import speaking  # noqa: F401 - It puts the sources on the path.

import evolvent
from evolvent._alone import try_trainer
from evolvent._serve import Server
from evolvent._wire import Wire

NEWER = ["create", "restore", "restore_and_apply"]
OLDER = ["setup", "load", "load_and_apply"]


class Noting(evolvent.Trainer):
    """Has all methods that have one name only, and notes what was called."""

    called: list[str]

    def note(self, what: str) -> None:
        self.__dict__.setdefault("called", []).append(what)

    def train(self, steps: int) -> dict[str, float]:
        return {"score": 1.0}

    def apply(self, hyperparameters: evolvent.Hyperparameters) -> bool | None:
        self.note("apply")
        return None

    def save(self, directory: str) -> None:
        pass


class Newer(Noting):
    def create(self, hyperparameters: evolvent.Hyperparameters, seed: int) -> None:
        self.note("newer create")

    def restore(self, directory: str) -> None:
        self.note("newer restore")


class Older(Noting):
    def setup(self, hyperparameters: evolvent.Hyperparameters, seed: int) -> None:
        self.note("older setup")

    def load(self, directory: str) -> None:
        self.note("older load")


class NewerOnOlder(Older):
    def create(self, hyperparameters: evolvent.Hyperparameters, seed: int) -> None:
        super().create(hyperparameters, seed)
        self.note("create")

    def restore(self, directory: str) -> None:
        super().load(directory)
        self.note("restore")

    def restore_and_apply(self, directory: str, hyperparameters: evolvent.Hyperparameters) -> bool | None:
        self.note("both")
        return super().load_and_apply(directory, hyperparameters)


class OlderOnNewer(Newer):
    def setup(self, hyperparameters: evolvent.Hyperparameters, seed: int) -> None:
        super().setup(hyperparameters, seed)
        self.note("setup")

    def load(self, directory: str) -> None:
        super().restore(directory)
        self.note("load")

    def load_and_apply(self, directory: str, hyperparameters: evolvent.Hyperparameters) -> bool | None:
        self.note("both")
        return super().load_and_apply(directory, hyperparameters)


class OlderOnNewerOnOlder(NewerOnOlder):
    def setup(self, hyperparameters: evolvent.Hyperparameters, seed: int) -> None:
        super().setup(hyperparameters, seed)
        self.note("setup")


def served(kind: type[Noting]) -> list[str]:
    """Return what is called to create a trainer and to restore it, by requests of the protocol."""
    server = Server(kind, Wire(io.BytesIO(), io.BytesIO()))
    server._create({"hyperparameters": {"lr": 1}, "seed": 3})
    with tempfile.TemporaryDirectory() as directory:
        server._restore({"hyperparameters": {"lr": 2}, "seed": 3, "directory": directory, "step": 1})
    trainer = server._current()
    assert isinstance(trainer, Noting)
    return trainer.called


def applied(kind: type[Noting]) -> list[str]:
    """Return what is called of the last object to create a trainer and to give it other hyperparameters."""
    server = Server(kind, Wire(io.BytesIO(), io.BytesIO()))
    server._create({"hyperparameters": {"lr": 1}, "seed": 3})
    server._apply({"hyperparameters": {"lr": 2}})
    trainer = server._current()
    assert isinstance(trainer, Noting)
    return trainer.called


def tried(kind: type[Noting]) -> int:
    """Return the exit code of ``--try``."""
    with contextlib.redirect_stdout(io.StringIO()):
        return try_trainer(kind, {"lr": 1.0}, [])


class ServedTest(unittest.TestCase):
    CASES: ClassVar[dict[type[Noting], list[str]]] = {
        Newer: ["newer create", "newer restore", "apply"],
        Older: ["older setup", "older load", "apply"],
        NewerOnOlder: ["older setup", "create", "both", "older load", "restore", "apply"],
        OlderOnNewer: ["newer create", "setup", "both", "newer restore", "load", "apply"],
        OlderOnNewerOnOlder: ["older setup", "create", "setup", "both", "older load", "restore", "apply"],
    }

    def test_the_nearest_definition_is_called_by_whatever_name(self) -> None:
        for kind, calls in self.CASES.items():
            with self.subTest(kind.__name__):
                self.assertEqual(calls, served(kind))

    def test_programs_may_call_either_name(self) -> None:
        for kind, calls in self.CASES.items():
            for create, _, restore_and_apply in (NEWER, OLDER):
                with self.subTest(kind.__name__, create=create):
                    trainer = kind()
                    getattr(trainer, create)(evolvent.Hyperparameters(), 3)
                    getattr(trainer, restore_and_apply)("here", evolvent.Hyperparameters())
                    self.assertEqual(calls, trainer.called)

    def test_an_object_that_cannot_apply_is_made_anew_by_either_name(self) -> None:
        for kind, calls in {
            Newer: ["newer create", "newer restore"],
            OlderOnNewer: ["newer create", "setup", "newer restore", "load"],
        }.items():

            class Stiff(kind):  # type: ignore[valid-type, misc]
                def apply(self, hyperparameters: evolvent.Hyperparameters) -> bool:
                    return False

            with self.subTest(kind.__name__):
                self.assertEqual(calls, served(Stiff))
                self.assertEqual(calls, applied(Stiff))

    def test_alone(self) -> None:
        for kind in self.CASES:
            with self.subTest(kind.__name__):
                self.assertEqual(0, tried(kind))

    def test_what_decorates_a_class_counts_for_both_names(self) -> None:
        class Decorated(Older):
            def load(self, directory: str) -> None:
                self.note("plain")

        def decorated(self: Noting, directory: str) -> None:
            self.note("decorated")

        setattr(Decorated, "load", decorated)  # noqa: B010 - The type checker holds methods for fixed.
        trainer = Decorated()
        trainer.restore("here")
        self.assertEqual(["decorated"], trainer.called)


class MixInTest(unittest.TestCase):
    """Classes that are no trainers, but stand before one among the parents of a trainer."""

    def test_a_trainer_may_have_a_method_from_such_a_class(self) -> None:
        class Loading:
            def load(self, directory: str) -> None:
                assert isinstance(self, Noting)
                self.note("loading")

        class Mixed(Loading, Newer):
            pass

        class Inheriting(Mixed):
            def restore(self, directory: str) -> None:
                super().restore(directory)
                self.note("restore")

        self.assertEqual(["newer create", "loading", "apply"], served(Mixed))
        self.assertEqual(["newer create", "loading", "restore", "apply"], served(Inheriting))

    def test_an_older_name_of_another_class_keeps_its_meaning(self) -> None:
        class Loading:
            def load(self, part: str) -> str:
                return "data of " + part

        class Mine(Loading, Newer):  # type: ignore[misc]
            def restore(self, directory: str) -> None:
                self.note(self.load("training"))

        self.assertEqual(["newer create", "data of training", "apply"], served(Mine))

    def test_newer_names_of_another_class_keep_their_meaning_in_a_program_of_old(self) -> None:
        class Tools:
            def create(self) -> str:
                return "created"

            def restore(self) -> str:
                return "restored"

            def restore_and_apply(self) -> str:
                return "restored and applied"

        class Mine(Tools, Noting):  # type: ignore[misc]
            def setup(self, hyperparameters: evolvent.Hyperparameters, seed: int) -> None:
                self.note(self.create())

            def load(self, directory: str) -> None:
                self.note(self.restore())

            def load_and_apply(self, directory: str, hyperparameters: evolvent.Hyperparameters) -> bool | None:
                self.note(self.restore_and_apply())
                return super().load_and_apply(directory, hyperparameters)

        class Stiff(Mine):
            def apply(self, hyperparameters: evolvent.Hyperparameters) -> bool:
                return False

        self.assertEqual(["created", "restored and applied", "restored", "apply"], served(Mine))
        self.assertEqual(["created", "restored"], served(Stiff))
        self.assertEqual(["created", "restored"], applied(Stiff))
        self.assertEqual(0, tried(Mine))


class NeitherAndBothTest(unittest.TestCase):
    def test_neither(self) -> None:
        lacking = Noting()
        for create in (lacking.create, lacking.setup):
            with self.assertRaisesRegex(NotImplementedError, r"needs create\(self, .*, seed\), but Noting has none"):
                create(evolvent.Hyperparameters(), 3)
        for restore in (lacking.restore, lacking.load):
            with self.assertRaisesRegex(NotImplementedError, r"needs restore\(self, directory\), but Noting has none"):
                restore("here")

    def test_a_class_whose_parents_have_none_is_told_so_by_super(self) -> None:
        class Calling(Noting):
            def setup(self, hyperparameters: evolvent.Hyperparameters, seed: int) -> None:
                super().setup(hyperparameters, seed)

            def load(self, directory: str) -> None:
                super().load(directory)

        with self.assertRaises(NotImplementedError):
            Calling().create(evolvent.Hyperparameters(), 3)
        with self.assertRaises(NotImplementedError):
            Calling().restore("here")

    def test_neither_fails_the_request_that_needs_it(self) -> None:
        answers = io.BytesIO()
        request = b'{"evolvent":1,"type":"create","id":1,"hyperparameters":{},"seed":3}\n'
        with contextlib.redirect_stderr(io.StringIO()):
            Server(Noting, Wire(io.BytesIO(request), answers)).run()
        self.assertIn(b"a trainer needs create(self, hyperparameters, seed), but Noting has none", answers.getvalue())

    def test_both_in_one_class(self) -> None:
        for new, old in zip(NEWER, OLDER):
            with self.subTest(new), self.assertRaises(TypeError) as raised:
                type("Mine", (Newer,), {new: lambda self: None, old: lambda self: None})
            first = f"Mine defines {new} and {old}, but these are two names of one method of a trainer."
            self.assertEqual(first, str(raised.exception).splitlines()[0])
            self.assertIn(f"Maybe: keep {new}", str(raised.exception))

    def test_both_in_a_class_that_is_no_trainer_once_a_trainer_gets_them_from_it(self) -> None:
        both = type("Model", (), {"restore": lambda self: None, "load": lambda self: None})
        with self.assertRaisesRegex(TypeError, "^Model defines restore and load"):
            type("Mine", (both, Noting), {})
        type("Mine", (both, Noting), {"restore": lambda self: None})

    def test_one_method_under_both_names_is_no_mistake(self) -> None:
        def restore(self: Noting, directory: str) -> None:
            self.note("one")

        kind = type("Mine", (Newer,), {"restore": restore, "load": restore})
        self.assertEqual(["newer create", "one", "apply"], served(kind))


if __name__ == "__main__":
    unittest.main()
