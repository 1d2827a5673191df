"""An API client of the standard library: JSON, files, tokens; every unexpected status is an error with its problem."""

import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

TIMEOUT_SECONDS = 60
OPERATION_SECONDS = 120
FINISHED = frozenset({"done", "failed", "cancelled"})


class UnexpectedAnswer(Exception):
    """The API answered something else than asked for; the message has method, path, status and problem."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer: status, headers and bytes."""

    status: int
    headers: Message
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True, kw_only=True)
class ApiClient:
    """Calls ``<url>/api/v1/…`` with one token."""

    url: str
    token: str

    def get(self, path: str, *, expect: int = 200) -> Answer:
        return self._call("GET", path, body=None, headers={}, expect=expect)

    def post(
        self, path: str, body: Any = None, *, expect: int = 200, headers: Mapping[str, str] | None = None
    ) -> Answer:
        content = json.dumps({} if body is None else body).encode()
        sent = {"Content-Type": "application/json", **(headers or {})}
        return self._call("POST", path, body=content, headers=sent, expect=expect)

    def patch(self, path: str, body: Any, *, version: str, expect: int = 200) -> Answer:
        sent = {"Content-Type": "application/json", "If-Match": version}
        return self._call("PATCH", path, body=json.dumps(body).encode(), headers=sent, expect=expect)

    def upload(self, path: str, *, file: Path, expect: int = 202) -> Answer:
        """Post one file as multipart/form-data in the field ``file``."""
        content, content_type = multipart(name="file", file=file)
        return self._call("POST", path, body=content, headers={"Content-Type": content_type}, expect=expect)

    def finished_operation(self, location: str) -> dict[str, Any]:
        """Poll an operation's address until it has ended; UnexpectedAnswer when it fails or takes too long."""
        end = time.monotonic() + OPERATION_SECONDS
        while time.monotonic() < end:
            operation: dict[str, Any] = self.get(location).json
            if operation["state"] in FINISHED:
                break
            time.sleep(0.1)
        if operation["state"] != "done":
            raise UnexpectedAnswer(f"{operation['title']}: {operation['state']} {operation.get('problem')}")
        return operation

    def _call(self, method: str, path: str, *, body: bytes | None, headers: Mapping[str, str], expect: int) -> Answer:
        address = path if path.startswith("http") else f"{self.url}{path}"
        request = urllib.request.Request(address, data=body, method=method, headers=dict(headers))
        request.add_header("Authorization", f"Bearer {self.token}")
        answer = _answer(request)
        if answer.status != expect:
            said = answer.content[:600].decode(errors="replace")
            raise UnexpectedAnswer(f"{method} {path} answered {answer.status}, not {expect}: {said}")
        return answer


def multipart(*, name: str, file: Path) -> tuple[bytes, str]:
    """A form of one file: its bytes and its content type (RFC 7578)."""
    boundary = secrets.token_hex(16)
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file.name}"\r\n'
    kind = "Content-Type: application/octet-stream\r\n\r\n"
    body = head.encode() + kind.encode() + file.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


def _answer(request: urllib.request.Request) -> Answer:
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            return Answer(status=response.status, headers=response.headers, content=response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(status=error.code, headers=error.headers, content=error.read())
