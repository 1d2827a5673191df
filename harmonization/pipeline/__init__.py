"""From a file and a mapping to RMIS rows, rejects, quality and reconciliation."""
