"""Signing in by a code in a short message; the sandbox's outbox is the telephone."""

import json
import re
import time

from playwright.sync_api import Page, expect

from harness.browser import shot
from test_birth_story import fits_the_screen


def codes(deployment) -> list[str]:
    """The codes in the outbox, the newest first, as the operator reads them."""
    page = json.loads(deployment.run("message", "outbox", "--json").stdout)
    texts = [message["text"] for message in (page["items"] if isinstance(page, dict) else page)]
    return [found.group(1) for text in texts if (found := re.search(r"登录验证码 (\d{6})", text))]


def new_code(deployment, before: int) -> str:
    end = time.monotonic() + 20
    while len(found := codes(deployment)) == before:
        assert time.monotonic() < end, "no message came"
        time.sleep(0.2)
    return found[0]


# The numbers with which people of the sample are registered.
PHONES = {"father": "19900000002", "grandfather": "19900000003"}


def test_a_code_signs_in_and_leads_on_to_where_one_wanted(deployment, new_page, viewport):
    # One code a minute for each telephone, so each width has a person of its own.
    role = "father" if viewport.name == "phone" else "grandfather"
    page: Page = new_page()
    page.goto("/my")
    page.get_by_role("link", name="用短信验证码登录").click()
    page.get_by_label("手机号码").fill("123")
    page.get_by_role("button", name="获取验证码").click()
    expect(page.locator("main")).to_contain_text("请填写 11 位手机号码")
    before = len(codes(deployment))
    page.get_by_label("手机号码").fill(PHONES[role])
    fits_the_screen(page)
    shot(page, f"sign-in-phone-{deployment.database}")
    page.get_by_role("button", name="获取验证码").click()
    code = new_code(deployment, before)
    page.get_by_label("短信里的 6 位数字").fill("000000" if code != "000000" else "111111")
    page.get_by_role("button", name="登录").click()
    expect(page.locator("main")).to_contain_text("验证码不对")
    shot(page, f"sign-in-phone-code-{deployment.database}")
    page.get_by_label("短信里的 6 位数字").fill(code)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的")
    expect(page.get_by_text(deployment.account(role).name)).to_be_visible()

    impatient = new_page()
    impatient.goto("/sign-in/phone")
    impatient.get_by_label("手机号码").fill(PHONES[role])
    impatient.get_by_role("button", name="获取验证码").click()
    expect(impatient.locator("main")).to_contain_text("后再获取")
