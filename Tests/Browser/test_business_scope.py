"""Business scopes against the negative list: for anybody, in the form, at the window (市场准入负面清单)."""

import json

import pytest
from playwright.sync_api import expect

from harness.browser import shot
from harness.journal import audit
from harness.people import ok, refused
from test_birth_story import fits_the_screen, sign_in
from test_themes_api import SETUP_ANSWERS, setup_form


@pytest.mark.covers("R04.1")
def test_anybody_learns_what_a_business_may_do_freely(page, viewport):
    page.goto("/items")
    page.get_by_role("link", name="查一查经营范围").click()
    page.get_by_label("打算经营什么").fill("日用百货销售；食品零售（含冷藏）；危险化学品经营；传销；太空旅游")
    page.get_by_role("button", name="查一查").click()
    panel = page.get_by_role("region", name="经营范围核对")
    expect(panel).to_contain_text("1 项不能登记，2 项需要许可，1 项不需要许可，1 项由登记机关核对")
    lines = panel.get_by_role("listitem")
    expect(lines.filter(has_text="食品零售")).to_contain_text("可以先办营业执照，取得许可后才能经营")
    expect(lines.filter(has_text="危险化学品经营")).to_contain_text("先取得许可，再办营业执照")
    expect(lines.filter(has_text="传销")).to_contain_text("不能登记")
    expect(panel).to_contain_text("没有法律效力")
    fits_the_screen(page)
    shot(page, f"business-scopes-{viewport.name}")


@pytest.mark.covers("R04.1")
def test_a_forbidden_business_is_not_submitted_and_the_window_sees_what_needs_a_licence(people, deployment, new_page):
    agent = people("agent")
    form = setup_form("岳阳示例准入有限公司") | {"business_scope": "日用百货零售；比特币交易；食品销售"}
    draft = ok(agent.post("/api/v1/cases", json={
        "theme": "enterprise-setup", "answers": SETUP_ANSWERS, "form": form}), 201)["id"]
    problem = refused(agent.post(f"/api/v1/cases/{draft}/submission"), 422, "input.invalid")
    found = [finding for finding in problem["findings"] if finding["field"] == "form.business_scope"]
    assert [finding["code"] for finding in found] == ["scope.forbidden"]
    assert "比特币交易" in found[0]["message"] and "请删去这一项" in found[0]["message"]

    page = new_page()
    sign_in(page, deployment, "agent")
    page.goto(f"/cases/{draft}/review")
    panel = page.get_by_role("region", name="经营范围核对")
    expect(panel).to_contain_text("1 项不能登记，1 项需要许可，1 项不需要许可")
    fits_the_screen(page)
    shot(page, "business-scope-review")


def test_the_interface_and_the_command_line_answer_alike(api, deployment, tmp_path):
    text = "食品批发；无人知晓的行当"
    answer = ok(api.get("/api/v1/business-scopes/check", params={"q": text}))
    assert [line.get("verdict") for line in answer["activities"]] == ["licence", None]
    assert answer["activities"][0]["licence"] == "食品经营许可证" and answer["is_synthetic"] is True
    assert json.loads(deployment.run("scope", "check", text, "--json").stdout) == answer

    template = str(tmp_path / "scopes.csv")
    deployment.run("scope", "template", template)
    told = json.loads(deployment.run(
        "scope", "adopt", template, "--title", "新目录", "--basis", "某文", "--dry-run", "--json").stdout)
    assert told["counts"] == {"forbidden": 0, "licence": 1, "free": 0} and told["is_dry_run"]
    assert len(json.loads(deployment.run("scope", "list", "--json").stdout)) == 1
    audit(deployment)
