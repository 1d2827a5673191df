"""Split a budget over cells, with proof."""
