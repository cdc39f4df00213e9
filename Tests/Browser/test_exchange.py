"""What is delivered to the national platform: the files as their receiver reads them, what is kept out, memory, crashes."""

import csv
import json
import re
import subprocess
import zipfile

import pytest
from playwright.sync_api import expect

from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.browser import shot
from harness.deployment import initialised, served
from harness.inventory import publish_items
from harness.journal import audit
from harness.memory import measured
from harness.people import People, ok
from harness.programs import program
from test_birth_story import fits_the_screen, sign_in

pytestmark = pytest.mark.covers("R05.1")


def accepted_case(people: People) -> dict:
    mother = people("mother")
    body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
    case = ok(mother.post("/api/v1/cases", json=body), 201)["id"]
    ok(mother.upload(case, PAPER_SLOT), 201)
    ok(mother.post(f"/api/v1/cases/{case}/submission"))
    return ok(people("clerk").post(f"/api/v1/cases/{case}/acceptance"))


def rows(folder, table: str) -> list[dict]:
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def export(deployment, folder, *more: str, code: int = 0) -> dict:
    done = deployment.run("exchange", "export", "--output", str(folder), "--json", *more, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[0])


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_a_case_is_delivered_as_the_platform_wants_it(database, tmp_path):
    # A deployment of its own: what other tests left behind would be told as kept out.
    with initialised(tmp_path, database) as deployment, served(deployment, "yiciban"), People(deployment) as people:
        case = accepted_case(people)
        ok(people("officer-health").post(f"/api/v1/cases/{case['id']}/items/P01/grant", json={"results": {
            "birth-certificate": {"number": f"P{case['number'][-9:]}", "issued_on": "2026-11-02"}}}))

        # Files that could not be written: the batch stays, is named until it is taken, and nothing is sent twice.
        (tmp_path / "blocked").write_text("")
        blocked = deployment.run("exchange", "export", "--output", str(tmp_path / "blocked/inner"), check=False)
        number = re.search(r"exchange save (\S+) ", blocked.stderr).group(1)
        assert blocked.returncode != 0 and number in blocked.stderr
        assert export(deployment, tmp_path / "next", code=1)["untaken"] == [number]
        deployment.run("exchange", "save", number, "--output", str(tmp_path / "saved"))
        assert rows(tmp_path / "saved", "up_zone_organization")

        # Without codes in the inventory nothing of the case goes, and each item is named with what to do.
        first = export(deployment, tmp_path / "first", code=1)
        assert first["untaken"] == []
        mine = [finding for finding in first["findings"] if finding["subject"] == case["number"]]
        assert {finding["code"] for finding in mine} == {"exchange.no_task_code"}
        assert len(mine) == len(case["items"]) and "地方编码写 P01" in "".join(finding["message"] for finding in mine)

        left_out = case["items"][-1]["id"]
        publish_items(deployment, tmp_path, case["items"], leave_out=(left_out,))
        # An application is matched with the inventory of its own day.
        second = export(deployment, tmp_path / "second", code=1)
        mine = [finding["message"] for finding in second["findings"] if finding["subject"] == case["number"]]
        assert len(mine) == 1 and f"（{left_out}）" in mine[0]
        accepts = [row for row in rows(tmp_path / "second", "up_pro_accept") if row["project_no"].startswith(case["number"])]
        assert len(accepts) == len(case["items"]) - 1
        row = next(row for row in accepts if row["local_task_code"] == "P01")
        assert row["cd_operation"] == "I" and row["cd_batch"] == second["batch"]["batch"] and len(row["row_guid"]) == 32
        assert (row["applyer_name"], row["applyer_page_type"], row["apply_type"]) == ("李晓梅", "111", "1")
        assert row["applyer_page_code"].startswith("sm3:"), "numbers leave as digests unless the receiver needs them"
        assert row["apply_date"] <= row["accept_date"] <= row["promise_date"]
        result = next(r for r in rows(tmp_path / "second", "up_pro_result") if r["project_no"] == row["project_no"])
        assert (result["result_type"], result["satisfaction"]) == ("01", "") and result["result_cetr_no"].startswith("P")
        steps = [r["event_name"] for r in rows(tmp_path / "second", "up_pro_process") if r["project_no"] == row["project_no"]]
        assert steps == ["01", "02", "03", "04"]
        task = next(r for r in rows(tmp_path / "second", "up_task_general_basic") if r["local_task_code"] == "P01")
        assert task["task_code"] == row["task_code"] and task["task_version"] == row["task_version"] == "1"
        checked = deployment.run("exchange", "check", str(tmp_path / "second"))
        assert "全部通过校验" in checked.stdout

        # The same period once more: nothing new, and it says so.
        again = export(deployment, tmp_path / "third", code=1)
        assert again["batch"]["rows"] == 0 and again["faults"] == second["faults"]
        publish_items(deployment, tmp_path, [item for item in case["items"] if item["id"] == left_out])
        third = export(deployment, tmp_path / "fourth")
        assert third["faults"] == 0 and third["batch"]["tables"]["up_pro_accept"]["I"] >= 1
        assert export(deployment, tmp_path / "fifth")["batch"] is None
        said = deployment.run("exchange", "export", "--output", str(tmp_path / "sixth")).stdout
        assert "没有新的变化" in said
        refused = deployment.run(
            "exchange", "export", "--output", str(tmp_path / "x"), "--as", deployment.account("clerk").username, check=False)
        assert refused.returncode != 0 and "没有办理这项操作的权限" in refused.stderr
        broken = tmp_path / "second" / "up_pro_accept.csv"
        broken.write_text(broken.read_text(encoding="utf-8").replace(",111,", ",777,"), encoding="utf-8")
        told = deployment.run("exchange", "check", str(broken), check=False)
        assert told.returncode == 1 and "申请人证件类型" in told.stdout and "第 2 行" in told.stdout
        audit(deployment)


def test_batches_are_looked_through_and_taken_out_in_the_console(deployment, people, new_page, tmp_path):
    accepted_case(people)
    deployment.run("exchange", "export", "--output", str(tmp_path / "out"), check=False)
    page = new_page()
    sign_in(page, deployment, "operator")
    page.get_by_role("link", name="数据交换").click()
    fits_the_screen(page)
    shot(page, "exchange")
    page.locator("tbody a").last.click()
    expect(page.get_by_role("heading", name="要改的地方")).to_be_visible()
    fits_the_screen(page)
    shot(page, "exchange-batch")
    with page.expect_download() as download:
        page.get_by_role("button", name="取出 CSV").click()
    path = tmp_path / "batch.zip"
    download.value.save_as(path)
    names = zipfile.ZipFile(path).namelist()
    assert "up_pro_accept.csv" in names and "batch.json" in names
    manifest = json.loads(zipfile.ZipFile(path).read("batch.json"))
    assert {file["name"] for file in manifest["files"]} | {"batch.json"} == set(names)
    # Nobody without the right sees it.
    clerk = new_page()
    sign_in(clerk, deployment, "clerk")
    assert clerk.get_by_role("link", name="数据交换").count() == 0
    assert clerk.goto("/staff/exchange").status == 403


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_twenty_four_thousand_cases_are_exported_in_little_memory_and_survive_a_kill(database, tmp_path):
    with initialised(tmp_path, database) as deployment:
        with served(deployment, "yiciban"), People(deployment) as people:
            case = accepted_case(people)
            ok(people("officer-health").post(f"/api/v1/cases/{case['id']}/items/P01/grant", json={"results": {
                "birth-certificate": {"number": f"P{case['number'][-9:]}", "issued_on": "2026-11-02"}}}))
            publish_items(deployment, tmp_path, case["items"])
        subprocess.run([program("yiciban-bench"), "fill", "--data", deployment.data, "--cases", "24000",
                        "--identifiers", tmp_path / "ids"], check=True, capture_output=True)
        out = tmp_path / "out"
        command = [program("yiciban"), "exchange", "export", "--output", out, "--data", deployment.data]
        exporting = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        for line in exporting.stdout:
            if line.startswith("已查看 5"):
                exporting.kill()
                break
        exporting.wait()
        unfinished = json.loads(deployment.run("exchange", "batches", "--json").stdout)
        assert len(unfinished) == 1 and unfinished[0]["completed_at"] is None

        said, peak = measured([*command, "--json"])
        outcome = json.loads(said.splitlines()[0])
        assert outcome["resumed"] and outcome["batch"]["batch"] == unfinished[0]["batch"]
        assert peak < 256 << 10, f"{peak} kilobytes"
        items = len(case["items"])
        assert outcome["batch"]["tables"]["up_pro_accept"] == {"I": 24_001 * items}
        seen, count = set(), 0
        with open(out / "up_pro_accept.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                seen.add(row["row_guid"])
                count += 1
        assert count == len(seen) == 24_001 * items
        print(f"{database}: {peak >> 10} MB")
