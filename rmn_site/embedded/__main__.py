"""``python -m rmn_site.embedded``: ``run -- COMMAND``, ``serve``, ``stop``, ``forget``."""

import argparse
import sys
from pathlib import Path

from rmn_site.embedded.errors import EmbeddedError
from rmn_site.embedded.places import default_state_dir
from rmn_site.embedded.put_away import forget_everything, stop_everything
from rmn_site.embedded.run import run_command
from rmn_site.embedded.serve import serve


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rmn_site.embedded", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="run a command with DATABASE_URL and REDIS_URL pointing to running services")
    run.add_argument("--ephemeral", action="store_true", help="services of this run only: quick, empty, removed after")
    run.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    serve = verbs.add_parser("serve", help="the demo: services, portal, worker, relay and engine, until Ctrl-C")
    serve.add_argument("--port", type=int, default=8000, help="another one is taken if it is not free; 0 for any")
    serve.add_argument("--ready-file", type=Path, help="written as JSON when the portal answers")
    verbs.add_parser("stop", help="stop what runs from the state folder")
    verbs.add_parser("forget", help="stop it and remove the state folder with all its data")
    return parser.parse_args()


def _care_for_the_demo(arguments: argparse.Namespace) -> int:
    state_dir = default_state_dir()
    if arguments.verb == "serve":
        return serve(port=arguments.port, state_dir=state_dir, ready_file=arguments.ready_file)
    if arguments.verb == "forget":
        forget_everything(state_dir=state_dir)
    elif stopped := stop_everything(state_dir=state_dir):
        sys.stdout.write(f"Stopped: {', '.join(stopped)}.\n")
    return 0


def main() -> int:
    """0, or the exit status of what ran; 1 with one line on standard error when something cannot run here."""
    arguments = _arguments()
    try:
        if arguments.verb == "run":
            command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
            return run_command(command=command, ephemeral=arguments.ephemeral)
        return _care_for_the_demo(arguments)
    except EmbeddedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
