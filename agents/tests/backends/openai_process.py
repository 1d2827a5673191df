"""A server process that speaks OpenAI's protocol and vLLM's loading of adapters, over a small real model.

Run: ``python -m agents.tests.backends.openai_process BASE PORT-FILE``. Statuses and messages are vLLM's.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from agents.engine.worn_model import WornModel
from agents.federation.generation import BASE_ALONE, GenerationRefused, Message, Request, Sampling, ServedAdapter

BASE_NAME, KEY = "tiny-base", "secret-key"
KNOWN: dict[str, ServedAdapter] = {}
SEEN: list[dict] = []


class Handler(BaseHTTPRequestHandler):
    model: WornModel
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        listed = [{"id": name, "object": "model"} for name in (BASE_NAME, *KNOWN)]
        answers = {"/health": {}, "/v1/models": {"object": "list", "data": listed}, "/seen": {"seen": SEEN}}
        self._send(200 if self.path in answers else 404, answers.get(self.path, {}))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            self._refuse(401, "Unauthorized")
            return
        SEEN.append({"path": self.path} | body)
        acts = {
            "/v1/load_lora_adapter": self._load,
            "/v1/unload_lora_adapter": self._unload,
            "/v1/chat/completions": self._complete,
        }
        acts[self.path](body)

    def _load(self, body: dict) -> None:
        name, folder = body["lora_name"], Path(body["lora_path"])
        if name in KNOWN:
            self._refuse(400, f"The lora adapter '{name}' has already been loaded.")
            return
        try:
            KNOWN[name] = ServedAdapter(name=name, folders=(folder,), size=1, base_digest=self.model.base_digest)
            self.model.ensure(KNOWN[name])
        except GenerationRefused as refused:
            del KNOWN[name]
            self._refuse(404, f"Loading lora {name} failed: {refused}")
            return
        self._send_text(f"Success: LoRA adapter '{name}' added successfully.")

    def _unload(self, body: dict) -> None:
        name = body["lora_name"]
        if KNOWN.pop(name, None) is None:
            self._refuse(404, f"The lora adapter '{name}' cannot be found.")
            return
        self.model.evict(name)
        self._send_text(f"Success: LoRA adapter '{name}' removed successfully.")

    def _complete(self, body: dict) -> None:
        name = body["model"]
        if name != BASE_NAME and name not in KNOWN:
            self._refuse(404, f"The model `{name}` does not exist.")
            return
        form = body.get("response_format", {}).get("json_schema", {}).get("schema")
        request = Request(
            messages=tuple(Message(**one) for one in body["messages"]),
            json_schema=form,
            composite=KNOWN.get(name, BASE_ALONE),
            sampling=Sampling(max_tokens=body["max_tokens"], temperature=body["temperature"], seed=body["seed"]),
        )
        try:
            row, prompt = self.model.begin(request=request, deadline=time.monotonic() + 60)
        except GenerationRefused as refused:
            self._refuse(400, str(refused))
            return
        self.model.generate(rows=[row], prompts=[prompt])
        message = {"role": "assistant", "content": self.model.text(row)}
        usage = {"prompt_tokens": len(prompt), "completion_tokens": row.written}
        choice = {"index": 0, "message": message, "finish_reason": row.finish}
        self._send(200, {"object": "chat.completion", "model": name, "choices": [choice], "usage": usage})

    def _refuse(self, status: int, message: str) -> None:
        self._send(status, {"error": {"message": message, "type": "InvalidUserInput", "code": status}})

    def _send(self, status: int, content: dict) -> None:
        self._send_text(json.dumps(content), status=status, kind="application/json")

    def _send_text(self, text: str, *, status: int = 200, kind: str = "text/plain") -> None:
        octets = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *arguments) -> None:
        return


def main() -> None:
    Handler.model = WornModel(folder=Path(sys.argv[1]), device="cpu", cache_bytes=1 << 20)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Path(sys.argv[2]).write_text(str(server.server_port))
    server.serve_forever()


if __name__ == "__main__":
    main()
