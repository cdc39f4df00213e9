"""`kill -9` in the middle of submissions: what was answered is there, once; the rest is there whole or not at all."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import sleep

import pytest
import requests

from harness.api import Api
from harness.birth import ANSWERS, PAPER_SLOT, form
from harness.deployment import Deployment, initialised, served
from harness.files import PDF
from harness.journal import audit
from harness.people import Person, ok

# 20 × 50 = 1,000 submissions on each database; `make soak` asks for more.
KILLS = int(os.environ.get("YICIBAN_CASE_KILLS", "20"))
SUBMISSIONS = int(os.environ.get("YICIBAN_SUBMISSIONS", "50"))
CLIENTS = 8


@dataclass
class Told:
    """What the clients were told: the number of each submitted case by its child, and the children of whom they never
    heard again."""

    numbers: dict[str, str] = field(default_factory=dict)
    unanswered: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def submit(self, url: str, token: str, child: str) -> None:
        """One application from the first word to the number."""
        with Api(url) as api:
            api.headers["Authorization"] = f"Bearer {token}"
            paper = {"Content-Type": "application/pdf", "X-File-Name": "paper.pdf"}
            try:
                body = {"theme": "birth", "answers": ANSWERS, "form": form(child)}
                case = ok(api.post("/api/v1/cases", json=body), 201)["id"]
                ok(api.put(f"/api/v1/cases/{case}/materials/{PAPER_SLOT}", data=PDF, headers=paper), 201)
                number = ok(api.post(f"/api/v1/cases/{case}/submission"))["number"]
            except requests.RequestException:
                with self.lock:
                    self.unanswered.add(child)
                return
            with self.lock:
                self.numbers[child] = number


@pytest.mark.timeout(600 + 15 * KILLS)
@pytest.mark.parametrize(("database", "server"), [("sqlite", "yiciban"), ("postgres", "yiciban-server")])
def test_what_was_answered_survives_being_killed(tmp_path, database, server):
    told = Told()
    with initialised(tmp_path, database) as deployment:
        with served(deployment, server), Person(deployment, "mother") as mother:
            token = mother.token
        for kill in range(KILLS):
            children = [name_of(kill * SUBMISSIONS + number) for number in range(SUBMISSIONS)]
            with served(deployment, server) as process, ThreadPoolExecutor(CLIENTS) as pool:
                jobs = [pool.submit(told.submit, deployment.url, token, child) for child in children]
                # Every time at another moment: after the first answer, then a little later in each round.
                wanted = len(told.numbers) + 1 + kill * SUBMISSIONS // (2 * KILLS)
                while len(told.numbers) < wanted and not all(job.done() for job in jobs):
                    sleep(0.001)
                process.kill()
                assert process.wait(10) == -signal.SIGKILL
                for job in jobs:
                    job.result()
        assert len(told.numbers) >= KILLS and len(told.unanswered) >= KILLS, "each kill came in the middle"

        with served(deployment, server):
            found = submitted_cases(deployment)
        children = [child for child, _ in found]
        assert len(children) == len(set(children)), "a child has two cases"
        assert told.numbers.items() <= dict(found).items(), "answered and lost"
        assert set(children) <= told.numbers.keys() | told.unanswered
        assert len({number for _, number in found}) == len(found), "a number was given twice"
        audit(deployment)


def submitted_cases(deployment: Deployment) -> list[tuple[str, str]]:
    """Child and number of every submitted case, as the window's clerk finds them page by page."""
    found, after = [], {}
    with Person(deployment, "clerk") as clerk:
        while True:
            page = ok(clerk.get("/api/v1/acceptance", params={"limit": 100} | after))
            for line in page["items"]:
                case = ok(clerk.get(f"/api/v1/cases/{line['case']}"))
                found.append((case["form"]["child_name"], case["number"]))
            if not page.get("next"):
                return found
            after = {"after": page["next"]}


def name_of(number: int) -> str:
    """A name of its own for each child: its digits as characters."""
    return "陈" + "".join("安冬春秋宁和平康乐云"[int(digit)] for digit in f"{number:05}")
