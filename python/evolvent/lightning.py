"""Trains a PyTorch Lightning module interval by interval.

In a script, the lines that make a model and a ``Trainer`` and call its ``fit`` become::

    import evolvent.lightning

    evolvent.lightning.fit(lambda hyperparameters: Net(...), train_loader, val_loader)

Hyperparameters named like an option of the optimizer (``weight_decay``, ``momentum`` ...; ``learning_rate`` is its
``lr``) are put into force there after every restore, since a checkpoint brings the old ones back; others go to a
function of yours. A step is what Lightning counts as ``global_step``. Metrics are what the module logs in
``validation_step``.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

import lightning

from ._hyperparameters import Hyperparameters
from ._intervals import intervals
from ._watch import watch

FILE = "lightning.ckpt"
"""What is in a checkpoint."""

NAMES = {"learning_rate": "lr"}
"""Names of hyperparameters that optimizers call otherwise."""

Apply = Callable[[Any, Hyperparameters], None]


def fit(
    model: Callable[[Hyperparameters], Any],
    train_dataloaders: Any = None,
    val_dataloaders: Any = None,
    *,
    datamodule: Any = None,
    apply: Apply | None = None,
    example: Mapping[str, Any] | None = None,
    **options: Any,
) -> None:
    """Fit until Evolvent has had enough.

    ``model(hyperparameters)`` makes a ``LightningModule`` with fresh weights, after the member's seed was set. The
    loaders, or ``datamodule``, are what ``fit`` and ``validate`` of a ``Trainer`` take; ``options`` are for the
    ``Trainer`` itself (``accelerator``, ``precision``, ``callbacks`` ...), which Evolvent makes anew for each interval,
    with the checkpoint before it. All generators are seeded with ``interval.stream_seed`` then, because
    Lightning's checkpoints do not hold them; so shuffle, where an epoch is longer than an interval. A schedule of the
    learning rate must not ask the ``Trainer`` how long it will be.

    ``apply(model, hyperparameters)`` is told all hyperparameters when an interval begins, for those that are no option
    of the optimizer: the rate of a dropout, say. ``example`` holds hyperparameters for ``--try``, as in
    :func:`evolvent.intervals`.

    Raises ValueError for a hyperparameter that nobody takes. For one process only.
    """
    data = {"datamodule": datamodule} if datamodule is not None else {"train_dataloaders": train_dataloaders}
    held_out = {"datamodule": datamodule} if datamodule is not None else {"dataloaders": val_dataloaders}
    with tempfile.TemporaryDirectory(prefix="evolvent-") as place:
        kept = os.path.join(place, FILE)
        net: Any = None
        for interval in intervals(example, evaluate=True):
            if net is None or interval.fresh:
                lightning.seed_everything(interval.seed, verbose=False)
                net = model(interval.hyperparameters)
            if interval.restore_from:
                shutil.copyfile(os.path.join(interval.restore_from, FILE), kept)
            if apply is not None:
                apply(net, interval.hyperparameters)
            judge = lightning.Trainer(logger=False, enable_progress_bar=False, **_without_training(options))
            if interval.seconds is None and interval.steps == 0:
                interval.report(**_merged(judge.validate(net, ckpt_path=kept, verbose=False, **held_out)))
                continue
            lightning.seed_everything(interval.stream_seed, verbose=False)
            trainer = lightning.Trainer(
                **{
                    "max_epochs": -1,
                    "logger": False,
                    "enable_progress_bar": False,
                    "enable_model_summary": False,
                    **options,
                    "max_steps": interval.step + interval.steps,
                    "enable_checkpointing": False,
                    "limit_val_batches": 0,
                    "callbacks": [*options.get("callbacks", []), _InForce(interval.hyperparameters, apply)],
                }
            )
            trainer.fit(net, ckpt_path=None if interval.fresh else kept, **data)
            trainer.save_checkpoint(kept)
            interval.report(**_merged(judge.validate(net, verbose=False, **held_out)))
            shutil.copyfile(kept, os.path.join(interval.save_to, FILE))


def _merged(measured: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the metrics of all loaders."""
    return {name: value for each in measured for name, value in each.items()}


def _without_training(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a Trainer's options says how to compute."""
    names = ("accelerator", "devices", "precision", "strategy", "plugins", "limit_val_batches", "deterministic")
    return {name: options[name] for name in names if name in options}


class _InForce(lightning.Callback):  # type: ignore[misc, unused-ignore]
    """Puts hyperparameters into optimizers, after a checkpoint has brought old ones back."""

    def __init__(self, hyperparameters: Hyperparameters, apply: Apply | None) -> None:
        self._hyperparameters = hyperparameters
        self._apply = apply

    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        schedulers = {config.scheduler.optimizer: config.scheduler for config in trainer.lr_scheduler_configs}
        taken: set[str] = set()
        for optimizer in trainer.optimizers:
            options = {NAMES.get(name, name): name for name in self._hyperparameters}
            settings: dict[str, Any] = {
                option: name for option, name in options.items() if option in optimizer.param_groups[0]
            }
            watch(optimizer, scheduler=schedulers.get(optimizer), **settings)
            taken.update(settings.values())
        for name in self._hyperparameters:
            if name not in taken and self._apply is None:
                raise ValueError(
                    f"the hyperparameter {name!r} is no option of the optimizer; give evolvent.lightning.fit a "
                    "function apply(model, hyperparameters) that takes it"
                )
