"""A deployment that collects fees, with the rehearsal gateway beside it."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from harness.deployment import Deployment, initialised, served
from harness.people import Person, ok
from harness.programs import ROOT, program
from harness.server import free_port

ANSWERS = {"用途": "住宅", "申请人类型": "个人", "抵押方式": "一般抵押"}
FORM = {
    "property_number": "湘（2026）岳阳市不动产权第0000001号", "property_address": "湖南省岳阳市岳阳楼区示例路1号",
    "creditor_name": "示例银行岳阳分行", "secured_amount": "300000.00",
}


class Gateway:
    """The rehearsal gateway, running."""

    def __init__(self, url: str, keys: Path) -> None:
        self.url = url
        self.keys = keys

    def pay(self, code: str) -> bool:
        """Pays as the payer would who scans the code."""
        answer = requests.post(f"{self.url}/control/pay", data={"code": code}, timeout=10)
        return answer.status_code == 200


@contextmanager
def gateway(folder: Path, port: int, *options: str) -> Iterator[Gateway]:
    """Runs `yiciban pay sandbox` while the block lasts."""
    url, keys = f"http://127.0.0.1:{port}", folder / "sandbox-keys"
    with (folder / "gateway.log").open("ab") as log:
        command = [program("yiciban"), "pay", "sandbox", "--port", str(port), "--keys", keys, *options]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                requests.get(f"{url}/cashier/none", timeout=2)
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield Gateway(url, keys)
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def till(folder: Path, database: str, *options: str) -> Iterator[tuple[Deployment, Gateway]]:
    """A deployment that is initialised and told of the gateway's merchants; the gateway runs, the server does not."""
    with initialised(folder, database) as deployment:
        port = free_port()
        settings = subprocess.run(
            [program("yiciban"), "pay", "sandbox", "--settings", "--port", str(port), "--keys", folder / "sandbox-keys",
             "--site", deployment.url], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60).stdout
        path = deployment.data / "settings.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "\n" + settings, encoding="utf-8")
        with gateway(folder, port, *options) as running:
            yield deployment, running


@contextmanager
def open_till(folder: Path, database: str, server: str, *options: str) -> Iterator[tuple[Deployment, Gateway]]:
    """The same, served."""
    with till(folder, database, *options) as (deployment, running), served(deployment, server):
        yield deployment, running


def accepted_case(applicant: Person, clerk: Person, answers: dict = ANSWERS, **values) -> tuple[str, dict]:
    """A case of 不动产抵押登记 that was accepted: its identifier and its one item."""
    body = {"theme": "mortgage", "answers": answers, "form": FORM | values}
    case = ok(applicant.post("/api/v1/cases", json=body), 201)["id"]
    for slot in ("title-deed", "loan-contract", "mortgage-contract"):
        ok(applicant.upload(case, slot), 201)
    ok(applicant.post(f"/api/v1/cases/{case}/submission"))
    ok(clerk.post(f"/api/v1/cases/{case}/acceptance"))
    return case, item(applicant, case)


def item(person: Person, case: str) -> dict:
    return ok(person.get(f"/api/v1/cases/{case}"))["items"][0]


def eventually(look, wanted, seconds: float = 40):
    """What a look gives once it is what is wanted; the last look where it never is."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found == wanted or time.monotonic() > deadline:
            assert found == wanted
            return found
        time.sleep(0.2)
