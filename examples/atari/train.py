"""Proximal Policy Optimization (Schulman et al. 2017, arXiv 1707.06347) plays an Atari game, from its screen.

    ATARI_GAME=pong python3 train.py --try     try the trainer without Evolvent

A training step is one move in each of 8 games side by side; an update follows as soon as each has had a member's
unroll length of moves. Games have sticky actions on every frame, rewards are told by their sign to the network only,
and an episode ends with the game, not with a life (Machado et al. 2018, arXiv 1709.06009).
"""

import os
from collections import deque

import evolvent

try:
    import torch
    from ale_py import ALEInterface, ALEState, LoggerMode, roms
    from torch import nn
except ImportError as e:
    raise SystemExit(f"This example needs PyTorch and the games ({e}).\nMaybe: pip install torch ale-py") from None

torch.set_num_threads(1)  # The study keeps the cores busy with members.

NAME = os.environ.get("ATARI_GAME", "breakout")
GAMES = 8
FRAMES = 4
"""A move lasts so many frames, and the network sees the ends of as many moves."""
SIDE = 42
STICKINESS = 0.25
LONGEST = 27_000  # Moves: half an hour.
EPOCHS, MINIBATCHES = 3, 4
EPISODES = 20
"""The last ones to end; their returns are the score, and the samples that strategies test differences with."""

START = {"learning_rate": 5e-4, "entropy": 0.01, "clip": 0.1, "gamma": 0.99, "gae_lambda": 0.95, "unroll": 64}


class Game:
    """A game on an emulator of its own."""

    def __init__(self):
        self.emulator = ALEInterface()
        self.emulator.setFloat("repeat_action_probability", 0.0)  # Whether one sticks is drawn by the trainer.
        self.emulator.loadROM(roms.get_rom_path(NAME))
        self.actions = self.emulator.getMinimalActionSet()
        self.begin()

    def begin(self):
        self.emulator.reset_game()
        self.last_action, self.moves, self.total = 0, 0, 0
        self.seen = self.screen().float().expand(FRAMES, -1, -1)

    def screen(self):
        return torch.from_numpy(self.emulator.getScreenGrayscale())

    def move(self, action, sticks):
        """Play one move; in frames that stick, what was done last is done again. Return the reward."""
        reward = 0
        screen = self.screen()
        for stick in sticks:
            self.last_action = self.last_action if stick else action
            before = screen
            reward += self.emulator.act(self.actions[self.last_action])
            screen = self.screen()
        self.moves += 1
        self.total += reward
        # Consoles of that time drew some things on every other frame only.
        self.seen = torch.cat([self.seen[1:], torch.maximum(before, screen).float()[None]])
        return reward

    def state(self):
        emulator = torch.frombuffer(bytearray(self.emulator.cloneState().serialize()), dtype=torch.uint8)
        return emulator, self.last_action, self.moves, self.total, self.seen.to(torch.uint8)

    def go_on(self, emulator, last_action, moves, total, seen):
        self.emulator.restoreState(ALEState(emulator.numpy().tobytes()))
        self.last_action, self.moves, self.total, self.seen = last_action, moves, total, seen.float()


class Network(nn.Module):
    """A policy and a value on top of the same four convolutions."""

    def __init__(self, actions):
        super().__init__()
        layers = []
        for planes in (FRAMES, 32, 32, 32):
            layers += [nn.Conv2d(planes, 32, 3, stride=2, padding=1), nn.ReLU()]
        self.body = nn.Sequential(*layers, nn.Flatten(), nn.Linear(32 * 3 * 3, 256), nn.ReLU())
        self.policy = nn.Linear(256, actions)
        self.value = nn.Linear(256, 1)
        with torch.no_grad():
            self.policy.weight *= 0.01  # Begin with all actions about equally likely.

    def forward(self, seen):
        """Take screens in 0 to 1 and return the logarithms of the actions' probabilities, and the values."""
        hidden = self.body(seen)
        return self.policy(hidden).log_softmax(-1), self.value(hidden).squeeze(-1)


class Atari(evolvent.Trainer):
    def create(self, hyperparameters, seed):
        torch.manual_seed(seed)
        self.generator = torch.Generator().manual_seed(seed)  # Draws actions, which stick, and minibatches.
        self.games = [Game() for _ in range(GAMES)]
        self.network = Network(len(self.games[0].actions))
        self.optimizer = torch.optim.Adam(self.network.parameters(), eps=1e-5)
        self.returns = deque(maxlen=EPISODES)
        self.unroll = hyperparameters["unroll"]
        self.apply(hyperparameters)

    def apply(self, hyperparameters):
        self.optimizer.param_groups[0]["lr"] = hyperparameters["learning_rate"]
        self.entropy = hyperparameters["entropy"]
        self.clip = hyperparameters["clip"]
        self.gamma = hyperparameters["gamma"]
        self.gae_lambda = hyperparameters["gae_lambda"]

    def in_force(self):
        return {"learning_rate": self.optimizer.param_groups[0]["lr"], "unroll": self.unroll}

    def reseed(self, seed):
        super().reseed(seed)
        self.generator.manual_seed(seed)

    def train(self, steps):
        done = 0
        while done < steps:
            entropy = self.learn(*self.play())
            done += self.unroll
            self.progress(done)
        metrics = {"entropy": entropy}
        if self.returns:  # There is no score before the first episode has ended.
            metrics["mean_return"] = sum(self.returns) / len(self.returns)
        return evolvent.Report(metrics, list(self.returns), steps=done)

    def look(self):
        """Return what the games show, made small, as numbers from 0 to 1."""
        screens = torch.stack([game.seen for game in self.games])
        return nn.functional.adaptive_avg_pool2d(screens, SIDE) / 255

    @torch.no_grad()
    def play(self):
        """Play on; return what was seen and done, how likely that was, and its worth."""
        seen = torch.empty(self.unroll, GAMES, FRAMES, SIDE, SIDE)
        actions = torch.empty(self.unroll, GAMES, dtype=torch.long)
        likely, values, rewards = (torch.zeros(self.unroll, GAMES) for _ in range(3))
        alive = torch.ones(self.unroll, GAMES)
        for move in range(self.unroll):
            seen[move] = self.look()
            logarithms, values[move] = self.network(seen[move])
            chosen = torch.multinomial(logarithms.exp(), 1, generator=self.generator)
            actions[move], likely[move] = chosen.squeeze(1), logarithms.gather(1, chosen).squeeze(1)
            sticks = (torch.rand(GAMES, FRAMES, generator=self.generator) < STICKINESS).tolist()
            for i, game in enumerate(self.games):
                reward = game.move(int(actions[move, i]), sticks[i])
                rewards[move, i] = (reward > 0) - (reward < 0)
                if game.emulator.game_over() or game.moves >= LONGEST:
                    alive[move, i] = 0.0
                    if not game.emulator.game_over():  # Cut off: more rewards would have come.
                        rewards[move, i] += self.gamma * self.network(self.look()[i : i + 1])[1].item()
                    self.returns.append(float(game.total))
                    game.begin()
        following = self.network(self.look())[1]
        advantages = torch.empty_like(values)
        advantage = torch.zeros(GAMES)
        for move in reversed(range(self.unroll)):
            surprise = rewards[move] + self.gamma * alive[move] * following - values[move]
            advantage = surprise + self.gamma * self.gae_lambda * alive[move] * advantage
            advantages[move], following = advantage, values[move]
        worth = advantages, advantages + values
        return [part.flatten(0, 1) for part in (seen, actions, likely, *worth)]

    def learn(self, seen, actions, likely, advantages, returns):
        for _ in range(EPOCHS):
            order = torch.randperm(len(actions), generator=self.generator)
            for batch in order.chunk(MINIBATCHES):
                logarithms, values = self.network(seen[batch])
                ratio = (logarithms.gather(1, actions[batch][:, None]).squeeze(1) - likely[batch]).exp()
                gain = advantages[batch]
                gain = (gain - gain.mean()) / (gain.std() + 1e-8)
                surrogate = torch.min(ratio * gain, ratio.clamp(1 - self.clip, 1 + self.clip) * gain).mean()
                entropy = -(logarithms.exp() * logarithms).sum(-1).mean()
                error = (values - returns[batch]).square().mean()
                self.optimizer.zero_grad()
                (0.5 * error - surrogate - self.entropy * entropy).backward()
                nn.utils.clip_grad_norm_(self.network.parameters(), 0.5)
                self.optimizer.step()
        return entropy.item()

    def save(self, directory):
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "generator": self.generator.get_state(),
            "games": [game.state() for game in self.games],
            "returns": list(self.returns),
        }
        torch.save(state, os.path.join(directory, "state.pt"))

    def restore(self, directory):
        state = torch.load(os.path.join(directory, "state.pt"), weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.generator.set_state(state["generator"])
        for game, its_state in zip(self.games, state["games"]):
            game.go_on(*its_state)
        self.returns = deque(state["returns"], EPISODES)


if __name__ == "__main__":
    ALEInterface.setLoggerMode(LoggerMode.Error)
    if NAME not in roms.get_all_rom_ids():
        raise SystemExit(f"ATARI_GAME is '{NAME}' but must be one of: {', '.join(sorted(roms.get_all_rom_ids()))}")
    evolvent.serve(Atari, example=START)
