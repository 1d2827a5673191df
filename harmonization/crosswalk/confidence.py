"""The chance that a candidate is the product, from what speaks for it.

A logistic model (Fellegi and Sunter's linkage in its regression form) fitted by ``benchmarks/crosswalk.py --fit`` on
perturbed catalogues whose true pairs are known; the benchmark shows how well the chances hold on others.
"""

import numpy as np
from numpy.typing import NDArray

FEATURES = (
    *("letters", "word_sets", "rare_words", "brand_same", "brand_differs"),
    *("size_same", "size_differs", "other_numbers", "lead", "behind"),
)
INTERCEPT = -22.217
WEIGHTS = (6.848, 11.872, -0.059, 2.528, -5.151, 1.033, -0.841, -6.495, 16.737, -0.275)


def confidence(*, features: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chances from 0 to 1, shape (n_pairs,), for features of shape (n_pairs, n_features)."""
    chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-(features @ np.asarray(WEIGHTS) + INTERCEPT)))
    return chances
