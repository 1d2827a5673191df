"""Settings: ``base`` reads the environment; ``development``, ``test`` and ``production`` differ where they must."""
