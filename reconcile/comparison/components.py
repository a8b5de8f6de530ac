"""Components: which nodes hang together through edges."""

from __future__ import annotations

import numpy as np
import polars as pl


def components(count: int, edges: pl.DataFrame) -> pl.Series:
    """For each of `count` nodes the smallest node that it hangs together with, through the edges `left, right`.

    >>> components(5, pl.DataFrame({"left": [0, 1], "right": [1, 4]})).to_list()
    [0, 0, 2, 3, 0]
    """
    label = np.arange(count, dtype=np.int64)
    left, right = (edges.get_column(side).to_numpy().astype(np.int64) for side in ("left", "right"))
    while True:
        lowest = np.minimum(label[left], label[right])
        if np.array_equal(lowest, label[left]) and np.array_equal(lowest, label[right]):
            return pl.Series("component", label, dtype=pl.Int64)
        # Hook the higher of two roots to the lower one, then let every node look up its root's root.
        np.minimum.at(label, label[left], lowest)
        np.minimum.at(label, label[right], lowest)
        while not np.array_equal(label, label[label]):
            label = label[label]
