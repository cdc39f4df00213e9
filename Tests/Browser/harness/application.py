"""A department's system that lets people enter with their account here: a stock client library (authlib) and a port."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet




@dataclass
class Application:
    """One such system. It knows the address of the discovery document and nothing else of the other side."""

    issuer: str
    redirect: str
    client_id: str
    client_secret: str
    logouts: list[str] = field(default_factory=list)
    metadata: dict = field(default_factory=dict)
    nonce: str = ""
    verifier: str = ""
    state: str = ""

    def __post_init__(self) -> None:
        self.http = requests.Session()
        self.http.trust_env = False
        self.metadata = self.http.get(f"{self.issuer}/.well-known/openid-configuration", timeout=10).json()
        assert self.metadata["issuer"] == self.issuer
        self.session = OAuth2Session(
            self.client_id, self.client_secret, scope="openid profile", redirect_uri=self.redirect,
            token_endpoint_auth_method="client_secret_basic", token_endpoint=self.metadata["token_endpoint"],
            code_challenge_method="S256",
        )
        self.session.trust_env = False

    def begin(self, **options: str) -> str:
        """The address to which the person is sent."""
        self.nonce, self.verifier = generate_token(20), generate_token(48)
        url, self.state = self.session.create_authorization_url(
            self.metadata["authorization_endpoint"], nonce=self.nonce, code_verifier=self.verifier, **options)
        return url

    def finish(self, landed: str) -> dict:
        """Takes the address at which the person came back: checks it, and gives the claims of the ID token."""
        answer = {name: values[0] for name, values in parse_qs(urlsplit(landed).query).items()}
        assert answer["iss"] == self.issuer, "another provider's answer (mix-up)"
        assert answer["state"] == self.state
        self.session.fetch_token(
            self.metadata["token_endpoint"], authorization_response=landed, state=self.state,
            code_verifier=self.verifier)
        return self.identity()

    def identity(self) -> dict:
        """The claims of the ID token, checked as the library does."""
        token = jwt.decode(self.session.token["id_token"], self.keys(), algorithms=["RS256", "ES256"])
        claims = CodeIDToken(
            token.claims, token.header,
            {"iss": {"essential": True, "value": self.issuer}, "aud": {"essential": True, "value": self.client_id}},
            {"nonce": self.nonce, "client_id": self.client_id, "access_token": self.session.token["access_token"]})
        claims.validate(leeway=0)
        return dict(claims)

    def keys(self) -> KeySet:
        return KeySet.import_key_set(self.http.get(self.metadata["jwks_uri"], timeout=10).json())

    def userinfo(self) -> requests.Response:
        return self.session.get(self.metadata["userinfo_endpoint"], timeout=10)

    def leaving(self) -> str:
        """The address by which the person signs out."""
        return (f"{self.metadata['end_session_endpoint']}?id_token_hint={self.session.token['id_token']}"
                f"&post_logout_redirect_uri={self.redirect}&state=bye")


@contextmanager
def listening():
    """A port that answers every call, with what was posted to it: `(url, posts)`."""
    posts: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer()

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            posts.append({name: values[0] for name, values in parse_qs(body).items()})
            self._answer()

        def _answer(self):
            page = "<!DOCTYPE html><title>部门系统</title><h1>部门系统</h1>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", posts
    finally:
        server.shutdown()
        server.server_close()


def register(deployment, name: str, url: str, *options: str) -> Application:
    """Registers a system whose pages lie at `url` with the command line, as an operator would."""
    made = json.loads(deployment.run(
        "client", "add", name, "--redirect", f"{url}/callback", "--logout-redirect", f"{url}/callback",
        "--backchannel", f"{url}/logout", "--json", *options).stdout)
    return Application(made["issuer"], f"{url}/callback", made["client_id"], made["client_secret"])
