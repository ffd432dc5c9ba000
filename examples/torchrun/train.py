"""A network on two moons, trained by several processes with DistributedDataParallel: one member of the population."""

import math
import os

import torch
import torch.distributed
from torch.nn.parallel import DistributedDataParallel

import evolvent

BATCH = 32  # Of each rank.


def moons(count: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Return points of two interleaved half circles, and which of the two."""
    labels = torch.randint(0, 2, (count,), generator=generator)
    angles = torch.rand(count, generator=generator) * math.pi
    first = torch.stack([angles.cos(), angles.sin()], dim=1)
    points = torch.where(labels[:, None] == 0, first, torch.tensor([1.0, 0.5]) - first)
    return points + 0.2 * torch.randn(count, 2, generator=generator), labels


def build(seed: int) -> tuple[DistributedDataParallel, torch.optim.SGD]:
    torch.manual_seed(seed)
    network = torch.nn.Sequential(torch.nn.Linear(2, 32), torch.nn.Tanh(), torch.nn.Linear(32, 2))
    model = DistributedDataParallel(network)
    return model, torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)


def main() -> None:
    torch.distributed.init_process_group("gloo")
    rank = torch.distributed.get_rank()
    held_out = moons(1000, torch.Generator().manual_seed(1))
    for interval in evolvent.intervals():
        if interval.fresh or interval.restore_from:
            model, optimizer = build(interval.seed)
        if interval.restore_from:
            saved = torch.load(os.path.join(interval.restore_from, "model.pt"))
            model.load_state_dict(saved["model"])
            optimizer.load_state_dict(saved["optimizer"])
        data = torch.Generator().manual_seed(interval.stream_seed + rank)
        for group in optimizer.param_groups:
            group["lr"] = interval.hyperparameters.float("learning_rate")
            group["weight_decay"] = interval.hyperparameters.float("weight_decay")
        for _ in range(interval.steps):
            points, labels = moons(BATCH, data)
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(points), labels).backward()
            optimizer.step()
        if rank == 0:  # One process reports and saves for all.
            with torch.no_grad():
                accuracy = (model(held_out[0]).argmax(1) == held_out[1]).float().mean()
            interval.report(accuracy=accuracy)
            saved = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save(saved, os.path.join(interval.save_to, "model.pt"))


if __name__ == "__main__":
    main()
