"""Tells two moons apart with PyTorch, in a loop of epochs as people write it."""

import argparse
import math

import torch
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, TensorDataset

import evolvent


def moons(count, seed):
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(0, 2, (count,), generator=generator)
    angles = torch.rand(count, generator=generator) * math.pi
    first = torch.stack([angles.cos(), angles.sin()], dim=1)
    points = torch.where(labels[:, None] == 0, first, torch.tensor([1.0, 0.5]) - first)
    return TensorDataset(points + 0.2 * torch.randn(count, 2, generator=generator), labels)


def train(model, loader, optimizer):
    model.train()
    for points, labels in loader:
        optimizer.zero_grad()
        cross_entropy(model(points), labels).backward()
        optimizer.step()


@torch.no_grad()
def test(model, loader):
    model.eval()
    return sum((model(points).argmax(1) == labels).sum().item() for points, labels in loader) / len(loader.dataset)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--momentum", type=float, default=0.9)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    train_loader = DataLoader(moons(2000, seed=1), batch_size=50, shuffle=True)
    test_loader = DataLoader(moons(1000, seed=2), batch_size=1000)
    dropout = torch.nn.Dropout(args.dropout)
    model = torch.nn.Sequential(torch.nn.Linear(2, 32), torch.nn.Tanh(), dropout, torch.nn.Linear(32, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=args.lr, momentum=args.momentum)
    evolvent.watch(optimizer, lr="lr", momentum="momentum")
    begin = optimizer.state_dict()

    for interval in evolvent.intervals(evaluate=True, example={"lr": 0.1, "momentum": 0.9, "dropout": 0.1}):
        torch.manual_seed(interval.stream_seed)  # Who is restored draws as who goes on does; copies do not draw alike.
        if interval.fresh:
            model.apply(lambda layer: layer.reset_parameters() if hasattr(layer, "reset_parameters") else None)
            optimizer.load_state_dict(begin)
        elif interval.restore_from:
            saved = torch.load(f"{interval.restore_from}/moons.pt")
            model.load_state_dict(saved["model"])
            optimizer.load_state_dict(saved["optimizer"])
        dropout.p = interval.hyperparameters.float("dropout")
        for _ in range(interval.steps):
            train(model, train_loader, optimizer)
        interval.report(accuracy=test(model, test_loader))
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, f"{interval.save_to}/moons.pt")


if __name__ == "__main__":
    main()
