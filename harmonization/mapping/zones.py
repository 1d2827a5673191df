"""Time zones a mapping may name: those of the IANA database that comes with Polars."""

from functools import lru_cache

import polars as pl


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Whether this is a zone of the IANA database, such as ``Asia/Seoul``."""
    try:
        pl.Series([], dtype=pl.Datetime("us")).dt.replace_time_zone(name or "none")
    except pl.exceptions.ComputeError:
        return False
    return True


def may_be_words(name: str) -> bool:
    """Whether this describes a zone that differs by account, such as ``of the advertiser's profile``."""
    return " " in name.strip()
