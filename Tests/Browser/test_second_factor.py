"""A member of staff who signs in with the code of a telephone."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
from playwright.sync_api import Page, expect

from harness.browser import shot
from harness.deployment import initialised, served
from test_birth_story import fits_the_screen


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def office(request, tmp_path_factory):
    """A deployment whose supervisors must have a second factor."""
    with initialised(tmp_path_factory.mktemp(f"factor-{request.param}"), request.param) as deployment:
        settings = deployment.data / "settings.yaml"
        settings.write_text(
            settings.read_text(encoding="utf-8") + "\nsessions:\n  secondFactorRoles: [supervisor]\n", encoding="utf-8")
        with served(deployment, "yiciban"):
            yield deployment


@pytest.fixture
def deployment(office):
    """So that `new_page` opens pages of this deployment."""
    return office


def code(secret: str) -> str:
    """What an authenticator app would show now, but never the same twice."""
    now = int(time.time())
    if now // 30 == code.last:
        time.sleep(30 - now % 30 + 0.1)
        now = int(time.time())
    code.last = now // 30
    mac = hmac.new(base64.b32decode(secret.replace(" ", "")), struct.pack(">Q", code.last), hashlib.sha1).digest()
    offset = mac[19] & 15
    return f"{(int.from_bytes(mac[offset:offset + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


code.last = 0


def type_password(page: Page, deployment, role: str) -> None:
    account = deployment.account(role)
    page.goto("/sign-in")
    page.get_by_label("登录名、手机号或身份证号").fill(account.username)
    page.get_by_label("密码", exact=True).fill(account.password)
    page.get_by_role("button", name="登录").click()


def test_a_supervisor_sets_it_up_before_anything_else_and_signs_in_with_it(deployment, new_page):
    page = new_page()
    type_password(page, deployment, "supervisor")
    # Nothing can be done before, and the way leads to the set-up by itself.
    expect(page.locator("main")).to_contain_text("您的岗位要求二次验证")
    assert page.goto("/staff/supervision").status == 403
    page.goto("/my/second-factor")
    page.get_by_label("您的登录密码").fill("wrong")
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("main")).to_contain_text("账号或密码不对")
    page.get_by_label("您的登录密码").fill(deployment.account("supervisor").password)
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("img", name="设置二次验证的二维码")).to_be_visible()
    assert page.get_by_role("img", name="设置二次验证的二维码").evaluate("image => image.naturalWidth") > 0
    fits_the_screen(page)
    shot(page, f"second-factor-{deployment.database}")
    secret = page.locator("b.mono").inner_text()
    page.get_by_label("验证器上现在的 6 位数字").fill("000000")
    page.get_by_role("button", name="确认启用").click()
    expect(page.locator("main")).to_contain_text("这 6 位数字不对")
    page.get_by_label("验证器上现在的 6 位数字").fill(code(secret))
    page.get_by_role("button", name="确认启用").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请抄下备用码")
    shot(page, f"recovery-codes-{deployment.database}")
    spare = page.locator(".codes li").all_inner_texts()
    assert len(spare) == 10
    page.get_by_role("link", name="我已抄好").click()
    assert page.goto("/staff/supervision").status == 200

    other = new_page()
    type_password(other, deployment, "supervisor")
    expect(other.get_by_role("heading", level=1)).to_have_text("二次验证")
    fits_the_screen(other)
    shot(other, f"sign-in-code-{deployment.database}")
    other.get_by_label("验证码").fill("123456")
    other.get_by_role("button", name="登录").click()
    expect(other.locator("main")).to_contain_text("这 6 位数字不对")
    other.get_by_label("验证码").fill(code(secret))
    other.get_by_role("button", name="登录").click()
    expect(other.get_by_role("button", name="退出")).to_be_visible()
    other.goto("/my/second-factor")
    expect(other.locator("main")).to_contain_text("还剩 10 个备用码")

    lost = new_page()
    type_password(lost, deployment, "supervisor")
    lost.get_by_label("验证码").fill(spare[0])
    lost.get_by_role("button", name="登录").click()
    lost.goto("/my/second-factor")
    expect(lost.locator("main")).to_contain_text("还剩 9 个备用码")
    expect(lost.locator("main")).to_contain_text("不能停用")

    # Lost for good: the operator takes it away, and it is set up anew.
    deployment.run("account", "reset-second-factor", deployment.account("supervisor").username, "--yes")
    anew = new_page()
    type_password(anew, deployment, "supervisor")
    expect(anew.locator("main")).to_contain_text("您的岗位要求二次验证")


def test_whoever_may_do_without_takes_it_away_again(deployment, new_page):
    page = new_page()
    type_password(page, deployment, "clerk")
    password = deployment.account("clerk").password
    page.goto("/staff")
    page.get_by_role("link", name="二次验证").click()
    page.get_by_label("您的登录密码").fill(password)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("验证器上现在的 6 位数字").fill(code(page.locator("b.mono").inner_text()))
    page.get_by_role("button", name="确认启用").click()
    page.goto("/my/second-factor")
    page.locator("summary", has_text="停用").click()
    page.get_by_label("您的登录密码").fill(password)
    page.get_by_role("button", name="停用").click()
    expect(page.get_by_role("status")).to_contain_text("已经停用")


def test_citizens_have_no_such_page(deployment, new_page):
    page = new_page()
    type_password(page, deployment, "mother")
    assert page.goto("/my/second-factor").status == 403
