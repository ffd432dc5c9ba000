"""Tells two moons apart with PyTorch Lightning."""

import math

import lightning
import torch
from torch.utils.data import DataLoader, TensorDataset

import evolvent.lightning


def moons(count, seed):
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(0, 2, (count,), generator=generator)
    angles = torch.rand(count, generator=generator) * math.pi
    first = torch.stack([angles.cos(), angles.sin()], dim=1)
    points = torch.where(labels[:, None] == 0, first, torch.tensor([1.0, 0.5]) - first)
    return TensorDataset(points + 0.2 * torch.randn(count, 2, generator=generator), labels)


class Net(lightning.LightningModule):
    def __init__(self, learning_rate=0.1, momentum=0.9):
        super().__init__()
        self.save_hyperparameters()
        self.layers = torch.nn.Sequential(torch.nn.Linear(2, 32), torch.nn.Tanh(), torch.nn.Linear(32, 2))

    def training_step(self, batch, _):
        return torch.nn.functional.cross_entropy(self.layers(batch[0]), batch[1])

    def validation_step(self, batch, _):
        self.log("accuracy", (self.layers(batch[0]).argmax(1) == batch[1]).float().mean())

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.hparams.learning_rate, momentum=self.hparams.momentum)


train_loader = DataLoader(moons(2000, seed=1), batch_size=32, shuffle=True)
val_loader = DataLoader(moons(1000, seed=2), batch_size=1000)
evolvent.lightning.fit(lambda hyperparameters: Net(), train_loader, val_loader)
