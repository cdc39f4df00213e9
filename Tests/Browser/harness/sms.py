"""A provider of short messages that behaves as real ones do: it checks signatures, sends a key once, and has bad days."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "sms-secret-of-the-tests"
KEY_ID = "county-key"
SIGN = "岳阳政务服务"


def signature(*lines: str) -> str:
    return hmac.new(SECRET.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


class Provider:
    """`sent` holds each message that reached a telephone, once; `answers` says how the next requests go."""

    def __init__(self) -> None:
        self.sent: dict[str, dict] = {}
        self.requests = 0
        self.faults: list[str] = []
        self.answers: list[str] = []
        self.nonces: set[str] = set()
        self.lock = threading.Lock()

    def wait(self, count: int, seconds: float = 30) -> list[dict]:
        """Waits until so many messages were sent."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if len(self.sent) >= count:
                return list(self.sent.values())
            time.sleep(0.05)
        raise AssertionError(f"{len(self.sent)} of {count} messages came; faults: {self.faults}")

    def take(self, path: str, headers, body: bytes) -> tuple[int, dict, float]:
        with self.lock:
            self.requests += 1
            lines = ["POST", path, headers["X-Timestamp"], headers["X-Nonce"], hashlib.sha256(body).hexdigest()]
            right = hmac.compare_digest(signature(*lines), headers["X-Signature"])
            fresh = abs(time.time() * 1000 - int(headers["X-Timestamp"])) < 300_000
            if headers["X-Key-Id"] != KEY_ID or not right or not fresh or headers["X-Nonce"] in self.nonces:
                self.faults.append(f"bad signature of {body!r}")
                return 403, {"code": "BAD_SIGNATURE"}, 0
            self.nonces.add(headers["X-Nonce"])
            answer = self.answers.pop(0) if self.answers else "OK"
            if answer == "down":
                return 503, {}, 0
            if answer == "elsewhere":
                return 302, {}, 0
            if answer not in ("OK", "slow"):
                return 200, {"code": answer}, 0
            message = json.loads(body)
            self.sent.setdefault(message["request_id"], message)
            return 200, {"code": "OK", "message_id": "M" + message["request_id"]}, 4 if answer == "slow" else 0


@contextmanager
def provider(port: int) -> Iterator[Provider]:
    """Serves a provider at `http://127.0.0.1:PORT/v1/send` while the block lasts."""
    state = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer, delay = state.take(self.path, self.headers, body)
            time.sleep(delay)
            content = json.dumps(answer).encode()
            try:
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", f"http://127.0.0.1:{port}/v1/elsewhere")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except BrokenPipeError:
                pass

        def log_message(self, *_) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
