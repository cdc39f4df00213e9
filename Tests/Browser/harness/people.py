"""The people of a story at the HTTP API: each signed in with a session of their own."""

from contextlib import ExitStack
from urllib.parse import quote

import requests

from harness.api import Api
from harness.deployment import Deployment
from harness.files import PDF


class Person(Api):
    """An account of the sample deployment, signed in; `answers` keeps what it was told."""

    def __init__(self, deployment: Deployment, role: str) -> None:
        super().__init__(deployment.url)
        self.answers: list[requests.Response] = []
        self.hooks["response"].append(lambda answer, **_: self.answers.append(answer))
        self.account = deployment.account(role)
        answer = self.post("/api/v1/sessions", json={"name": self.account.username, "password": self.account.password})
        assert answer.status_code == 201, answer.text
        self.token = answer.json()["token"]
        self.headers["Authorization"] = f"Bearer {self.token}"

    def upload(self, case: str, slot: str, content: bytes = PDF, name: str = "材料.pdf",
               kind: str = "application/pdf", **options) -> requests.Response:
        headers = {"Content-Type": kind, "X-File-Name": quote(name)} | options.pop("headers", {})
        return self.put(f"/api/v1/cases/{case}/materials/{slot}", data=content, headers=headers, **options)


class People(ExitStack):
    """Signs each role in when it is first asked for: `people("mother")`."""

    def __init__(self, deployment: Deployment) -> None:
        super().__init__()
        self.deployment = deployment
        self._known: dict[str, Person] = {}

    def __call__(self, role: str) -> Person:
        if role not in self._known:
            self._known[role] = self.enter_context(Person(self.deployment, role))
        return self._known[role]

    @property
    def answers(self) -> list[requests.Response]:
        """Everything that was answered to any of them."""
        return [answer for person in self._known.values() for answer in person.answers]


def ok(answer: requests.Response, status: int = 200) -> dict:
    """The JSON of an answer that must have that status."""
    assert answer.status_code == status, f"{answer.status_code} {answer.request.method} {answer.url}\n{answer.text}"
    return answer.json()


def refused(answer: requests.Response, status: int, code: str) -> dict:
    """The problem of an answer that must have been refused so: RFC 9457, a stable code, and Chinese to read."""
    assert answer.status_code == status, f"{answer.status_code} {answer.request.method} {answer.url}\n{answer.text}"
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code), problem
    assert problem["type"].endswith(code) and problem["request_id"] == answer.headers["X-Request-Id"]
    for text in [problem["title"], problem["detail"], *(f["message"] for f in problem.get("findings", []))]:
        assert any("\u4e00" <= character <= "\u9fff" for character in text), problem
    return problem


def agree(person, case_url: str, role: str):
    """Looks at what a party is asked to agree to, and agrees to exactly that."""
    offer = ok(person.get(f"{case_url}/consents/{role}"))
    return person.post(f"{case_url}/consents/{role}", json={"digest": offer["digest"]})
