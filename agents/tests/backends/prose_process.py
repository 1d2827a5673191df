"""A server process that speaks OpenAI's protocol and writes prose about the results it is sent: true, or not.

Run: ``python -m agents.tests.backends.prose_process PORT-FILE``. How it writes is the last path segment of what it is
called under: ``/truthful``, ``/lying``, ``/swapping``, ``/silent``, ``/endless``, ``/broken`` come before ``/v1``.
"""

import json
import sys
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BASE_NAME = "prose-base"
SEEN: list[dict] = []


def spends(result: Mapping) -> dict[str, float]:
    found = result["spend_by_retailer"]
    return {name: one["proposed"] if isinstance(one, dict) else one for name, one in found.items()}


def truthful(result: Mapping) -> str:
    split = " and ".join(f"{name} gets {amount:,.2f} {result['currency']}" for name, amount in spends(result).items())
    return f"The split that the optimizer proved best is this one: {split}."


def lying(result: Mapping) -> str:
    return truthful(result) + " Sales will grow by 47%."


def swapping(result: Mapping) -> str:
    names, amounts = zip(*spends(result).items(), strict=True)
    return truthful({**result, "spend_by_retailer": dict(zip(names, reversed(amounts), strict=True))})


WRITERS: Mapping[str, Callable[[Mapping], str]] = {
    "truthful": truthful,
    "lying": lying,
    "swapping": swapping,
    "silent": lambda result: "This is a very good plan, and you should simply trust it.",
    "endless": truthful,
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._send({"seen": SEEN})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        SEEN.append(body)
        way = self.path.split("/")[1]
        if way == "broken":
            self._send({"object": "something else"})
            return
        text = WRITERS[way](json.loads(body["messages"][-1]["content"])["results"][0])
        message = {"role": "assistant", "content": text}
        finish = "length" if way == "endless" else "stop"
        choice = {"index": 0, "message": message, "finish_reason": finish}
        usage = {"prompt_tokens": 100, "completion_tokens": len(text) // 4}
        self._send({"object": "chat.completion", "model": body["model"], "choices": [choice], "usage": usage})

    def _send(self, content: dict) -> None:
        octets = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *arguments) -> None:
        return


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Path(sys.argv[1]).write_text(str(server.server_port))
    server.serve_forever()


if __name__ == "__main__":
    main()
