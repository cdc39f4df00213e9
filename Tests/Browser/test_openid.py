"""Departments' systems entered with the account here, by a stock client library (authlib)."""

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.integrations.requests_client import OAuthError
from joserfc import jwt
from playwright.sync_api import Page, expect

from harness.api import Api
from harness.application import Application, listening, register
from harness.browser import shot
from harness.deployment import initialised, served
from harness.people import People
from test_birth_story import fits_the_screen, sign_in


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def city(request, tmp_path_factory):
    """A deployment of its own, which knows the address at which it is reached."""
    with initialised(tmp_path_factory.mktemp(f"openid-{request.param}"), request.param) as deployment:
        settings = deployment.data / "settings.yaml"
        settings.write_text(
            settings.read_text(encoding="utf-8") + f"\nopenid:\n  issuer: {deployment.url}\n", encoding="utf-8")
        with served(deployment, "yiciban"):
            yield deployment


@pytest.fixture
def deployment(city):
    """So that `new_page` opens pages of this deployment."""
    return city


@pytest.fixture(scope="module")
def systems(city):
    """Two systems of different departments, with their ports: `(health, fund, posts)`."""
    with listening() as (health, posts), listening() as (fund, _):
        # Both lie on one host here, which would make them one department's.
        yield (register(city, "医保网上服务大厅", health, "--sector", "health"),
               register(city, "公积金网上服务大厅", fund, "--sector", "fund"), posts)


def enter(page: Page, application: Application, **options: str) -> str:
    """Enters a system and agrees if asked; gives the address at which the person landed."""
    page.goto(application.begin(**options))
    if page.get_by_role("button", name="同意并进入").count():
        page.get_by_role("button", name="同意并进入").click()
    page.wait_for_url(f"{application.redirect}**")
    return page.url


def until(condition) -> None:
    """Waits for what the outbox does within seconds."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


@pytest.mark.covers("R14.11", "R14.13")
def test_a_system_is_entered_refreshed_and_left_and_a_second_one_without_typing(deployment, systems, new_page):
    health, fund, posts = systems
    page = new_page()
    page.goto(health.begin())
    # Nobody has signed in yet; afterwards the way goes on by itself.
    account = deployment.account("mother")
    page.get_by_label("登录名、手机号或身份证号").fill(account.username)
    page.get_by_label("密码", exact=True).fill(account.password)
    page.get_by_role("button", name="登录").click()
    if page.get_by_role("button", name="同意并进入").count():
        expect(page.get_by_role("heading", level=1)).to_have_text("医保网上服务大厅")
        expect(page.locator("main")).to_contain_text("您的姓名、性别、出生日期")
        fits_the_screen(page)
        shot(page, f"openid-consent-{deployment.database}")
        page.get_by_role("button", name="同意并进入").click()
    page.wait_for_url(f"{health.redirect}**")
    claims = health.finish(page.url)
    told = health.userinfo().json()
    assert told["sub"] == claims["sub"] and told["name"] == account.name and "id_number" not in told

    # A second system: one question, no typing; the same one again: no question either.
    other = fund.finish(enter(page, fund))
    assert other["sub"] != claims["sub"]
    page.goto(fund.begin())
    page.wait_for_url(f"{fund.redirect}**")
    assert fund.finish(page.url)["sub"] == other["sub"]

    before = dict(health.session.token)
    health.session.refresh_token(health.metadata["token_endpoint"])
    assert health.session.token["refresh_token"] != before["refresh_token"]
    assert health.identity()["sub"] == claims["sub"]
    assert health.userinfo().status_code == 200

    posts.clear()
    page.goto(health.leaving())
    page.wait_for_url(f"{health.redirect}?state=bye")
    until(lambda: posts)
    logout = jwt.decode(posts[0]["logout_token"], health.keys(), algorithms=["RS256"])
    assert logout.header["typ"] == "logout+jwt"
    assert (logout.claims["sub"], logout.claims["sid"]) == (claims["sub"], claims["sid"])
    assert "http://schemas.openid.net/event/backchannel-logout" in logout.claims["events"]
    assert "nonce" not in logout.claims
    # Signed out here is signed out everywhere.
    until(lambda: fund.userinfo().status_code == 401)
    page.goto(fund.begin())
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def test_the_person_sees_who_knows_what_and_takes_it_back(deployment, systems, new_page):
    _, fund, _ = systems
    page = new_page()
    sign_in(page, deployment, "father")
    fund.finish(enter(page, fund))
    page.goto("/my")
    page.get_by_role("link", name="用这个账号登录的系统").click()
    expect(page.locator("main")).to_contain_text("公积金网上服务大厅")
    fits_the_screen(page)
    shot(page, f"openid-applications-{deployment.database}")
    page.locator("summary", has_text="收回").click()
    page.get_by_role("button", name="确认收回").click()
    expect(page.get_by_role("status")).to_contain_text("已经收回")
    assert fund.userinfo().status_code == 401
    with pytest.raises(OAuthError, match="invalid_grant"):
        fund.session.refresh_token(fund.metadata["token_endpoint"])
    page.goto(fund.begin())
    expect(page.get_by_role("button", name="同意并进入")).to_be_visible()
    page.get_by_role("button", name="不同意").click()
    page.wait_for_url(f"{fund.redirect}**")
    assert parse_qs(urlsplit(page.url).query)["error"] == ["access_denied"]


def test_staff_enter_a_system_of_their_own_and_citizens_do_not(deployment, new_page):
    with listening() as (url, _):
        desk = register(deployment, "电子监察系统", url, "--for", "staff", "--scope", "profile", "--scope", "staff",
                        "--algorithm", "ES256")
        desk.session.scope = "openid profile staff"
        page = new_page()
        sign_in(page, deployment, "clerk")
        desk.finish(enter(page, desk))
        told = desk.userinfo().json()
        assert told["name"] == deployment.account("clerk").name
        assert told["agency_name"] and told["division"] and told["roles"], told
        page.goto("/staff")
        page.get_by_role("link", name="用这个账号登录的系统").click()
        expect(page.locator("main")).to_contain_text("电子监察系统")

        citizen = new_page()
        sign_in(citizen, deployment, "mother")
        citizen.goto(desk.begin())
        citizen.wait_for_url(f"{desk.redirect}**")
        assert parse_qs(urlsplit(citizen.url).query)["error"] == ["access_denied"]


def test_a_fresh_sign_in_can_be_demanded_and_silence_too(deployment, systems, new_page):
    health, _, _ = systems
    page = new_page()
    page.goto(health.begin(prompt="none"))
    page.wait_for_url(f"{health.redirect}**")
    assert parse_qs(urlsplit(page.url).query)["error"] == ["login_required"]
    sign_in(page, deployment, "grandfather")
    first = health.finish(enter(page, health))
    time.sleep(1)
    page.goto(health.begin(prompt="login"))
    account = deployment.account("grandfather")
    page.get_by_label("登录名、手机号或身份证号").fill(account.username)
    page.get_by_label("密码", exact=True).fill(account.password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{health.redirect}**")
    assert health.finish(page.url)["auth_time"] > first["auth_time"]


def test_signing_out_without_a_proof_asks_first(deployment, systems, new_page):
    health, _, _ = systems
    page = new_page()
    sign_in(page, deployment, "mother")
    page.goto(f"/openid/logout?client_id={health.client_id}")
    expect(page.locator("main")).to_contain_text("医保网上服务大厅")
    shot(page, f"openid-sign-out-{deployment.database}")
    page.goto("/my")
    expect(page.get_by_role("heading", level=1)).to_have_text("我的")
    page.goto(f"/openid/logout?client_id={health.client_id}&post_logout_redirect_uri={health.redirect}")
    page.locator("main").get_by_role("button", name="退出").click()
    page.wait_for_url(f"{health.redirect}**")
    page.goto("/my")
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def test_the_elder_edition_of_the_question_fits_and_reads_well(deployment, systems, new_page):
    health, _, _ = systems
    page = new_page()
    page.goto("/")
    page.get_by_role("button", name="长辈版").click()
    sign_in(page, deployment, "retiree")
    page.goto(health.begin())
    expect(page.get_by_role("button", name="同意并进入")).to_be_visible()
    fits_the_screen(page)
    shot(page, f"openid-consent-elder-{deployment.database}")


# The attacks, at the wire.


def parts(landed: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(landed).query).items()}


def exchange(application: Application, form: dict, auth: tuple[str, str] | None = None) -> requests.Response:
    return application.http.post(
        application.metadata["token_endpoint"], data=form,
        auth=auth or (application.client_id, application.client_secret), timeout=10)


def code_form(application: Application, landed: str, **changes: str | None) -> dict:
    form = {"grant_type": "authorization_code", "code": parts(landed)["code"], "redirect_uri": application.redirect,
            "code_verifier": application.verifier} | changes
    return {name: value for name, value in form.items() if value is not None}


def refused_grant(answer: requests.Response) -> None:
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant"), answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_codes_are_worth_something_once_and_to_their_own_application(deployment, systems, new_page):
    health, fund, _ = systems
    page = new_page()
    sign_in(page, deployment, "mother")
    # Replay: the second use is refused and the first one's tokens end.
    landed = enter(page, health)
    health.finish(landed)
    refused_grant(exchange(health, code_form(health, landed)))
    assert health.userinfo().status_code == 401
    # Injection, substitution, downgrade at the exchange.
    for changes in [{"code_verifier": "w" * 43}, {"code_verifier": None}, {"redirect_uri": health.redirect + "/"}]:
        refused_grant(exchange(health, code_form(health, enter(page, health), **changes)))
    refused_grant(exchange(fund, code_form(health, enter(page, health))))


def test_a_refresh_token_that_comes_twice_ends_the_family(deployment, systems, new_page):
    health, fund, _ = systems
    page = new_page()
    sign_in(page, deployment, "mother")
    health.finish(enter(page, health))
    old = health.session.token["refresh_token"]
    health.session.refresh_token(health.metadata["token_endpoint"])
    assert health.userinfo().status_code == 200
    refused_grant(exchange(health, {"grant_type": "refresh_token", "refresh_token": old}))
    assert health.userinfo().status_code == 401
    # One application's token in another's hands.
    health.finish(enter(page, health))
    refused_grant(exchange(
        fund, {"grant_type": "refresh_token", "refresh_token": health.session.token["refresh_token"]}))
    assert health.userinfo().status_code == 401


@pytest.mark.parametrize("changes", [
    {"code_challenge": None}, {"code_challenge_method": None}, {"code_challenge_method": "plain"}, {"state": None},
    {"nonce": None}, {"response_type": "token"}, {"response_mode": "form_post"},
], ids=str)
def test_a_weakened_request_goes_back_with_an_error(deployment, systems, new_page, changes):
    health, _, _ = systems
    page = new_page()
    url = urlsplit(health.begin())
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    query = {name: value for name, value in (query | changes).items() if value is not None}
    with Api(deployment.url) as api:
        answer = api.get("/openid/authorize", params=query)
    assert answer.status_code == 303
    told = parts(answer.headers["Location"])
    assert answer.headers["Location"].startswith(health.redirect + "?") and "code" not in told
    assert told["error"] in ("invalid_request", "unsupported_response_type") and told["iss"] == deployment.url
    assert page is not None


@pytest.mark.parametrize("twist", [
    lambda url: url + "/", lambda url: url.replace("callback", "Callback"), lambda url: url + "#f",
    lambda url: url.replace("127.0.0.1", "user@127.0.0.1"), lambda url: url.replace("callback", "*"),
    lambda url: url + "?x=1", lambda url: url.replace("127.0.0.1", "localhost"), lambda _: "https://evil.example/",
    lambda url: url + "/../callback", lambda _: "javascript:alert(1)", lambda _: "",
], ids=["slash", "case", "fragment", "user", "wildcard", "query", "host", "foreign", "climbing", "script", "empty"])
def test_nobody_is_sent_to_an_address_that_was_not_registered(systems, twist):
    health, _, _ = systems
    with Api(health.issuer) as api:
        query = parts(health.begin()) | {"redirect_uri": twist(health.redirect)}
        answer = api.get("/openid/authorize", params=query)
        assert answer.status_code == 400 and "Location" not in answer.headers
        assert "返回地址" in answer.text
        answer = api.get("/openid/authorize", params=query | {"client_id": "01" + "0" * 24})
        assert answer.status_code == 400 and "没有在这里登记" in answer.text


def test_forged_tokens_open_nothing(deployment, systems, new_page):
    health, fund, _ = systems
    page = new_page()
    sign_in(page, deployment, "mother")
    claims = health.finish(enter(page, health))
    genuine = health.session.token["id_token"]
    header, payload, _ = genuine.split(".")

    def encode(content: bytes) -> str:
        return base64.urlsafe_b64encode(content).rstrip(b"=").decode()

    none = encode(b'{"alg":"none","typ":"JWT"}') + "." + payload + "."
    keys = health.http.get(health.metadata["jwks_uri"], timeout=10).content
    signing_input = encode(b'{"alg":"HS256","typ":"JWT"}') + "." + payload
    confused = signing_input + "." + encode(hmac.new(keys, signing_input.encode(), hashlib.sha256).digest())
    for forged in [none, confused, genuine[:-4] + "AAAA", header + "." + payload + "."]:
        # As a hint of who signs out it proves nothing: the person is asked.
        page.goto(f"/openid/logout?id_token_hint={forged}")
        expect(page.get_by_role("heading", level=1)).to_have_text("退出登录")
        # As an access token it opens nothing.
        answer = health.http.get(
            health.metadata["userinfo_endpoint"], headers={"Authorization": f"Bearer {forged}"}, timeout=10)
        assert answer.status_code == 401 and "invalid_token" in answer.headers["WWW-Authenticate"]
    # Another application's ID token is not taken by this one's library.
    stolen = dict(health.session.token)
    fund.finish(enter(page, fund))
    fund.session.token = stolen
    with pytest.raises(Exception, match="aud|azp|invalid_claim"):
        fund.identity()
    assert claims["aud"] == health.client_id or health.client_id in claims["aud"]


def test_the_session_of_the_portal_is_no_access_token_and_the_other_way_round(deployment, systems, new_page):
    health, _, _ = systems
    with People(deployment) as people:
        token = people("mother").token
    answer = health.http.get(
        health.metadata["userinfo_endpoint"], headers={"Authorization": f"Bearer {token}"}, timeout=10)
    assert answer.status_code == 401
    page = new_page()
    sign_in(page, deployment, "father")
    health.finish(enter(page, health))
    with Api(deployment.url) as api:
        answer = api.get("/api/v1/me", headers={"Authorization": f"Bearer {health.session.token['access_token']}"})
        assert answer.status_code == 401


def test_what_was_told_to_whom_stands_in_the_journal_which_is_sound(deployment):
    result = json.loads(deployment.run("audit", "verify", "--json").stdout)
    assert result["sound"] and not result["findings"], result
    shown = json.loads(deployment.run("client", "list", "--json").stdout)
    assert all("secret" not in client for client in shown)


def test_a_suspended_system_is_refused_until_it_is_let_in_again(deployment, new_page):
    with listening() as (url, _):
        system = register(deployment, "停用示例系统", url)
        page = new_page()
        sign_in(page, deployment, "mother")
        system.finish(enter(page, system))
        deployment.run("client", "suspend", system.client_id, "--yes")
        assert system.userinfo().status_code == 401
        page.goto(system.begin())
        expect(page.locator("main")).to_contain_text("没有在这里登记")
        shot(page, f"openid-suspended-{deployment.database}")
        deployment.run("client", "resume", system.client_id)
        secret = json.loads(deployment.run("client", "secret", system.client_id, "--yes", "--json").stdout)
        landed = enter(page, system)
        answer = exchange(system, code_form(system, landed))
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
        assert exchange(system, code_form(system, landed), (system.client_id, secret["client_secret"])).ok
