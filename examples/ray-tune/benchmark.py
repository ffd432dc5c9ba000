"""Serves the toy that Ray ships to show its own PBT, out of Ray's package as it is. Needs Ray."""

try:
    from ray.tune.examples.pbt_example import PBTBenchmarkExample
except ImportError as e:
    raise SystemExit(f"This example needs Ray ({e}).\nMaybe: pip install 'ray[tune]'") from None

import evolvent

if __name__ == "__main__":
    evolvent.serve(evolvent.ray_trainable(PBTBenchmarkExample), example={"lr": 0.001})
