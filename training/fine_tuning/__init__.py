"""What a training process is told, what it says while it runs, and what it would need of memory."""
