"""Which product of the tenant an item of a retailer is: codes, keys, names, sizes, candidates."""
