"""Judge the planner where the truth is known: realised margin, honest intervals, regret."""
