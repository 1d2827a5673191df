"""Demand, stock-outs and price elasticity, always beside a baseline and with intervals."""
