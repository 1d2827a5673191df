"""Model runtimes by dotted path: a process of our own, a server of OpenAI's protocol, a fake for tests."""
