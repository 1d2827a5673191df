"""The engine process: the only place that loads torch to answer; nothing else imports this room."""
