import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import SecretStr

from service.flag_provider import create_flag_provider
from service.flags import connect_flags
from service.settings import Settings
from tests.fakes import fresh_domain

TOKEN = "a-client-token"  # noqa: S105


class _Unleash(BaseHTTPRequestHandler):
    """As much of Unleash as a client needs."""

    def do_GET(self) -> None:
        allowed = self.headers["Authorization"] == TOKEN
        body = json.dumps(
            {
                "version": 2,
                "features": [
                    {"name": "time-of-day-greeting", "enabled": True, "strategies": [{"name": "default"}]},
                    {"name": "greetings-enabled", "enabled": False, "strategies": [{"name": "default"}]},
                ],
            }
        ).encode()
        self._send(200 if allowed else 401, body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._send(202, b"{}")

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def unleash() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Unleash) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()


@pytest.mark.anyio
async def test_unleash_decides_where_it_is_asked_for(unleash: str) -> None:
    settings = Settings(flag_provider="unleash", unleash_url=unleash, unleash_api_token=SecretStr(TOKEN))
    flags = connect_flags(create_flag_provider(settings), domain=fresh_domain())
    assert await flags.is_on("time-of-day-greeting", "Ada") is True
    assert await flags.is_on("greetings-enabled", "Ada") is False
    flags.close()


@pytest.mark.anyio
async def test_defaults_hold_while_unleash_cannot_be_reached() -> None:
    settings = Settings(flag_provider="unleash", unleash_url="http://127.0.0.1:1/api")
    flags = connect_flags(create_flag_provider(settings), domain=fresh_domain())
    assert await flags.is_on("time-of-day-greeting", "Ada") is False
    assert await flags.is_on("greetings-enabled", "Ada") is True
    flags.close()
