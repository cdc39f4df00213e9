"""Paying in the browser: a code to scan, the page that changes by itself, the window's till, and the pictures of them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from harness.browser import new_context, shot, watched
from harness.people import People
from harness.till import accepted_case, eventually, item, open_till


RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def accessible(page: Page) -> None:
    """No fault by axe's rules, and nothing that makes the page scroll sideways."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{page.url} {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
    inner, outer = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert inner <= outer, f"{page.url} is {inner} wide on a screen of {outer}"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with open_till(tmp_path_factory.mktemp("page"), "sqlite", "yiciban") as (deployment, gateway):
        with People(deployment) as people:
            yield deployment, gateway, people


@pytest.fixture
def open_page(browser, viewport, shop):
    contexts = []

    def opened(**options) -> Page:
        # axe is put into the page, which our own policy forbids.
        context = new_context(browser, viewport, base_url=shop[0].url, bypass_csp=True, **options)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def signed_in(page: Page, deployment, role: str) -> Page:
    account = deployment.account(role)
    page.goto("/sign-in")
    page.get_by_label("登录名、手机号或身份证号").fill(account.username)
    page.get_by_label("密码", exact=True).fill(account.password)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()
    return page


def number(viewport, kind: int) -> str:
    return f"湘（2026）岳阳市不动产权第{kind}{viewport.width:06d}号"


def test_a_fee_is_paid_by_a_code_and_the_page_changes_by_itself(shop, open_page, viewport):
    deployment, gateway, people = shop
    case, task = accepted_case(people("mother"), people("clerk"), property_number=number(viewport, 1))
    page = signed_in(open_page(), deployment, "mother")
    with watched(page):
        page.goto(f"/cases/{case}")
        expect(page.get_by_text("待缴费（不计时）")).to_be_visible()
        shot(page, f"charge-progress-{viewport.name}")
        page.get_by_role("link", name="去缴费").click()
        expect(page.get_by_role("heading", name="缴费", exact=True)).to_be_visible()
        page.get_by_role("button", name="微信支付扫码付").click()
        expect(page.get_by_alt_text("付款二维码")).to_be_visible()
        accessible(page)
        shot(page, f"charge-code-{viewport.name}")
        code = people("mother").post(
            f"/api/v1/pay/orders/{task['charge']['order']}/attempts",
            json={"channel": "wechat", "form": "code"}).json()["invitation"]
        assert gateway.pay(code)
        # Nobody reloads.
        expect(page.get_by_text("已经收到 ¥80.00")).to_be_visible(timeout=15_000)
        expect(page.get_by_alt_text("付款二维码")).to_have_count(0)
        expect(page.get_by_role("button", name="微信支付扫码付")).to_have_count(0)
        shot(page, f"charge-paid-{viewport.name}")
        eventually(lambda: item(people("mother"), case)["state"], "open")
        page.get_by_role("link", name="看办理进度").click()
        expect(page.get_by_text("已缴费，继续办理")).to_be_visible()


def test_without_scripts_a_friend_pays_by_the_link(shop, open_page, viewport):
    deployment, gateway, people = shop
    case, task = accepted_case(people("mother"), people("clerk"), property_number=number(viewport, 2))
    owner = signed_in(open_page(), deployment, "mother")
    owner.goto(f"/pay/{task['charge']['order']}")
    link = owner.get_by_role("link", name="代付链接").get_attribute("href")
    friend = open_page(java_script_enabled=False)
    friend.goto(link)
    expect(friend.get_by_text("李晓梅")).to_have_count(0)
    friend.get_by_role("button", name="支付宝扫码付").click()
    expect(friend.get_by_alt_text("付款二维码")).to_be_visible()
    shot(friend, f"charge-friend-{viewport.name}")
    till = open_page()
    till.goto(friend.get_by_role("link", name="打开演练收银台付款").get_attribute("href"))
    till.get_by_role("button", name="付 ¥80.00").click()
    expect(till.get_by_role("heading", name="付款成功（演练）")).to_be_visible()
    eventually(lambda: item(people("mother"), case)["state"], "open")
    friend.get_by_role("link", name="已经付好了，看结果").click()
    expect(friend.get_by_text("已经收到 ¥80.00")).to_be_visible()


def test_on_a_phone_the_wallet_opens_from_the_page_and_a_code_can_still_be_chosen(shop, open_page, viewport):
    deployment, _, people = shop
    case, task = accepted_case(people("mother"), people("clerk"), property_number=number(viewport, 8))
    page = signed_in(open_page(), deployment, "mother")
    with watched(page):
        page.goto(f"/pay/{task['charge']['order']}")
        here = page.get_by_role("button", name="在这部手机上用微信支付付")
        code = page.get_by_role("button", name="微信支付扫码付")
        shot(page, f"charge-ways-{viewport.name}")
        if viewport.width < 768:
            assert here.bounding_box()["y"] < code.bounding_box()["y"], "a phone can't scan its own screen"
        else:
            assert code.bounding_box()["y"] < here.bounding_box()["y"]
        here.click()
        link = page.get_by_role("link", name="打开微信支付付款")
        expect(link).to_be_visible()
        expect(page.get_by_alt_text("付款二维码")).to_have_count(0)
        expect(code).to_be_visible()
        accessible(page)
        shot(page, f"charge-app-{viewport.name}")
    cashier = open_page()
    cashier.goto(link.get_attribute("href"))
    cashier.get_by_role("button", name="付 ¥80.00").click()
    # Nobody reloads.
    expect(page.get_by_text("已经收到 ¥80.00")).to_be_visible(timeout=15_000)
    eventually(lambda: item(people("mother"), case)["state"], "open")


def test_a_clerk_takes_cash_and_closes_the_drawer(shop, open_page, viewport):
    deployment, _, people = shop
    case, task = accepted_case(people("mother"), people("clerk"), property_number=number(viewport, 3))
    page = signed_in(open_page(), deployment, "cashier")
    with watched(page):
        page.goto("/staff/till")
        page.get_by_role("button", name="开钱箱").click()
        expect(page.get_by_text("账上应有")).to_be_visible()
        accessible(page)
        shot(page, f"till-{viewport.name}")
        page.goto(f"/staff/till/{task['charge']['order']}")
        page.get_by_role("button", name="已刷卡").click()
        expect(page.get_by_text("请填写 POS 签购单上的参考号")).to_be_visible()
        page.get_by_role("button", name="已收现金").click()
        expect(page.get_by_text("现金已经收到")).to_be_visible()
        accessible(page)
        shot(page, f"till-order-{viewport.name}")
        page.get_by_text("提出退费", exact=True).first.click()
        page.get_by_label("退多少").fill("20.00")
        page.get_by_role("button", name="提出退费").click()
        page.get_by_role("button", name="已退给缴费人").click()
        expect(page.get_by_text("退费已经付出并记账")).to_be_visible()
        page.goto("/staff/till")
        page.get_by_label("清点出的现金").fill("60.00")
        page.get_by_role("button", name="清点交款").click()
        expect(page.get_by_text("钱箱已经清点交款")).to_be_visible()
        eventually(lambda: item(people("mother"), case)["state"], "open")


def test_the_elder_edition_shows_the_same(shop, open_page, viewport):
    deployment, _, people = shop
    _, task = accepted_case(people("mother"), people("clerk"), property_number=number(viewport, 4))
    page = signed_in(open_page(), deployment, "mother")
    page.goto(f"/pay/{task['charge']['order']}")
    page.get_by_role("button", name="长辈版").first.click()
    page.goto(f"/pay/{task['charge']['order']}")
    page.get_by_role("button", name="支付宝扫码付").click()
    expect(page.get_by_alt_text("付款二维码")).to_be_visible()
    accessible(page)
    shot(page, f"charge-elder-{viewport.name}")


def test_a_plan_says_the_fee_before_anybody_applies(shop, open_page, viewport):
    _, _, people = shop
    page = open_page()
    page.goto("/themes/mortgage")
    expect(page.get_by_text("¥80.00").first).to_be_visible()
    expect(page.get_by_text("小微企业（含个体工商户）免收").first).to_be_visible()
    shot(page, f"charge-guide-{viewport.name}")


def test_two_people_close_a_difference(shop, open_page, viewport, tmp_path):
    deployment, _, _ = shop
    day = {"phone": "2026-03-02", "desktop": "2026-03-03"}[viewport.name]
    bill = tmp_path / "bill.csv"
    bill.write_text("交易时间,商户订单号,微信订单号,交易状态,商户退款单号,订单金额,申请退款金额\n"
                    f"`{day} 16:00:00,`elsewhere_{viewport.width},`42{viewport.width},`SUCCESS,`0,`80.00,`0.00\n")
    found = deployment.run("pay", "reconcile", "--date", day, "--channel", "wechat", "--file", str(bill), check=False)
    assert found.returncode == 1 and "长款" in found.stdout, found
    first = signed_in(open_page(), deployment, "payment-reviewer")
    first.goto("/staff/reconciliation")
    expect(first.get_by_text(f"elsewhere_{viewport.width}").first).to_be_visible()
    accessible(first)
    shot(first, f"reconciliation-{viewport.name}")
    first.get_by_role("button", name="已经处理，提请销号").click()
    expect(first.get_by_text("您已提请销号")).to_be_visible()
    second = signed_in(open_page(), deployment, "bookkeeper")
    second.goto("/staff/reconciliation")
    second.get_by_role("button", name="核对无误，销号").click()
    expect(second.get_by_text("两人核对过")).to_be_visible()
    expect(second.get_by_text(f"elsewhere_{viewport.width}")).to_have_count(0)
    again = deployment.run("pay", "reconcile", "--date", day, "--channel", "wechat", "--file", str(bill), check=False)
    assert again.returncode == 0 and "没有差异" in again.stdout, again
    second.reload()
    expect(second.get_by_text("没有要处理的差异。")).to_be_visible()
