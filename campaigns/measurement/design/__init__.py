"""Design experiments before money is spent: who, how long, how much, and what could be seen."""
