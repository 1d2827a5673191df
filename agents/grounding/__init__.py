"""Between words and a model: names and numbers go into slots, the model points at them, code copies and normalises."""
