"""Advertising copy judged by written rules: what breaks a retailer's policy, and what can be repaired safely."""
