"""Somebody acts in another person's name (代办): granted online, by a code, at a window; scoped, recorded, taken back."""

import re

import pytest
from playwright.sync_api import expect

from harness.birth import ANSWERS
from harness.browser import shot
from harness.days import day
from harness.journal import audit
from harness.people import People, ok, refused
from test_birth_story import fits_the_screen, sign_in
from test_themes_api import RETIREMENT_ANSWERS

FORM = {"work_started_on": "1990-07-01", "post": "其他", "retire_on": day(36), "bank_account": "6222000000000000"}


@pytest.fixture
def people(deployment):
    """Sessions of their own, since they change in whose name they act."""
    with People(deployment) as people:
        yield people


def act_as(person, grant: str | None) -> None:
    answer = ok(person.put("/api/v1/me/acting", json={"mandate": grant} if grant else {}))
    person.headers["Authorization"] = f"Bearer {answer['token']}"


@pytest.mark.covers("R12.15", "R06.10")
def test_a_relative_files_for_an_elder_within_what_was_entrusted(deployment, people):
    elder, relative = people("grandfather"), people("agent")
    offer = {"relation": "relative", "scope": ["retirement"], "valid_until": day(30)}
    wrong = {"name": "何丽", "id_number": "430623191011229428", "offer": offer}
    told = refused(elder.post("/api/v1/me/helpers", json=wrong), 422, "input.invalid")
    assert [finding["code"] for finding in told["findings"]] == ["identity.helper_unknown"]
    given = ok(elder.post("/api/v1/me/helpers", json=wrong | {"name": "何丽娟"}), 201)
    grant = given["helpers"][0]["id"]

    act_as(relative, grant)
    me = ok(relative.get("/api/v1/me"))
    assert me["name"].startswith("陈德明") and me["helper"] and me["party"] == me["person"]
    draft = ok(relative.post("/api/v1/cases", json={
        "theme": "retirement", "answers": RETIREMENT_ANSWERS, "form": FORM}), 201)
    url = f"/api/v1/cases/{draft['id']}"
    assert draft["form"]["applicant_name"] == "陈德明", "the form is the elder's, filled from his record"
    refused(relative.post("/api/v1/cases", json={"theme": "birth", "answers": ANSWERS}), 403,
            "identity.outside_mandate")
    for closed in ("/api/v1/licences", "/api/v1/consents", "/api/v1/age-friendly/visits",
                   "/api/v1/hall/appointments"):
        refused(relative.get(closed), 403, "access.forbidden")
    refused(relative.post("/api/v1/me/helpers", json=wrong | {"name": "何丽娟"}), 403, "access.forbidden")
    assert draft["id"] in [case["id"] for case in ok(relative.get("/api/v1/cases"))["items"]]
    assert ok(elder.get(url))["state"] == "draft", "it is his"

    elders_own = ok(elder.post("/api/v1/cases", json={"theme": "birth", "answers": ANSWERS}), 201)["id"]
    refused(relative.get(f"/api/v1/cases/{elders_own}"), 404, "casework.not_found")
    assert elders_own not in [case["id"] for case in ok(relative.get("/api/v1/cases"))["items"]]

    act_as(relative, None)
    refused(relative.get(url), 404, "casework.not_found")
    act_as(relative, grant)
    ok(elder.delete(f"/api/v1/me/helpers/{grant}"))
    refused(relative.get(url), 401, "access.invalid_token")
    for case in (draft["id"], elders_own):
        ok(elder.post(f"/api/v1/cases/{case}/withdrawal"))
    line = deployment.run("case", "events", draft["id"], "--as", deployment.account("grandfather").username).stdout
    assert "（他人代办）" in line
    audit(deployment)


@pytest.mark.covers("R12.15")
def test_a_code_read_out_makes_a_helper_who_sees_for_whom_he_acts(deployment, new_page, people):
    elder_page, helper_page = new_page(), new_page()
    sign_in(elder_page, deployment, "grandfather")
    elder_page.goto("/my")
    elder_page.get_by_role("link", name="代办授权").click()
    elder_page.get_by_text("不知道对方的身份证号码").click()
    form = elder_page.locator("form", has=elder_page.get_by_role("button", name="生成授权码"))
    form.get_by_role("button").click()
    expect(elder_page.get_by_role("alert")).to_contain_text("请选择对方是您的什么人")
    form = elder_page.locator("form", has=elder_page.get_by_role("button", name="生成授权码"))
    form.get_by_label("社区（村）工作人员").check()
    form.get_by_label("到哪一天为止").fill(day(60))
    form.get_by_role("button").click()
    code = elder_page.get_by_role("status").filter(has_text="授权码").locator(".mono").inner_text()
    assert re.fullmatch(r"[2-9A-Z]{4} [2-9A-Z]{4}", code)
    fits_the_screen(elder_page)
    shot(elder_page, "helper-code")

    sign_in(helper_page, deployment, "father")
    helper_page.goto("/my/helpers")
    helper_page.get_by_label("对方给您的授权码").fill("ABCD 2345")
    helper_page.get_by_role("button", name="确定").click()
    expect(helper_page.get_by_role("alert")).to_contain_text("没有这个授权码")
    helper_page.get_by_label("对方给您的授权码").fill(code.lower())
    helper_page.get_by_role("button", name="确定").click()
    expect(helper_page.get_by_role("status")).to_contain_text("可以替对方办事了")
    shot(helper_page, "helpers")
    helper_page.get_by_role("button", name="替陈德明办").click()
    bar = helper_page.locator(".counterbar")
    expect(bar).to_contain_text("陈德明（陈国强代办）")
    expect(helper_page.get_by_role("heading", name="我的证照")).to_have_count(0)
    fits_the_screen(helper_page)
    shot(helper_page, "helping")
    bar.get_by_role("button", name="回到为自己办").click()
    expect(helper_page.locator(".counterbar")).to_have_count(0)

    elder_page.goto("/my/helpers")
    elder_page.locator("summary", has_text="收回").first.click()
    elder_page.get_by_role("button", name="确认收回").first.click()
    expect(elder_page.get_by_role("status")).to_contain_text("已经结束")


@pytest.mark.covers("R12.15")
def test_at_a_window_an_elder_without_an_account_lets_a_relative_act(deployment, new_page, people):
    page = new_page()
    sign_in(page, deployment, "clerk")
    page.goto("/staff/counter")
    page.locator("#name").fill("陈德明")
    page.locator("#id_number").fill("430681190204218433")
    page.get_by_label("已核对身份证原件").check()
    page.get_by_role("button", name="开始录入").click()
    page.goto("/my")
    page.get_by_role("link", name="代办授权").click()
    form = page.locator("form", has=page.get_by_role("button", name="授权", exact=True))
    form.get_by_label("对方的姓名").fill("李晓梅")
    form.get_by_label("对方的身份证号码").fill("430682190603084141")
    form.get_by_label("亲属").check()
    form.get_by_label("到哪一天为止").fill(day(90))
    shot(page, "helper-window")
    form.get_by_role("button").click()
    expect(page.get_by_role("status").filter(has_text="已经授权")).to_be_visible()
    mother = people("mother")
    helped = ok(mother.get("/api/v1/me/help"))["helped"]
    mine = next(grant for grant in helped if grant["principal"] == "陈德明")
    assert mine["basis"] == "window"
    ok(mother.delete(f"/api/v1/me/helpers/{mine['id']}"))
    audit(deployment)
