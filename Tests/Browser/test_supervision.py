"""A supervisor reads the cases of the division and changes nothing; staff with two posts switch between them."""

import json

import pytest

from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.people import ok, refused
from playwright.sync_api import expect


def sign_in(page, account) -> None:
    page.goto("/sign-in")
    page.get_by_label("登录名、手机号或身份证号").fill(account.username)
    page.get_by_label("密码", exact=True).fill(account.password)
    page.get_by_role("button", name="登录").click()


@pytest.fixture
def case(people) -> dict:
    mother = people("mother")
    body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
    case = ok(mother.post("/api/v1/cases", json=body), 201)
    ok(mother.upload(case["id"], PAPER_SLOT), 201)
    submitted = ok(mother.post(f"/api/v1/cases/{case['id']}/submission"))
    return submitted.get("case", submitted)


def listed(supervisor, **query) -> list[dict]:
    items, after = [], None
    while True:
        answer = ok(supervisor.get(
            "/api/v1/supervision/cases", params=query | ({"after": after} if after else {}) | {"limit": 100}))
        items += answer["items"]
        after = answer.get("next")
        if not after:
            return items


def test_a_supervisor_lists_and_reads_over_http(people, case):
    supervisor = people("supervisor")
    found = next(line for line in listed(supervisor, state="submitted") if line["id"] == case["id"])
    assert found["number"] == case["number"] and found["due"] and found["days_left"] >= 0
    assert ok(supervisor.get(f"/api/v1/cases/{case['id']}"))["number"] == case["number"]
    ok(people("clerk").post(f"/api/v1/cases/{case['id']}/acceptance"))
    assert case["id"] in {line["id"] for line in listed(supervisor, state="in-progress")}
    refused(supervisor.post(f"/api/v1/cases/{case['id']}/termination", json={"reason": "x"}), 403, "access.forbidden")
    refused(supervisor.get("/api/v1/supervision/cases?division=110101"), 422, "input.invalid")
    refused(supervisor.get("/api/v1/supervision/cases?after=zzz"), 422, "input.invalid")
    refused(people("clerk").get("/api/v1/supervision/cases"), 403, "access.forbidden")


def test_a_supervisor_lists_on_the_command_line(deployment, case):
    username = deployment.account("supervisor").username
    page = json.loads(
        deployment.run("case", "supervise", "--state", "submitted", "--limit", "200", "--as", username, "--json").stdout)
    assert case["number"] in {line["number"] for line in page["items"]}
    wrong = deployment.run("case", "supervise", "--state", "draft", "--as", username, check=False)
    assert wrong.returncode == 2 and "in-progress" in wrong.stderr


def test_a_supervisor_reads_in_the_portal(deployment, page, case):
    sign_in(page, deployment.account("supervisor"))
    page.get_by_role("link", name="督查", exact=True).click()
    page.goto(f"/cases/{case['id']}")
    expect(page).to_have_url(f"{deployment.url}/staff/supervision/{case['id']}")
    expect(page.get_by_text(case["number"]).first).to_be_visible()
    assert page.get_by_role("button", name="受理").count() == 0
    page.goto("/staff/supervision?state=submitted&division=430600")
    expect(page.get_by_role("heading", level=1)).to_contain_text("岳阳市")


def test_staff_with_two_posts_switch(deployment, page):
    account = deployment.account("officer-civil")
    deployment.run("account", "assign", account.username, "--agency", "卫健", "--division", "430600", "--role", "officer")
    posts = json.loads(deployment.run("account", "posts", account.username, "--json").stdout)
    assert len(posts) == 2
    health = next(post for post in posts if "卫生" in post["agency"])
    deployment.run("case", "tasks", "--as", account.username, "--post", health["id"], "--json")
    wrong = deployment.run("case", "tasks", "--as", account.username, "--post", "没有", check=False)
    assert wrong.returncode == 1 and health["id"] in wrong.stderr
    sign_in(page, account)
    page.get_by_role("link", name="切换岗位").click()
    page.get_by_label("岳阳市卫生健康委员会").check()
    page.get_by_role("button", name="确定").click()
    expect(page).to_have_url(f"{deployment.url}/staff")
    expect(page.get_by_text("岳阳市卫生健康委员会").first).to_be_visible()


def test_an_anchor_that_is_kept_elsewhere_is_asked_for(deployment, tmp_path):
    anchor = tmp_path / "anchor.json"
    deployment.run("audit", "anchor", "--out", str(anchor))
    sound = deployment.run("audit", "verify", "--anchor", str(anchor))
    assert "包含锚所记的检查点" in sound.stdout
    forged = json.loads(anchor.read_text(encoding="utf-8"))
    forged["hash"] = "00" * 32
    anchor.write_text(json.dumps(forged), encoding="utf-8")
    refused_ = deployment.run("audit", "verify", "--anchor", str(anchor), check=False)
    assert refused_.returncode == 3 and "不是这个部署签的" in refused_.stderr


def test_a_calendar_is_shown_before_it_is_changed(deployment, tmp_path):
    file = tmp_path / "2026.json"
    file.write_text(json.dumps({"years": {"2026": {
        "offDays": ["2026-11-02", "2026-11-03"], "adjustedWorkdays": []}}}), encoding="utf-8")
    before = deployment.run("calendar", "list").stdout
    refused_ = deployment.run("calendar", "import", str(file), "--yes", check=False)
    assert refused_.returncode == 2
    for part in ("248 → 259", "取消放假", "2026-10-01", "件的期限会变", "--force", "amendments"):
        assert part in refused_.stderr, refused_.stderr
    file.write_text(json.dumps({"amendments": {"2026": {"addOffDays": ["2026-11-02"]}}}), encoding="utf-8")
    dry = json.loads(deployment.run("calendar", "import", str(file), "--dry-run", "--json").stdout)
    assert dry["years"][0]["added_off_days"] == ["2026-11-02"] and dry["years"][0]["working_days_after"] == 247
    assert deployment.run("calendar", "import", str(file), check=False).returncode == 2, "a correction takes --yes"
    assert deployment.run("calendar", "list").stdout == before, "nothing was changed"
