"""Approvals that no list holds: anybody reports them, and each is followed to its end (隐形审批)."""

import pytest
from playwright.sync_api import expect

from harness.browser import shot
from harness.journal import audit
from test_birth_story import fits_the_screen, sign_in


@pytest.mark.covers("R02.2")
def test_a_visitor_reports_one_and_reads_what_came_of_it(deployment, new_page):
    page = new_page()
    page.goto("/items")
    page.get_by_role("link", name="告诉我们").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("哪个单位")
    expect(page.get_by_role("alert")).to_contain_text("10 到 2000 个字")
    page.get_by_label("哪个单位要求的").fill("示例街道办事处")
    page.get_by_label("要求您办什么").fill("办营业执照还要先到街道盖章，上周五在街道办")
    fits_the_screen(page)
    shot(page, "hidden-approval")
    page.get_by_role("button", name="提交").click()
    code = page.locator(".caseno").inner_text()

    staff = new_page()
    sign_in(staff, deployment, "catalogue-legal")
    staff.goto("/staff/hidden-approvals")
    fits_the_screen(staff)
    shot(staff, "hidden-approval-list")
    staff.get_by_role("link", name="示例街道办事处").last.click()
    staff.get_by_role("button", name="开始核查").click()
    staff.get_by_role("button", name="办结并答复").click()
    expect(staff.get_by_role("alert")).to_contain_text("请选择核查的结论")
    staff.get_by_label("属实，已经要求改正").check()
    staff.get_by_label("答复").fill("已经要求街道取消盖章。")
    staff.get_by_role("button", name="办结并答复").click()
    expect(staff.locator("main")).to_contain_text("已办结")
    shot(staff, "hidden-approval-closed")

    page.get_by_label("查询码").fill(code.lower())
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("status")).to_contain_text("属实，已经要求改正")
    expect(page.get_by_role("status")).to_contain_text("取消盖章")
    page.get_by_label("查询码").fill("nothing")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("alert")).to_contain_text("请核对查询码")
    audit(deployment)
