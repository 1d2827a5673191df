"""From the letters of a brief to tokens: money, shares, days, names, operators, words."""
