"""The client of a server that speaks OpenAI's protocol and loads adapters at run time, such as vLLM.

Only this gateway may reach such a server: it knows no tenants. What it is told are opaque names, and paths of folders
that both sides see. One request wears one adapter there, so a composite has to be one (``concatenated``).
"""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

import urllib3
from django.conf import settings

from agents.federation.cache import BoundedCache
from agents.federation.generation import (
    BackendUnavailable,
    Generated,
    GenerationRefused,
    Health,
    Message,
    Sampling,
    ServedAdapter,
    Timings,
    ToolSpec,
    Usage,
)
from agents.federation.tool_grammar import answer_schema, read_tool_call

LOAD_SECONDS, HEALTH_SECONDS, CONNECT_SECONDS = 60.0, 2.0, 5.0
ALREADY = "already been loaded"


class OpenAIServer:
    """A connection pool to ``OPENAI_URL``; threads share it."""

    def __init__(self, *, url: str = "", base_model: str = "", api_key: str = "") -> None:
        self._url = (url or settings.OPENAI_URL).rstrip("/")
        self._base_model = base_model or settings.OPENAI_BASE_MODEL
        key = api_key or settings.OPENAI_API_KEY
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
        self._pool = urllib3.PoolManager(headers=headers, retries=False, maxsize=32)
        self._loaded: BoundedCache[ServedAdapter] = BoundedCache(
            limit=settings.ENGINE_CACHE_BYTES, size=lambda served: served.size, dropped=self._unload
        )

    def generate(
        self,
        *,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        json_schema: Mapping[str, Any] | None,
        candidates: Sequence[str],
        composite: ServedAdapter,
        sampling: Sampling,
        tenant_salt: str,
    ) -> Generated:
        started = time.perf_counter()
        self.ensure(composite=composite)
        schema = answer_schema(tools=tools, json_schema=json_schema)
        if schema is None and candidates:
            schema = {"enum": list(candidates)}
        body = self._body(messages, schema, composite=composite, sampling=sampling, tenant_salt=tenant_salt)
        found = self._completion(body, composite=composite, seconds=sampling.seconds)
        text = _text(found, is_choice=bool(candidates) and not tools and json_schema is None)
        total = time.perf_counter() - started
        return Generated(
            text=text,
            tool_call=read_tool_call(text=text, tools=tools) if tools else None,
            usage=Usage(
                prompt_tokens=found["usage"]["prompt_tokens"], completion_tokens=found["usage"]["completion_tokens"]
            ),
            timings=Timings(waited=0.0, generated=total, total=total),
            digest="" if found["model"] == self._base_model else str(found["model"]),
            finish="length" if found["choices"][0].get("finish_reason") == "length" else "stop",
        )

    def ensure(self, *, composite: ServedAdapter) -> None:
        if not composite.name or self._loaded.get(composite.name) is not None:
            return
        if len(composite.folders) != 1:
            detail = "A request wears one adapter there: use the strategy “concatenated”."
            raise GenerationRefused("The server cannot sum adapters", detail, composite.name)
        body = {"lora_name": composite.name, "lora_path": str(composite.folders[0])}
        status, found = self._post("/v1/load_lora_adapter", body, seconds=LOAD_SECONDS)
        if status >= 400 and ALREADY not in _message(found):
            raise _problem(status, found)
        self._loaded.put(composite.name, composite)

    def evict(self, *, digest: str) -> None:
        self._loaded.drop(digest)

    def health(self) -> Health:
        try:
            status, _ = self._ask("GET", "/health", None, seconds=HEALTH_SECONDS)
            _, listed = self._ask("GET", "/v1/models", None, seconds=HEALTH_SECONDS)
        except BackendUnavailable as error:
            return Health(is_ready=False, detail=str(error))
        names = tuple(one["id"] for one in listed.get("data", []) if one["id"] != self._base_model)
        return Health(is_ready=status == 200, detail=self._url, loaded=names, loaded_bytes=self._loaded.held)

    def _body(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, Any] | None,
        *,
        composite: ServedAdapter,
        sampling: Sampling,
        tenant_salt: str,
    ) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": composite.name or self._base_model,
            "messages": [{"role": one.role, "content": one.content} for one in messages],
            "max_tokens": sampling.max_tokens,
            "temperature": sampling.temperature,
            "seed": sampling.seed,
            "cache_salt": tenant_salt,
        }
        if schema is not None:
            named = {"name": "answer", "schema": schema, "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        return body

    def _completion(self, body: Mapping[str, Any], *, composite: ServedAdapter, seconds: float) -> dict[str, Any]:
        status, found = self._post("/v1/chat/completions", body, seconds=seconds)
        if status == 404 and composite.name:  # it was started again, and knows nothing of what we loaded
            self._loaded.drop(composite.name)
            self.ensure(composite=composite)
            status, found = self._post("/v1/chat/completions", body, seconds=seconds)
        if status >= 400:
            raise _problem(status, found)
        if not (found.get("choices") and {"model", "usage"} <= found.keys()):
            raise BackendUnavailable("The model server does not speak the protocol", "No choices came.", self._url)
        return found

    def _unload(self, name: str, served: ServedAdapter) -> None:
        self._post("/v1/unload_lora_adapter", {"lora_name": name}, seconds=LOAD_SECONDS)

    def _post(self, path: str, body: Mapping[str, Any], *, seconds: float) -> tuple[int, dict[str, Any]]:
        return self._ask("POST", path, json.dumps(body).encode(), seconds=seconds)

    def _ask(self, method: str, path: str, body: bytes | None, *, seconds: float) -> tuple[int, dict[str, Any]]:
        try:
            answer = self._pool.request(method, self._url + path, body=body, timeout=_within(seconds), redirect=False)
            found = json.loads(answer.data) if answer.data[:1] == b"{" else {}
            return answer.status, found
        except urllib3.exceptions.NewConnectionError as error:  # refused; to urllib3 that is a timeout too
            raise BackendUnavailable("The model server does not answer", str(error)[:300], self._url) from error
        except urllib3.exceptions.TimeoutError as error:
            detail = f"No answer in {seconds:.0f} s."
            raise BackendUnavailable("The model server is too slow", detail, self._url) from error
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise BackendUnavailable("The model server does not answer", str(error)[:300], self._url) from error


def _within(seconds: float) -> urllib3.Timeout:
    return urllib3.Timeout(connect=min(seconds, CONNECT_SECONDS), read=max(seconds, 0.001))


def _text(found: Mapping[str, Any], *, is_choice: bool) -> str:
    text = str(found["choices"][0]["message"]["content"] or "")
    if not is_choice:
        return text
    try:
        return str(json.loads(text))
    except ValueError as error:
        raise BackendUnavailable("The model server did not choose", "Its answer is cut off.", "candidates") from error


def _message(found: Mapping[str, Any]) -> str:
    error = found.get("error", found)
    return str(error.get("message", "") if isinstance(error, dict) else error)


def _problem(status: int, found: Mapping[str, Any]) -> BackendUnavailable:
    if status < 500 and status not in (408, 429):
        return GenerationRefused("The model server refuses", _message(found)[:300] or f"Status {status}.", "server")
    return BackendUnavailable("The model server failed", f"Status {status}. {_message(found)}"[:300], "server")
