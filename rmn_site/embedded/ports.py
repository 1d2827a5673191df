"""Free ports of the loopback interface."""

import socket

LOOPBACK = "127.0.0.1"


def free_port(*, wanted: int = 0) -> int:
    """``wanted`` if nothing listens there, else a port the system chooses."""
    for port in dict.fromkeys((wanted, 0)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on the loopback interface")
