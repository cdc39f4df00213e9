"""A passkey in the browser's own virtual authenticator (WebAuthn)."""

import pytest
from playwright.sync_api import Page, expect

from harness.browser import new_context, shot, watched
from harness.deployment import initialised, served
from test_birth_story import fits_the_screen, sign_in


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def city(request, tmp_path_factory):
    """A deployment that is reached by a name, since an address by number can't be a relying party."""
    with initialised(tmp_path_factory.mktemp(f"passkey-{request.param}"), request.param) as deployment:
        address = deployment.url.replace("127.0.0.1", "localhost")
        settings = deployment.data / "settings.yaml"
        settings.write_text(
            settings.read_text(encoding="utf-8") + f"\nopenid:\n  issuer: {address}\n", encoding="utf-8")
        with served(deployment, "yiciban"):
            yield deployment, address


@pytest.fixture
def page(city, browser, viewport):
    deployment, address = city
    context = new_context(browser, viewport, base_url=address)
    page = context.new_page()
    with watched(page):
        yield page
    context.close()


def authenticator(page: Page, verified: bool = True):
    """A platform authenticator whose owner shows a finger when asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": verified, "automaticPresenceSimulation": True}
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


@pytest.mark.covers("R14.11")
def test_a_passkey_is_added_used_and_removed(city, page):
    deployment, _ = city
    session, device = authenticator(page)
    sign_in(page, deployment, "mother")
    page.goto("/my")
    page.get_by_role("link", name="通行密钥").click()
    page.get_by_label("给它起个名字").fill("我的手机")
    page.get_by_label("您的登录密码").fill(deployment.account("mother").password)
    fits_the_screen(page)
    shot(page, f"passkeys-{deployment.database}")
    page.get_by_role("button", name="添加通行密钥").click()
    expect(page.get_by_role("status")).to_contain_text("通行密钥已经添加")
    expect(page.locator("main")).to_contain_text("我的手机")
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1

    page.get_by_role("button", name="退出").click()
    page.goto("/my")
    expect(page.get_by_role("button", name="用通行密钥登录")).to_be_visible()
    fits_the_screen(page)
    shot(page, f"sign-in-passkey-{deployment.database}")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("我的")
    expect(page.get_by_text(deployment.account("mother").name)).to_be_visible()

    page.goto("/my/passkeys")
    expect(page.locator("main")).to_contain_text("最近一次登录")
    page.locator("summary", has_text="移除").click()
    page.get_by_role("button", name="确认移除").click()
    expect(page.get_by_role("status")).to_contain_text("已经移除")
    page.get_by_role("button", name="退出").click()
    page.goto("/sign-in")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.locator("main")).to_contain_text("这个通行密钥没有通过")


def test_whoever_shows_no_finger_adds_nothing(city, page):
    deployment, _ = city
    authenticator(page, verified=False)
    sign_in(page, deployment, "father")
    page.goto("/my/passkeys")
    page.get_by_label("您的登录密码").fill(deployment.account("father").password)
    page.get_by_role("button", name="添加通行密钥").click()
    expect(page.get_by_role("alert")).to_contain_text("没有添加成功")
    page.goto("/my/passkeys")
    expect(page.locator("main")).to_contain_text("还没有通行密钥")


def test_without_scripts_the_password_remains(city, browser, viewport):
    deployment, address = city
    context = new_context(browser, viewport, base_url=address, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, deployment, "retiree")
    page.goto("/my/passkeys")
    expect(page.get_by_role("button", name="添加通行密钥")).to_be_hidden()
    context.close()
