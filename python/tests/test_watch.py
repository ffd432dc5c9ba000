"""What is put into force in optimizers, and what is read there."""

import importlib.util
import unittest
from typing import Any

import evolvent
from evolvent._watch import watches


class Optimizer:
    """What there is of an optimizer of PyTorch, without its hooks."""

    def __init__(self, *groups: dict[str, Any]) -> None:
        self.param_groups: list[dict[str, Any]] = [{"params": [], **group} for group in groups]


class WatchTest(unittest.TestCase):
    def setUp(self) -> None:
        watches.clear()
        watches.use({"rate": 0.5, "beta": 0.8})

    def tearDown(self) -> None:
        watches.clear()
        watches.use({})

    def test_sets_what_is_known_and_whatever_comes_later(self) -> None:
        optimizer = Optimizer({"lr": 0.1, "betas": (0.9, 0.999)}, {"lr": 0.2, "betas": (0.9, 0.999)})
        evolvent.watch(optimizer, lr="rate", betas=lambda h: (h["beta"], 0.999))
        self.assertEqual([0.5, 0.5], [group["lr"] for group in optimizer.param_groups])
        self.assertEqual((0.8, 0.999), optimizer.param_groups[1]["betas"])
        watches.use({"rate": 0.25, "beta": 0.7})
        self.assertEqual([0.25, 0.25], [group["lr"] for group in optimizer.param_groups])
        self.assertEqual({"rate": 0.25}, watches.found())

    def test_some_groups(self) -> None:
        optimizer = Optimizer({"lr": 0.1}, {"lr": 0.2})
        evolvent.watch(optimizer, groups=[1], lr="rate")
        self.assertEqual([0.1, 0.5], [group["lr"] for group in optimizer.param_groups])

    def test_of_several_groups_the_wrong_one_is_told(self) -> None:
        optimizer = Optimizer({"lr": 0.1}, {"lr": 0.2})
        evolvent.watch(optimizer, lr="rate")
        optimizer.param_groups[1]["lr"] = 0.3
        self.assertEqual({"rate": 0.3}, watches.seen())

    def test_a_computed_setting_that_is_wrong_is_an_error(self) -> None:
        optimizer = Optimizer({"betas": (0.9, 0.999)})
        evolvent.watch(optimizer, betas=lambda h: (h["beta"], 0.999))
        optimizer.param_groups[0]["betas"] = (0.9, 0.999)
        with self.assertRaisesRegex(ValueError, r"uses betas = \[0.9, 0.999\], but it must be \(0.8, 0.999\)"):
            watches.found()

    def test_what_is_not_active_is_left_alone(self) -> None:
        optimizer = Optimizer({"lr": 0.1, "momentum": 0.9})
        evolvent.watch(optimizer, lr="rate", momentum="momentum")
        self.assertEqual(0.9, optimizer.param_groups[0]["momentum"])
        self.assertEqual({"rate": 0.5}, watches.found())

    def test_a_scheduler_keeps_its_factor(self) -> None:
        class Scheduler:
            def __init__(self) -> None:
                self.base_lrs = [0.1]

        optimizer, scheduler = Optimizer({"lr": 0.05, "initial_lr": 0.1}), Scheduler()
        evolvent.watch(optimizer, scheduler=scheduler, lr="rate")
        self.assertEqual((0.5, 0.25), (optimizer.param_groups[0]["initial_lr"], optimizer.param_groups[0]["lr"]))
        self.assertEqual([0.5], scheduler.base_lrs)
        self.assertEqual({"rate": 0.5}, watches.found())

    def test_what_is_gone_is_forgotten(self) -> None:
        evolvent.watch(Optimizer({"lr": 0.1}), lr="rate")
        self.assertEqual({}, watches.found())

    def test_what_cannot_be_watched_is_named(self) -> None:
        with self.assertRaisesRegex(TypeError, "has no param_groups"):
            evolvent.watch(object(), lr="rate")
        with self.assertRaisesRegex(ValueError, "no setting 'learning_rate'; it has lr"):
            evolvent.watch(Optimizer({"lr": 0.1}), learning_rate="rate")


@unittest.skipUnless(importlib.util.find_spec("torch"), "torch is not installed")
class TorchTest(WatchTest):
    def test_a_loaded_state_does_not_bring_old_values_back(self) -> None:
        import torch

        weights = torch.nn.Parameter(torch.zeros(2))
        older = torch.optim.SGD([weights], lr=0.125).state_dict()
        optimizer = torch.optim.SGD([weights], lr=0.1)
        evolvent.watch(optimizer, lr="rate")
        optimizer.load_state_dict(older)
        self.assertEqual(0.5, optimizer.param_groups[0]["lr"])

    def test_what_is_told_was_there_at_the_first_step(self) -> None:
        import torch

        weights = torch.nn.Parameter(torch.zeros(2))
        optimizer = torch.optim.SGD([weights], lr=0.1)
        evolvent.watch(optimizer, lr="rate")
        self.assertEqual({}, watches.seen())
        optimizer.step()
        optimizer.param_groups[0]["lr"] = 0.01  # As a program's own schedule does.
        optimizer.step()
        self.assertEqual({"rate": 0.5}, watches.seen())
        watches.use({"rate": 0.25, "beta": 0.8})
        self.assertEqual({}, watches.seen())
        optimizer.param_groups[0]["lr"] = 0.125  # As a framework does that restores its arguments.
        optimizer.step()
        self.assertEqual({"rate": 0.125}, watches.seen())

    def test_a_scheduler_of_its_own_multiplies_the_base(self) -> None:
        import torch

        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(2))], lr=0.1)
        scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 0.5**epoch)
        evolvent.watch(optimizer, scheduler=scheduler, lr="rate")
        optimizer.step()
        scheduler.step()
        self.assertAlmostEqual(0.25, optimizer.param_groups[0]["lr"])
        self.assertEqual({"rate": 0.5}, watches.seen())

    def test_a_scheduler_restored_after_its_optimizer_brings_no_old_rate_back(self) -> None:
        import torch

        def made() -> Any:
            optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(2))], lr=0.1)
            return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 0.5**epoch)

        donor, donors = made()
        donor.step()
        donors.step()
        optimizer, scheduler = made()
        evolvent.watch(optimizer, scheduler=scheduler, lr="rate")
        optimizer.load_state_dict(donor.state_dict())
        scheduler.load_state_dict(donors.state_dict())
        rates = []
        for _ in range(3):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        self.assertEqual([0.25, 0.125, 0.0625], rates)
        self.assertEqual({"rate": 0.5}, watches.seen())


if __name__ == "__main__":
    unittest.main()
