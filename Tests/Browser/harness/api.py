"""A session for the HTTP API of one deployment."""

import requests


class Api(requests.Session):
    """A `requests` session whose paths are relative to the deployment: `api.get("/api/v1/…")`.

    Redirects are not followed, so that a test sees each answer; the environment's proxies are ignored.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.trust_env = False
        self.headers["Accept-Language"] = "zh-CN"

    def request(self, method: str, url: str, **options) -> requests.Response:
        options.setdefault("timeout", 30)
        options.setdefault("allow_redirects", False)
        return super().request(method, self.url + url if url.startswith("/") else url, **options)

    def get(self, url: str, **options) -> requests.Response:
        # The library's own `get` would follow redirects unless told.
        return super().get(url, **({"allow_redirects": False} | options))
