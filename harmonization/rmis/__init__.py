"""The canonical schema: fields, units, definitions and metrics."""
