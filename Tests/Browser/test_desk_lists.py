"""The clerk's day: every case of the window can be found again, filters stay, and keys are enough."""

import re

import pytest
from playwright.sync_api import expect

from harness.browser import shot
from harness.journal import audit
from harness.people import ok, refused
from test_birth_story import fits_the_screen, sign_in
from test_staff_desk import submitted

MOTHER = "430682190603084141"


@pytest.mark.timeout(180)
@pytest.mark.covers("R10.4")
def test_a_clerk_finds_every_case_again_by_state_by_number_and_by_the_card(deployment, people, new_page):
    waiting, accepted = submitted(people), submitted(people)
    clerk = people("clerk")
    ok(clerk.post(f"/api/v1/cases/{accepted['id']}/acceptance"))
    listed = ok(clerk.get("/api/v1/acceptance?state=in-progress&limit=100"))["items"]
    assert accepted["id"] in [line["case"] for line in listed] and {line["state"] for line in listed} == {"in-progress"}
    assert not ok(clerk.get("/api/v1/acceptance?state=in-progress&theme=retirement"))["items"]
    refused(clerk.get("/api/v1/acceptance?state=draft"), 422, "input.invalid")

    page = new_page()
    sign_in(page, deployment, "clerk")
    page.goto("/staff/acceptance")
    page.get_by_role("link", name="办理中", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("办理中的办件")
    expect(page.locator("tbody")).to_contain_text("李**")
    fits_the_screen(page)
    shot(page, "desk-in-progress")

    # The number that somebody reads out, and the card that somebody shows.
    page.locator("#wanted").fill(accepted["number"].lower())
    page.get_by_role("button", name="查找").click()
    expect(page).to_have_url(re.compile(f"/staff/acceptance/{accepted['id']}$"))
    page.goto("/staff/acceptance")
    page.locator("#wanted").fill(f" {MOTHER[:6]} {MOTHER[6:14]} {MOTHER[14:]} ")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".lead")).to_contain_text("本次查询已记录")
    assert MOTHER not in page.url
    shown = page.locator("tbody").inner_html()
    assert waiting["id"] in shown and accepted["id"] in shown
    shot(page, "desk-search")
    page.locator("#wanted").fill("没有这个编号")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".lead")).to_contain_text("请核对办件编号")

    audit(deployment)


@pytest.mark.timeout(180)
def test_a_filter_stays_until_it_is_cleared_and_keys_are_enough(deployment, people, new_page):
    submitted(people)
    submitted(people)
    page = new_page()
    sign_in(page, deployment, "clerk")
    page.goto("/staff/acceptance?state=in-progress")
    page.get_by_label("只看一件事").select_option("retirement")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_text("没有这样的办件。")).to_be_visible()
    page.goto("/staff")
    page.goto("/staff/acceptance")
    expect(page.get_by_role("heading", level=1)).to_have_text("办理中的办件")
    expect(page.get_by_label("只看一件事")).to_have_value("retirement")
    page.get_by_role("link", name="看全部").click()
    page.goto("/staff/acceptance")
    expect(page.get_by_label("只看一件事")).to_have_value("")

    page.get_by_role("link", name="待受理", exact=True).click()
    # The keys work once the page's script has run, which adds this button.
    expect(page.get_by_role("heading", level=1)).to_have_text("等待受理的办件")
    expect(page.get_by_role("button", name="键盘快捷键")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="键盘快捷键")).to_contain_text("下一件")
    fits_the_screen(page)
    shot(page, "desk-keys")
    page.keyboard.press("Escape")
    first = page.locator("tbody a").first.get_attribute("href")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{first}$"))
    expect(page.get_by_role("button", name="键盘快捷键")).to_be_visible()
    page.keyboard.press("c")
    expect(page.get_by_text("请把全部问题一次写全")).to_be_visible()
    page.locator("#text-1").press_sequentially("adc?")
    expect(page.locator("#text-1")).to_have_value("adc?")
    page.locator("#text-1").fill("")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("u")
    expect(page.get_by_role("heading", level=1)).to_have_text("等待受理的办件")

    # Who speaks to the computer switches single letters off.
    page.get_by_role("button", name="键盘快捷键").click()
    page.get_by_label("使用单键快捷键").uncheck()
    page.get_by_role("button", name="关闭").click()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_officers_filter_their_items_too(deployment, people, new_page):
    page = new_page()
    sign_in(page, deployment, "officer-health")
    page.goto("/staff/reviews")
    page.get_by_label("只看一件事").select_option("retirement")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_text("没有等待受理、涉及本单位的办件。")).to_be_visible()
    page.goto("/staff/tasks?state=decided&theme=birth")
    page.goto("/staff/tasks")
    expect(page.get_by_role("heading", level=1)).to_have_text("本单位已办结的事项")
    fits_the_screen(page)
    # What a browser keeps is input like any other.
    page.context.add_cookies([{"name": "yiciban-choice-staff-tasks", "value": "x'~%00", "url": page.url}])
    assert page.goto("/staff/tasks").status == 200
