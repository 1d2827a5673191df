"""The smoke run's API client against a server of the standard library."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.test import RequestFactory

from rmn_site.smoke import client as clients
from rmn_site.smoke.client import ApiClient, UnexpectedAnswer, multipart


class Server(BaseHTTPRequestHandler):
    """Answers every path with a status and body that the test lays out, and keeps what came."""

    answers: list[tuple[int, dict]] = []
    came: list[tuple[str, str, dict[str, str]]] = []

    def do_GET(self) -> None:
        self.came.append((self.command, self.path, dict(self.headers)))
        status, body = self.answers.pop(0)
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *arguments: object) -> None:
        """Tests stay quiet."""


@pytest.fixture
def server():
    Server.answers, Server.came = [], []
    with HTTPServer(("127.0.0.1", 0), Server) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield ApiClient(url=f"http://127.0.0.1:{listening.server_port}", token="rmn_secret")
        listening.shutdown()


def test_token_goes_with_every_request(server):
    Server.answers.append((200, {"role": "owner"}))

    assert server.get("/api/v1/me/").json == {"role": "owner"}
    assert Server.came[0][2]["Authorization"] == "Bearer rmn_secret"


def test_unexpected_status_tells_what_the_server_said(server):
    Server.answers.append((409, {"title": "Not now"}))

    with pytest.raises(UnexpectedAnswer, match=r"POST /plans/ answered 409, not 201: .*Not now"):
        server.post("/plans/", {}, expect=201)


def test_operation_is_polled_until_it_is_done(server):
    Server.answers += [(200, {"state": state}) for state in ("queued", "running", "done")]

    assert server.finished_operation("/api/v1/operations/1/")["state"] == "done"
    assert len(Server.came) == 3


def test_operation_that_fails_is_an_error_with_its_problem(server):
    Server.answers.append((200, {"state": "failed", "title": "Plan", "problem": {"title": "No spend"}}))

    with pytest.raises(UnexpectedAnswer, match="No spend"):
        server.finished_operation("/api/v1/operations/1/")


def test_operation_that_takes_too_long_is_an_error(server, monkeypatch):
    monkeypatch.setattr(clients, "OPERATION_SECONDS", 0.25)
    Server.answers += [(200, {"state": "running", "title": "Plan"})] * 9

    with pytest.raises(UnexpectedAnswer, match="running"):
        server.finished_operation("/api/v1/operations/1/")


def test_multipart_form_is_read_by_django(tmp_path):
    file = tmp_path / "export.csv"
    file.write_bytes(b"a,b\r\n1,2\r\n--not-a-boundary\r\n")

    body, content_type = multipart(name="file", file=file)
    request = RequestFactory().post("/", data=body, content_type=content_type)

    assert request.FILES["file"].name == "export.csv"
    assert request.FILES["file"].read() == file.read_bytes()
