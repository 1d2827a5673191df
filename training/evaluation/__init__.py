"""What adapters and their compositions can do: suites nothing was trained on, scores with intervals."""
