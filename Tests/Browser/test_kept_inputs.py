"""Nothing that somebody typed is lost when the browser closes: it is offered again where it was typed."""

import pytest
from playwright.sync_api import Page, expect

from harness.birth import ANSWERS
from harness.browser import shot
from harness.journal import audit
from harness.people import ok
from test_birth_story import fits_the_screen, sign_in
from test_staff_desk import submitted

REASON = "材料与出生登记的记录不符，孩子的出生日期需要先更正。"


def kept(page: Page) -> None:
    """Types are kept after a pause; wait for the request that does it."""
    with page.expect_response(lambda answer: answer.url.endswith("/me/kept-inputs") and answer.request.method == "PUT",
                              timeout=15_000) as answer:
        pass
    assert answer.value.status == 204


@pytest.mark.timeout(180)
@pytest.mark.covers("R10.4")
def test_a_decision_that_was_typed_outlives_the_browser(deployment, people, new_page):
    case = submitted(people)
    ok(people("clerk").post(f"/api/v1/cases/{case['id']}/acceptance"))
    address = f"/staff/tasks/{case['id']}/P01"
    first = new_page()
    sign_in(first, deployment, "officer-health")
    first.goto(address)
    first.locator("summary", has_text="不予批准").click()
    first.locator("form[action$='/refuse'] [name=reason]").fill(REASON)
    kept(first)
    first.context.close()

    page = new_page()
    sign_in(page, deployment, "officer-health")
    page.goto(address)
    offer = page.get_by_role("status").filter(has_text="还没有提交")
    expect(offer).to_be_visible()
    fits_the_screen(page)
    shot(page, "kept-input")
    page.get_by_role("button", name="接着填").click()
    expect(page.locator("form[action$='/refuse'] [name=reason]")).to_have_value(REASON)
    expect(page.get_by_text("已经填回来了，请核对后提交。")).to_be_visible()
    page.locator("form[action$='/refuse'] [name=remedy]").fill("可以在六十日内申请行政复议。")
    page.get_by_role("button", name="作出不予批准的决定").click()
    expect(page.get_by_role("main")).to_contain_text(REASON)
    assert ok(people("officer-health").get(f"/api/v1/me/kept-inputs?page={address}"))["inputs"] == []
    audit(deployment)


@pytest.mark.timeout(180)
def test_a_notice_that_was_begun_can_be_dropped_and_belongs_to_its_clerk(deployment, people, new_page):
    case = submitted(people)
    address = f"/staff/acceptance/{case['id']}"
    page = new_page()
    sign_in(page, deployment, "clerk")
    page.goto(address)
    page.keyboard.press("c")
    page.locator("#text-1").fill("出生医学证明的照片不清楚")
    kept(page)
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("#text-1")).to_have_value("")
    page.get_by_role("button", name="不要了").click()
    expect(page.get_by_text("还没有提交")).to_have_count(0)
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("还没有提交")).to_have_count(0)


@pytest.mark.timeout(180)
def test_an_applicant_whose_phone_died_goes_on_where_the_form_was_left(deployment, people, new_page):
    case = ok(people("mother").post("/api/v1/cases", json={"theme": "birth", "answers": ANSWERS}), 201)["id"]
    page = new_page()
    sign_in(page, deployment, "mother")
    page.goto(f"/cases/{case}/form")
    field = page.locator("form[data-keep] input[type=text]:not([readonly])").first
    name = field.get_attribute("name")
    field.fill("没有写完")
    kept(page)
    page.context.close()
    again = new_page()
    sign_in(again, deployment, "mother")
    again.goto(f"/cases/{case}/form")
    again.get_by_role("button", name="接着填").click()
    expect(again.locator(f"[name='{name}']")).to_have_value("没有写完")
    # What is saved on the server is not offered a second time.
    again.get_by_role("button", name="先保存，以后再填").click()
    again.goto(f"/cases/{case}/form")
    again.wait_for_load_state("networkidle")
    expect(again.get_by_text("还没有提交")).to_have_count(0)
