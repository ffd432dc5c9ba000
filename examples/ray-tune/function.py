"""Serves the function that Ray ships to show its own PBT, out of Ray's package as it is. Needs Ray."""

try:
    from ray.tune.examples.pbt_function import pbt_function
except ImportError as e:
    raise SystemExit(f"This example needs Ray and NumPy ({e}).\nMaybe: pip install 'ray[tune]' numpy") from None

import evolvent

if __name__ == "__main__":
    evolvent.serve(evolvent.ray_function(pbt_function), example={"lr": 0.001})
