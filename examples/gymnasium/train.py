"""Proximal Policy Optimization (Schulman et al. 2017, arXiv 1707.06347) balances a pole, in one file.

    python3 train.py --try     try the trainer without Evolvent

A training step is one move. Moves come in rollouts: 8 environments play 64 moves each, then the policy learns from
these 512. An interval ends with the first rollout that has at least as many moves as the study asks for.
"""

import os

import evolvent

try:
    import gymnasium
    import torch
    from torch import nn
except ImportError as e:
    raise SystemExit(f"This example needs PyTorch and Gymnasium ({e}).\nMaybe: pip install torch gymnasium") from None

torch.set_num_threads(1)  # More would wait for each other, so small are the networks.

TASK = "CartPole-v1"
ENVIRONMENTS, MOVES = 8, 64
MINIBATCH = 128
EPISODES = 10
"""Played to measure a policy; their returns are the samples that strategies test differences with."""

START = {"learning_rate": 1e-3, "entropy": 0.01, "clip": 0.2, "gamma": 0.99, "gae_lambda": 0.95, "epochs": 4}


class Network(nn.Module):
    """A policy and a value, apart from each other."""

    def __init__(self, inputs, actions):
        super().__init__()
        self.policy = nn.Sequential(
            nn.Linear(inputs, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, actions)
        )
        self.value = nn.Sequential(nn.Linear(inputs, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 1))
        with torch.no_grad():
            self.policy[-1].weight *= 0.01  # Begin with all actions about equally likely.


class Ppo:
    def __init__(self, environments, seed):
        torch.manual_seed(seed)
        self.generator = torch.Generator().manual_seed(seed)  # Draws actions, minibatches and the environments' seeds.
        self.environments = environments
        first = environments[0]
        self.network = Network(first.observation_space.shape[0], int(first.action_space.n))
        self.optimizer = torch.optim.Adam(self.network.parameters(), eps=1e-5)
        evolvent.watch(self.optimizer, lr="learning_rate")

    def apply(self, hyperparameters):
        self.entropy = hyperparameters["entropy"]
        self.clip = hyperparameters["clip"]
        self.gamma = hyperparameters["gamma"]
        self.gae_lambda = hyperparameters["gae_lambda"]
        self.epochs = hyperparameters["epochs"]

    def train(self, interval):
        # Every interval begins with new episodes, so that no checkpoint needs to hold the environments.
        observations = [self.reset(environment) for environment in self.environments[:ENVIRONMENTS]]
        done = 0
        while not interval.is_over(done):
            self.learn(*self.play(observations))
            done += ENVIRONMENTS * MOVES
            interval.progress(done)

    def reset(self, environment):
        seed = int(torch.randint(2**31, (), generator=self.generator))
        return torch.as_tensor(environment.reset(seed=seed)[0])

    @torch.no_grad()
    def play(self, observations):
        """Play on from observations, which the last ones replace; return what was seen and done, and its worth."""
        seen = torch.empty(MOVES + 1, ENVIRONMENTS, observations[0].numel())
        actions = torch.empty(MOVES, ENVIRONMENTS, dtype=torch.long)
        rewards, alive = torch.zeros(MOVES, ENVIRONMENTS), torch.ones(MOVES, ENVIRONMENTS)
        bootstrap = torch.zeros(MOVES, ENVIRONMENTS)  # The value of where an episode was cut off.
        ended = torch.zeros(MOVES, ENVIRONMENTS, dtype=torch.bool)
        for move in range(MOVES):
            seen[move] = torch.stack(observations)
            probabilities = self.network.policy(seen[move]).softmax(-1)
            actions[move] = torch.multinomial(probabilities, 1, generator=self.generator).squeeze(-1)
            for i, environment in enumerate(self.environments[:ENVIRONMENTS]):
                observation, reward, terminated, truncated, _ = environment.step(int(actions[move, i]))
                observations[i], rewards[move, i] = torch.as_tensor(observation), float(reward)
                if terminated or truncated:
                    ended[move, i] = True
                    if not terminated:
                        bootstrap[move, i] = self.network.value(observations[i]).squeeze()
                    observations[i] = self.reset(environment)
        seen[MOVES] = torch.stack(observations)
        alive[ended] = 0.0
        values = self.network.value(seen).squeeze(-1)
        following = alive * values[1:] + bootstrap
        surprises = rewards + self.gamma * following - values[:-1]
        advantages = torch.empty_like(surprises)
        advantage = torch.zeros(ENVIRONMENTS)
        for move in reversed(range(MOVES)):
            advantage = surprises[move] + self.gamma * self.gae_lambda * alive[move] * advantage
            advantages[move] = advantage
        flat = seen[:-1].flatten(0, 1), actions.flatten()
        before = self.network.policy(flat[0]).log_softmax(-1).gather(1, flat[1][:, None]).squeeze(1)
        return *flat, before, advantages.flatten(), (advantages + values[:-1]).flatten()

    def learn(self, seen, actions, before, advantages, returns):
        for _ in range(self.epochs):
            for batch in torch.randperm(len(actions), generator=self.generator).split(MINIBATCH):
                logarithms = self.network.policy(seen[batch]).log_softmax(-1)
                ratio = (logarithms.gather(1, actions[batch][:, None]).squeeze(1) - before[batch]).exp()
                gain = advantages[batch]
                gain = (gain - gain.mean()) / (gain.std() + 1e-8)
                surrogate = torch.min(ratio * gain, ratio.clamp(1 - self.clip, 1 + self.clip) * gain).mean()
                entropy = -(logarithms.exp() * logarithms).sum(-1).mean()
                error = (self.network.value(seen[batch]).squeeze(-1) - returns[batch]).square().mean()
                self.optimizer.zero_grad()
                (0.5 * error - surrogate - self.entropy * entropy).backward()
                nn.utils.clip_grad_norm_(self.network.parameters(), 0.5)
                self.optimizer.step()

    @torch.no_grad()
    def measure(self):
        """Play whole episodes that begin the same way every time, learn nothing of them, and return their returns."""
        generator = torch.Generator().manual_seed(1)
        running = dict(enumerate(self.environments[:EPISODES]))
        observations = {i: torch.as_tensor(environment.reset(seed=i)[0]) for i, environment in running.items()}
        returns = [0.0] * EPISODES
        while running:
            logits = self.network.policy(torch.stack([observations[i] for i in running]))
            chosen = torch.multinomial(logits.softmax(-1), 1, generator=generator).squeeze(-1)
            for i, action in zip(list(running), chosen.tolist()):
                observation, reward, terminated, truncated, _ = running[i].step(action)
                observations[i] = torch.as_tensor(observation)
                returns[i] += float(reward)
                if terminated or truncated:
                    del running[i]
        return returns

    def save(self, directory):
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "generator": self.generator.get_state(),
        }
        torch.save(state, os.path.join(directory, "state.pt"))

    def restore(self, directory):
        state = torch.load(os.path.join(directory, "state.pt"), weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.generator.set_state(state["generator"])


def main():
    environments = [gymnasium.make(TASK) for _ in range(max(ENVIRONMENTS, EPISODES))]
    for interval in evolvent.intervals(example=START, evaluate=True):
        if interval.fresh or interval.restore_from:
            ppo = Ppo(environments, interval.seed)
        if interval.restore_from:
            ppo.restore(interval.restore_from)
        if interval.reseed is not None:  # The weights are another member's, and so is the state of what draws.
            ppo.generator.manual_seed(interval.reseed)
        ppo.apply(interval.hyperparameters)
        ppo.train(interval)
        returns = ppo.measure()
        interval.report(samples=returns, mean_return=sum(returns) / EPISODES, worst_return=min(returns))
        ppo.save(interval.save_to)


if __name__ == "__main__":
    main()
