"""Trains a Hugging Face ``Trainer`` interval by interval.

In a script, ``trainer.train()`` becomes::

    import evolvent.transformers

    evolvent.transformers.train(trainer)

Hyperparameters named like a field of ``TrainingArguments`` (``learning_rate``, ``weight_decay``,
``per_device_train_batch_size`` ...) are put there, and into the optimizer; others go to a function of yours. After a
checkpoint was restored they are put in force again, since ``Trainer`` brings the old ones back. A step is an
optimizer's step. Metrics have the names that ``trainer.evaluate()`` gives them: ``eval_loss``, and what
``compute_metrics`` returns with ``eval_`` before it.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

import transformers

from ._hyperparameters import Hyperparameters
from ._interval import Interval
from ._intervals import intervals
from ._watch import watch

IN_PLACE = ("learning_rate", "weight_decay")
"""Fields of the arguments that an optimizer takes while it trains. For the others, training begins anew."""

Apply = Callable[[Any, Hyperparameters], None]


def train(trainer: Any, apply: Apply | None = None, example: Mapping[str, Any] | None = None) -> None:
    """Train until Evolvent has had enough.

    ``trainer`` is a ``transformers.Trainer`` as you made it, with ``eval_dataset``. Fresh weights are those of its
    ``model_init``, after the member's seed was set, or without one those that its model has now, of a pretrained model,
    say. Its arguments must allow as many steps as the study's budget has (``max_steps``); a schedule of the learning
    rate reaches over as many, and the hyperparameter is its highest value. Evolvent evaluates and saves: what the
    arguments say of that, and ``output_dir``, does not count.

    ``apply(trainer, hyperparameters)`` is told all hyperparameters when an interval begins, for those that are no field
    of the arguments: the rate of a dropout, say. ``example`` holds hyperparameters for ``--try``, as in
    :func:`evolvent.intervals`.

    Raises ValueError for a hyperparameter that nobody takes and for an optimizer that was made beforehand, and
    RuntimeError when the arguments end training before an interval is over. For one process only.
    """
    if trainer.optimizer is not None:
        raise ValueError("the Trainer was given an optimizer; make it in create_optimizer, so that there can be others")
    with tempfile.TemporaryDirectory(prefix="evolvent-") as place:
        _Driven(trainer, apply, place, example).run()


class _Driven(transformers.TrainerCallback):  # type: ignore[misc, unused-ignore]
    """Counts an interval's steps; at its end has the trainer evaluate and save, and asks what is next."""

    def __init__(self, trainer: Any, apply: Apply | None, place: str, example: Mapping[str, Any] | None) -> None:
        self._trainer = trainer
        self._apply = apply
        self._place = place
        self._first = None if trainer.model_init else _copied(trainer.model.state_dict())
        self._intervals = intervals(example, evaluate=True)
        self._interval: Interval | None = None
        self._resume_from: str | None = None
        self._end = 0
        self._is_stopped = False
        self._is_first_step = False
        arguments = trainer.args
        arguments.output_dir = place
        arguments.save_strategy = arguments.eval_strategy = transformers.trainer_utils.IntervalStrategy.NO
        arguments.load_best_model_at_end = False
        arguments.disable_tqdm = True
        trainer.remove_callback(transformers.ProgressCallback)
        trainer.add_callback(self)

    def run(self) -> None:
        self._interval = next(self._intervals, None)
        while self._interval is not None:
            if self._interval.seconds is None and self._interval.steps == 0:
                self._measure(self._interval)
                continue
            self._prepare(self._interval)
            self._is_stopped = False
            self._trainer.train(resume_from_checkpoint=self._resume_from)
            if not self._is_stopped:
                raise RuntimeError(
                    f"the Trainer ended at step {self._trainer.state.global_step}, before the interval did at "
                    f"{self._end}; max_steps of its arguments must be at least budget.steps of the study"
                )

    def _measure(self, interval: Interval) -> None:
        self._trainer._load_from_checkpoint(interval.restore_from)
        interval.report(**_numbers(self._trainer.evaluate()))
        self._interval = next(self._intervals, None)

    def _prepare(self, interval: Interval) -> None:
        trainer = self._trainer
        trainer.args.seed = interval.seed
        if interval.fresh:
            self._resume_from = None
            transformers.set_seed(interval.seed)
            if self._first is not None:
                trainer.model.load_state_dict(self._first)
        elif interval.restore_from:
            self._resume_from = interval.restore_from
        trainer.optimizer = trainer.lr_scheduler = None
        self._take(interval.hyperparameters)

    def _take(self, hyperparameters: Hyperparameters) -> None:
        trainer = self._trainer
        for name, value in hyperparameters.items():
            if hasattr(trainer.args, name):
                setattr(trainer.args, name, value)
            elif self._apply is None:
                raise ValueError(
                    f"the hyperparameter {name!r} is no field of TrainingArguments; give evolvent.transformers.train "
                    "a function apply(trainer, hyperparameters) that takes it"
                )
        trainer._train_batch_size = trainer.args.train_batch_size
        if self._apply is not None:
            self._apply(trainer, hyperparameters)

    def _put_in_force(self, interval: Interval, optimizer: Any) -> None:
        """Set the decay of the weights that decay. The learning rate is watched."""
        if "weight_decay" not in interval.hyperparameters:
            return
        model = self._trainer.model
        decaying = set(self._trainer.get_decay_parameter_names(model))
        weights = {id(parameter) for name, parameter in model.named_parameters() if name in decaying}
        for group in optimizer.param_groups:
            if any(id(parameter) in weights for parameter in group["params"]):
                group["weight_decay"] = interval.hyperparameters.float("weight_decay")
                interval.in_force(weight_decay=group["weight_decay"])

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        assert self._interval is not None
        optimizer, schedule = kwargs["optimizer"], kwargs["lr_scheduler"]
        if "learning_rate" in self._interval.hyperparameters:
            watch(
                getattr(optimizer, "optimizer", optimizer),  # Within what accelerate wraps around both.
                scheduler=getattr(schedule, "scheduler", schedule),
                lr="learning_rate",
            )
        self._put_in_force(self._interval, optimizer)
        self._end = state.global_step + self._interval.steps
        self._is_first_step = True

    def on_step_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        assert self._interval is not None
        if self._is_first_step and self._interval.reseed is not None:
            transformers.set_seed(self._interval.reseed)  # The generators' states came with the checkpoint.
        self._is_first_step = False

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if state.global_step >= self._end:
            for name in os.listdir(self._place):
                shutil.rmtree(os.path.join(self._place, name))
            control.should_evaluate = control.should_save = True

    def on_evaluate(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if control.should_save:  # Not when only weights are measured.
            assert self._interval is not None
            self._interval.report(**_numbers(kwargs["metrics"]))

    def on_save(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        assert self._interval is not None
        saved = os.path.join(self._place, f"checkpoint-{state.global_step}")
        shutil.copytree(saved, self._interval.save_to, dirs_exist_ok=True)
        before = self._interval.hyperparameters
        self._interval = next(self._intervals, None)
        self._resume_from = saved
        if self._interval is not None and self._goes_on(self._interval, before):
            self._take(self._interval.hyperparameters)
            self._put_in_force(self._interval, kwargs["optimizer"])
            self._is_first_step = True
            self._end += self._interval.steps
        else:
            control.should_training_stop = self._is_stopped = True

    def _goes_on(self, interval: Interval, before: Hyperparameters) -> bool:
        """Whether nothing has to be made anew."""
        changed = [name for name, value in interval.hyperparameters.items() if before.get(name) != value]
        is_in_place = all(name in IN_PLACE or not hasattr(self._trainer.args, name) for name in changed)
        return is_in_place and not interval.fresh and interval.restore_from is None


def _numbers(metrics: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in metrics.items() if isinstance(value, (int, float))}


def _copied(weights: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tensor.detach().clone() for name, tensor in weights.items()}
