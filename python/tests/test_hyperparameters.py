"""Hyperparameters are a dict, and can be asked for by their type."""

import copy
import json
import pickle
import unittest

import speaking  # noqa: F401 - It says where the sources are.

from evolvent import Hyperparameters
from evolvent._numbers import plain_hyperparameters


def given() -> Hyperparameters:
    return Hyperparameters({"learning_rate": 0.1, "layers": 3, "optimizer": "adam", "nesterov": True})


class GettersTest(unittest.TestCase):
    def test_every_type(self) -> None:
        hyperparameters = given()
        self.assertEqual(0.1, hyperparameters.float("learning_rate"))
        self.assertIs(float, type(hyperparameters.float("layers")), "an integer is a number")
        self.assertEqual(3, hyperparameters.int("layers"))
        self.assertEqual("adam", hyperparameters.str("optimizer"))
        self.assertIs(True, hyperparameters.bool("nesterov"))

    def test_any_json_value_is_a_value(self) -> None:
        values = {"layers": [64, {"width": 0.5}], "clip": None, "heads": {"n": 2}}
        hyperparameters = Hyperparameters(values)
        self.assertEqual([64, {"width": 0.5}], hyperparameters["layers"])
        self.assertIsNone(hyperparameters["clip"])
        self.assertEqual(values, plain_hyperparameters(hyperparameters))
        with self.assertRaisesRegex(TypeError, r"\[64, .* but must be a number"):
            hyperparameters.float("layers")

    def test_another_type_is_refused_with_name_value_rule_and_all_that_there_is(self) -> None:
        for getter, name, rule in (
            ("float", "optimizer", "'adam' but must be a number"),
            ("float", "nesterov", "True but must be a number"),
            ("int", "learning_rate", "0.1 but must be an integer"),
            ("int", "nesterov", "True but must be an integer"),
            ("str", "layers", "3 but must be a text"),
            ("bool", "layers", "3 but must be true or false"),
        ):
            with self.subTest(getter, name=name), self.assertRaises(TypeError) as caught:
                getattr(given(), getter)(name)
            message = str(caught.exception)
            self.assertTrue(message.startswith(f"the hyperparameter '{name}' is {rule} "), message)
            self.assertIn("learning_rate = 0.1, layers = 3, optimizer = 'adam', nesterov = True", message)
            self.assertIn("\nMaybe declare it as {", message)

    def test_one_that_is_missing_is_refused_with_what_was_meant(self) -> None:
        for ask in (Hyperparameters.__getitem__, Hyperparameters.float, Hyperparameters.str):
            with self.subTest(ask.__name__), self.assertRaises(KeyError) as caught:
                ask(given(), "learning_rat")
            self.assertEqual(
                "there is no hyperparameter 'learning_rat'; there are learning_rate = 0.1, layers = 3, "
                "optimizer = 'adam', nesterov = True\nMaybe you mean 'learning_rate'",
                str(caught.exception),
            )
        with self.assertRaisesRegex(KeyError, "there are none\nMaybe add 'momentum' to the study's space"):
            Hyperparameters().float("momentum")

    def test_a_default_stands_in_for_one_that_is_missing_and_for_nothing_else(self) -> None:
        hyperparameters = given()
        self.assertEqual(0.9, hyperparameters.float("momentum", 0.9))
        self.assertEqual(0.0, hyperparameters.float("momentum", 0.0))
        self.assertEqual(0.1, hyperparameters.float("learning_rate", 0.9))
        self.assertIs(False, hyperparameters.bool("amsgrad", False))
        with self.assertRaisesRegex(TypeError, "'adam' but must be an integer"):
            hyperparameters.int("optimizer", 1)

    def test_a_message_is_of_bounded_length(self) -> None:
        many = Hyperparameters({f"name{number}": "x" * 1000 for number in range(1000)})
        with self.assertRaises(TypeError) as caught:
            many.int("name7")
        self.assertLess(len(str(caught.exception)), 2000)
        self.assertIn(" and 980 more", str(caught.exception))


class DictTest(unittest.TestCase):
    def test_it_is_a_dict_like_any_other(self) -> None:
        hyperparameters = given()
        plain = {"learning_rate": 0.1, "layers": 3, "optimizer": "adam", "nesterov": True}
        self.assertEqual(plain, hyperparameters)
        self.assertEqual(plain, {**hyperparameters})
        self.assertEqual(plain, json.loads(json.dumps(hyperparameters)))
        self.assertEqual(repr(plain), repr(hyperparameters))
        self.assertEqual(0.1, hyperparameters["learning_rate"])
        self.assertIsNone(hyperparameters.get("momentum"))
        self.assertNotIn("momentum", hyperparameters)

    def test_copies_have_the_getters(self) -> None:
        for one in (copy.copy(given()), copy.deepcopy({"config": given()})["config"]):
            self.assertEqual(3, one.int("layers"))

    def test_a_checkpoint_with_hyperparameters_needs_nothing_of_evolvent(self) -> None:
        pickled = pickle.dumps(given())
        self.assertNotIn(b"evolvent", pickled)
        self.assertEqual(given(), pickle.loads(pickled))

    def test_names_with_dots_are_dicts_within_dicts(self) -> None:
        flat = Hyperparameters({"optimizer.lr": 0.1, "seed": 3, "optimizer.sgd.momentum": 0.9, "net": {"a": 1}})
        self.assertEqual(
            {"optimizer": {"lr": 0.1, "sgd": {"momentum": 0.9}}, "seed": 3, "net": {"a": 1}}, flat.nested()
        )
        for names in (("net", "net.a"), ("net.a", "net")):
            with self.assertRaisesRegex(ValueError, "'net"):
                Hyperparameters({name: {"b": 1} for name in names}).nested()


if __name__ == "__main__":
    unittest.main()
