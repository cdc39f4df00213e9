"""What becomes of a licence after it was issued: changed, suspended, revoked, by the agency that issued it (证照管理)."""

import json

import pytest
from playwright.sync_api import expect

from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.browser import shot
from harness.days import day
from harness.journal import audit
from harness.people import ok, refused
from test_birth_story import fits_the_screen, sign_in


def birth_certificate(people) -> tuple[dict, str]:
    """A birth certificate that the health agency has just issued, and its number."""
    mother = people("mother")
    body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
    case = ok(mother.post("/api/v1/cases", json=body), 201)["id"]
    ok(mother.upload(case, PAPER_SLOT), 201)
    number = "P" + ok(mother.post(f"/api/v1/cases/{case}/submission"))["number"][-9:].replace("-", "")
    ok(people("clerk").post(f"/api/v1/cases/{case}/acceptance"))
    granted = ok(people("officer-health").post(
        f"/api/v1/cases/{case}/items/P01/grant",
        json={"results": {"birth-certificate": {"number": number, "issued_on": day(-1)}}}))
    result = next(item for item in granted["items"] if item["id"] == "P01")["results"][0]
    return ok(mother.get(f"/api/v1/licences/{result['licence']}")), number


@pytest.mark.covers("R06.11")
def test_a_licence_is_suspended_resumed_changed_and_revoked_at_the_desk(deployment, people, new_page, viewport):
    licence, number = birth_certificate(people)
    path = f"/licences/{licence['licence']['id']}"
    desk = new_page()
    sign_in(desk, deployment, "licence-keeper")
    desk.goto("/staff")
    desk.get_by_role("link", name="证照管理").first.click()
    fits_the_screen(desk)
    shot(desk, "licence-desk")
    desk.get_by_label("按编号找").fill(number.lower())
    desk.get_by_role("button", name="查找").click()
    desk.get_by_role("link", name="出生医学证明").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("出生医学证明")
    desk.get_by_role("button", name="暂扣这份证照").click()
    expect(desk.get_by_role("alert")).to_contain_text("请填写决定文书的文号")
    desk.locator("#basis").fill("岳卫决〔2026〕3号")
    desk.get_by_role("button", name="暂扣这份证照").click()
    expect(desk.get_by_role("status")).to_contain_text("已经暂扣")
    shot(desk, "licence-suspended")
    page = new_page()
    sign_in(page, deployment, "mother")
    page.goto(path)
    expect(page.locator("main")).to_contain_text("已暂扣")

    desk.get_by_label("决定文书的文号").first.fill("岳卫决〔2026〕4号")
    desk.get_by_role("button", name="恢复使用").click()
    expect(desk.get_by_role("status")).to_contain_text("已经恢复")
    desk.get_by_label("更正").first.check()
    desk.locator("#reissue-basis").fill("岳卫决〔2026〕5号")
    line = desk.locator("input[id^=line-]").first
    label = desk.locator(f"label[for={line.get_attribute('id')}]").inner_text()
    line.fill("更正后的内容")
    shot(desk, "licence-change")
    desk.get_by_role("button", name="签发新的版本").click()
    expect(desk.get_by_role("status")).to_contain_text("新的版本已经签发")
    expect(desk.locator("main")).to_contain_text("因更正签发这一版本")
    fits_the_screen(desk)
    shot(desk, "licence-reissued")
    renewed = desk.url.split("?")[0].rsplit("/", 1)[1]
    page.goto(path)
    expect(page.locator("main")).to_contain_text("已换发")
    page.goto(f"/licences/{renewed}")
    expect(page.locator("main")).to_contain_text("更正后的内容")
    assert label.split("（")[0].strip() in page.locator("main").inner_text()

    desk.get_by_label("注销").check()
    desk.locator("#revocation-basis").fill("岳卫决〔2026〕6号")
    desk.get_by_role("button", name="使它失效").click()
    expect(desk.get_by_role("status")).to_contain_text("已经失效")
    expect(desk.get_by_role("button", name="使它失效")).to_have_count(0)
    page.reload()
    expect(page.locator("main")).to_contain_text("已注销")
    page.get_by_role("button", name="长辈版").click()
    fits_the_screen(page)
    audit(deployment)


def test_only_the_issuing_agency_changes_a_licence_over_the_interface_and_the_command_line(deployment, people):
    licence, number = birth_certificate(people)
    url = f"/api/v1/licences/{licence['licence']['id']}"
    keeper = people("licence-keeper")
    basis = {"basis": "岳卫决〔2026〕7号"}
    for role in ("mother", "officer-health", "clerk"):
        refused(people(role).post(f"{url}/suspension", json=basis), 403, "access.forbidden")
    refused(keeper.post(f"{url}/suspension", json={"basis": ""}), 422, "input.invalid")
    assert ok(keeper.post(f"{url}/suspension", json=basis))["status_title"] == "已暂扣"
    refused(keeper.post(f"{url}/suspension", json=basis), 409, "licences.not_in_force")
    assert ok(keeper.post(f"{url}/resumption", json=basis))["status"] == "valid"
    problem = refused(keeper.post(f"{url}/reissue", json=basis | {"ground": "renewed"}), 422, "licences.draft")
    assert {finding["code"] for finding in problem["findings"]} == {"licences.change.nothing", "licences.change.no_day"}
    new = ok(keeper.post(f"{url}/reissue", json=basis | {"ground": "replaced"}), 201)
    assert new["licence"]["number"] == number and new["licence"]["identifier"].split(".")[-2] == "002"
    assert ok(people("mother").get(url))["status_title"] == "已换发"
    listed = ok(keeper.get("/api/v1/issued-licences", params={"number": number}))["items"]
    assert [item["status"] for item in listed] == ["valid", "superseded"]

    licence = new["licence"]["id"]
    told = deployment.run("licence", "revoke", licence, "--reason", "cancelled", "--basis", "岳卫决〔2026〕8号", "--yes",
                          "--as", "licence-keeper", "--json")
    assert json.loads(told.stdout)["status_title"] == "已注销"
    lines = json.loads(deployment.run("licence", "history", licence, "--as", "licence-keeper", "--json").stdout)["lines"]
    assert [line["title"] for line in lines if "查看" not in line["title"]][0] == "注销"
    audit(deployment)
