"""The interface's own description as a contract: what was called and answered must be what it says."""

import re
from urllib.parse import urlsplit

import requests
from jsonschema import Draft202012Validator, FormatChecker


class Contract:
    """The OpenAPI document of a deployment."""

    def __init__(self, document: dict) -> None:
        self.document = document
        self._routes = [
            (re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), operations)
            for path, operations in document["paths"].items()
        ]

    def faults(self, answer: requests.Response) -> list[str]:
        """What of a call or its answer isn't in the document; empty for one outside `/api/v1`."""
        call = f"{answer.request.method} {urlsplit(answer.url).path}"
        if not urlsplit(answer.url).path.startswith("/api/v1/"):
            return []
        operation = self._operation(answer)
        if operation is None:
            # What isn't described must not exist either.
            return [] if answer.status_code in (404, 405) else [f"{call}: not described"]
        responses = operation["responses"]
        described = responses.get(str(answer.status_code), responses["default"] if answer.status_code >= 400 else None)
        if described is None:
            return [f"{call}: status {answer.status_code} not described"]
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        content = described.get("content", {})
        if not answer.content:
            return []
        if kind not in content:
            return [f"{call}: {answer.status_code} as {kind} not described, only {', '.join(content)}"]
        if "json" not in kind:
            return []
        schema = content[kind]["schema"] | {"components": self.document["components"]}
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        return [f"{call}: {error.json_path} {error.message}" for error in validator.iter_errors(answer.json())]

    def _operation(self, answer: requests.Response) -> dict | None:
        path = urlsplit(answer.url).path
        matches = [operations for pattern, operations in self._routes if pattern.fullmatch(path)]
        method = answer.request.method.lower()
        return next((operations[method] for operations in matches if method in operations), None)
