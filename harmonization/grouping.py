"""How many groups Polars keeps at hand while it adds rows up: more than the facts of most files."""

import os

import polars as pl

VARIABLE = "POLARS_HOT_TABLE_SIZE"
HOT_GROUPS = 1 << 16


def keep_groups_at_hand() -> None:
    """Set it for this process, unless its environment does.

    Polars' streaming engine keeps 4096 groups by default; rows of any further group are put aside one by one and added
    up again at the end. A quarter's facts of one export are more: of 9,000 groups nearly every row was put aside. The
    size changes nothing but time.
    """
    os.environ.setdefault(VARIABLE, str(HOT_GROUPS))
    pl.Config.reload_env_vars()
