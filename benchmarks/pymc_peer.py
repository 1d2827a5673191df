"""One problem by pymc-marketing's BudgetOptimizer; run by the benchmarks' own Python (see ``install_peers.sh``).

Reads ``{"beta", "k", "cap", "budget"}`` from standard input, money as shares of the budget, and prints the split, what
the optimizer says of it, and the CPU seconds of building and of solving. The model is the one its users would write:
saturating channels with one posterior draw, a sum constraint and a bound per channel.
"""

import json
import sys
import time
import warnings

import numpy as np

warnings.simplefilter("ignore")


def main() -> None:
    """Solve and print."""
    import arviz as az
    import pymc as pm
    import pymc.dims as pmd
    from pymc_marketing.mmm.budget_optimizer import BudgetOptimizer, CustomModelWrapper, optimizer_xarray_builder
    from pytensor.xtensor import as_xtensor

    asked = json.load(sys.stdin)
    beta, k, cap = (np.array(asked[name]) for name in ("beta", "k", "cap"))
    channels = [f"channel {i}" for i in range(beta.size)]
    started = time.process_time()
    with pm.Model(coords={"date": [0], "channel": channels}) as model:
        spend = pmd.Data("channel_data", np.ones((1, beta.size)), dims=("date", "channel"))
        # One posterior draw, the same as the problem's curve; a free variable, so that the optimizer has one to fill.
        unit = pmd.Normal("unit", 1.0, 1.0)
        height, half = (as_xtensor(column, dims=("channel",)) for column in (beta, k))
        earned = unit * height * spend / (half + spend)
        pmd.Deterministic("total_contribution", earned.sum())
    draws = az.from_dict(posterior={"unit": np.ones((1, 1))})
    optimizer = BudgetOptimizer(
        model=CustomModelWrapper(base_model=model, idata=draws, channels=channels), num_periods=1
    )
    built = time.process_time()
    bounds = optimizer_xarray_builder(
        value=np.column_stack([np.zeros(beta.size), cap]), channel=channels, bound=["lower", "upper"]
    )
    split, result = optimizer.allocate_budget(
        total_budget=float(asked["budget"]), budget_bounds=bounds, return_if_fail=True
    )
    ended = time.process_time()
    print(
        json.dumps(
            {
                "spend": np.asarray(split.values, dtype=float).tolist(),
                "told": "optimal" if result.success else "failed",
                "seconds": ended - started,
                "solving": ended - built,
            }
        )
    )


if __name__ == "__main__":
    main()
