"""What operators see of a running deployment: its numbers, its log, its state."""

import json
import re

import pytest
import yaml

from harness.birth import ANSWERS, PAPER_SLOT, form
from harness.deployment import Deployment, initialised, served
from harness.files import PDF
from harness.people import Person, ok
from harness.programs import ROOT

ALERTS = ROOT / "Docs" / "Examples" / "prometheus" / "yiciban-alerts.yaml"
SAMPLE = re.compile(r'^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-z_]+="(?:[^"\\]|\\.)*"(?:,[a-z_]+="(?:[^"\\]|\\.)*")*\})? (\S+)$')
PROMETHEUS_OWN = {"up"}
LABELS_OF_SCRAPING = {"job", "instance"}


def exposition(text: str) -> dict[str, set[str]]:
    """The metrics of an exposition with their labels, each line read strictly."""
    found: dict[str, set[str]] = {}
    typed: set[str] = set()
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            name = line.split()[2]
            assert name not in typed, f"{name} twice"
            typed.add(name)
        elif not line.startswith("# HELP "):
            match = SAMPLE.match(line)
            assert match, line
            float(match[3])
            base = re.sub(r"_(bucket|sum|count)$", "", match[1])
            assert match[1] in typed or base in typed, line
            found.setdefault(match[1], set()).update(re.findall(r'([a-z_]+)="', match[2] or ""))
    return found


def test_every_alert_speaks_of_numbers_that_there_are(deployment, api):
    deployment.run("backup", "--to", f"{deployment.data.parent}/backups/")
    metrics = exposition(ok_text(api.get("/metrics")))
    rules = [rule for group in yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]]
    assert len({rule["alert"] for rule in rules}) == len(rules) >= 8
    for rule in rules:
        assert rule["labels"]["severity"] in {"warning", "critical"}
        assert all(re.search("[\u4e00-\u9fff]", rule["annotations"][key]) for key in ("summary", "description"))
        expression = rule["expr"]
        assert expression.count("(") == expression.count(")") and expression.count("{") == expression.count("}")
        names = set(re.findall(r"\b((?:yiciban|process)_[a-z_]+|up)\b", expression))
        assert names and names - PROMETHEUS_OWN <= metrics.keys(), rule["alert"]
        for name, labels in re.findall(r"\b([a-z_]+)\{([^}]*)\}", expression):
            used = set(re.findall(r'([a-z_]+)=', labels)) - LABELS_OF_SCRAPING
            assert used <= metrics.get(name, set()), rule["alert"]


def ok_text(answer) -> str:
    assert answer.status_code == 200, answer.text
    return answer.text


# Everything personal that the story below passes through the server.
PERSONAL = {
    **{key: value for key, value in form("李秘密").items() if key in {
        "child_name", "other_parent_name", "other_parent_id_number", "household_head", "household_address"}},
    "applicant": "李晓梅", "paper": "李秘密的出生登记.pdf", "search": "李秘密的户口",
}


@pytest.mark.parametrize(("database", "server"), [("sqlite", "yiciban"), ("postgres", "yiciban-server")])
def test_the_log_names_requests_and_cases_and_nobody(tmp_path, database, server):
    with initialised(tmp_path, database) as deployment:
        with served(deployment, server):
            case, secrets = story(deployment)
        log = deployment.log.read_text(encoding="utf-8")
        # What the sample prints of its own accounts at the start is no log.
        lines = [line for line in log.splitlines() if re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z ", line)]
        assert any(f"case={case}" in line and "request_id=" in line for line in lines)
        told = [(name, line) for line in lines for name, value in (PERSONAL | secrets).items() if value in line]
        assert told == []
        assert sum("status=" in line for line in lines) > 10, "requests were logged"


def story(deployment: Deployment) -> tuple[str, dict[str, str]]:
    """A birth with everything that can go wrong on the way: refused values, a foreign case, an unreadable body."""
    with Person(deployment, "mother") as mother, Person(deployment, "clerk") as clerk:
        secrets = {"token": mother.token, "password": mother.account.password}
        body = {"theme": "birth", "answers": ANSWERS, "form": form(PERSONAL["child_name"])}
        case = ok(mother.post("/api/v1/cases", json=body), 201)
        secrets["own number"] = case["form"]["applicant_id_number"]
        url = f"/api/v1/cases/{case['id']}"
        ok(mother.upload(case["id"], PAPER_SLOT, name=PERSONAL["paper"]), 201)
        ok(mother.patch(url, json={"form": {"child_name": PERSONAL["child_name"] * 40}}))
        assert mother.post(f"{url}/submission").status_code == 422
        ok(mother.patch(url, json={"form": {"child_name": PERSONAL["child_name"]}}))
        assert mother.patch(url, data=PERSONAL["child_name"].encode() + b"{").status_code in (400, 415, 422)
        assert mother.upload(case["id"], PAPER_SLOT, content=PDF, name="李秘密的出生登记.exe").status_code in (400, 415, 422)
        assert mother.get(f"/api/v1/cases/{PERSONAL['child_name']}").status_code in (400, 404, 422)
        assert mother.get(f"/api/v1/{PERSONAL['child_name']}").status_code == 404
        ok(mother.get("/api/v1/themes", params={"q": PERSONAL["search"]}))
        ok(mother.post(f"{url}/submission"))
        ok(clerk.post(f"{url}/acceptance", json={}))
        ok(clerk.get(url))
        wrong = {"name": mother.account.username, "password": secrets["password"] + "x"}
        assert mother.post("/api/v1/sessions", json=wrong).status_code in (401, 422)
        return case["id"], secrets


@pytest.mark.parametrize(("database", "server"), [("sqlite", "yiciban"), ("postgres", "yiciban-server")])
def test_status_and_doctor_tell_a_running_server_from_a_killed_one(tmp_path, database, server):
    with initialised(tmp_path, database) as deployment:
        def status() -> dict:
            return json.loads(deployment.run("status", "--json").stdout)

        def levels() -> dict:
            found = json.loads(deployment.run("doctor", "--json", check=False).stdout)
            return {check["name"]: check["level"] for check in found["checks"]}

        assert status()["running"] is False
        with served(deployment, server) as process:
            running = status()["servers"]
            assert [(entry["pid"], entry["address"]) for entry in running] == [
                (process.pid, deployment.url.removeprefix("http://"))]
            text = deployment.run("status").stdout
            assert len(text.splitlines()) <= 14 and "在运行" in text and "最近备份：没有" in text
            assert levels()["backup"] == "warning"
            process.kill()
            process.wait(10)
            assert status()["running"] is False, "a killed server is not running"
        deployment.run("backup", "--to", str(tmp_path / "a.tar"))
        found = levels()
        # The tests' PostgreSQL runs without disk syncs, which the doctor must not let pass.
        assert {name for name, level in found.items() if level == "fault"} == (
            set() if database == "sqlite" else {"database"})
        assert found["backup"] == "sound" and {"calendar", "certificates", "outbox", "disk"} <= found.keys()
        assert status()["backup"]["file"] == str(tmp_path / "a.tar")
        with served(deployment, server):
            pass
        assert status()["running"] is False, "a stopped server takes its note with it"
