"""Design and read experiments: what advertising added, with intervals that never contradict their p-values."""
