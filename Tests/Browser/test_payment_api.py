"""Fees from end to end over the HTTP interface: paid, paid for somebody, at the window, refused and paid back."""

import json

import pytest

from harness.api import Api
from harness.journal import audit
from harness.people import People, ok, refused
from harness.till import ANSWERS, accepted_case, eventually, item, open_till

SERVED_BY = {"sqlite": "yiciban", "postgres": "yiciban-server"}
CERTIFICATE = {"results": {"certificate": {"number": "湘（2026）岳阳市不动产证明第0000001号"}}}


@pytest.fixture(scope="module", params=SERVED_BY)
def shop(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(f"till-{request.param}")
    with open_till(folder, request.param, SERVED_BY[request.param]) as (deployment, gateway):
        with People(deployment) as people:
            yield deployment, gateway, people


def check(deployment) -> dict:
    report = json.loads(deployment.run("pay", "check", "--json").stdout)
    assert report["sound"] and report["sum"] == 0, report
    return report


@pytest.mark.parametrize("channel", ["wechat", "alipay"])
def test_a_fee_is_paid_by_a_code_and_the_case_goes_on_to_a_sealed_result(shop, channel):
    deployment, gateway, people = shop
    mother, officer = people("mother"), people("officer-natural")
    plan = ok(mother.post("/api/v1/themes/mortgage/plan", json={"answers": ANSWERS}))
    assert plan["known_fees"] == 8000 and plan["fees"][0]["basis"] == "发改价格规〔2016〕2559号"
    case, task = accepted_case(mother, people("clerk"))
    assert task["state"] == "unpaid" and task["charge"]["amount"] == 8000
    refused(officer.post(f"/api/v1/cases/{case}/items/E23/grant", json=CERTIFICATE), 409, "casework.wrong_state")
    eventually(lambda: "请您缴费 ¥80.00" in mother.get("/api/v1/messages").text, True)
    order = f"/api/v1/pay/orders/{task['charge']['order']}"
    refused(people("retiree").get(order), 404, "payment.not_found")
    attempt = ok(mother.post(f"{order}/attempts", json={"channel": channel, "form": "code"}), 201)
    assert attempt["is_rehearsal"] is True
    assert gateway.pay(attempt["invitation"])
    eventually(lambda: ok(mother.get(order))["state"], "paid")
    eventually(lambda: item(mother, case)["state"], "open")
    ok(officer.post(f"/api/v1/cases/{case}/items/E23/grant", json=CERTIFICATE))
    assert ok(mother.get(f"/api/v1/cases/{case}"))["state"] == "completed"
    report = check(deployment)
    assert report["balances"][f"channel:{channel}"] > 0
    audit(deployment)


def test_a_refused_item_pays_back_by_its_rule(shop):
    deployment, gateway, people = shop
    mother, officer = people("mother"), people("officer-natural")
    case, task = accepted_case(mother, people("clerk"), property_number="湘（2026）岳阳市不动产权第0000002号")
    order = f"/api/v1/pay/orders/{task['charge']['order']}"
    attempt = ok(mother.post(f"{order}/attempts", json={"channel": "wechat", "form": "code"}), 201)
    gateway.pay(attempt["invitation"])
    eventually(lambda: item(mother, case)["state"], "open")
    ok(officer.post(f"/api/v1/cases/{case}/items/E23/refusal",
                    json={"reason": "不动产已被查封", "remedy": "查封解除后可以重新申请。"}))
    eventually(lambda: ok(mother.get(order))["state"], "refunded")
    assert ok(mother.get(order))["refunds"][0]["ground"] == "refused"
    check(deployment)


def test_a_friend_pays_by_a_link_and_learns_nothing_of_the_applicant(shop):
    deployment, gateway, people = shop
    mother = people("mother")
    case, task = accepted_case(mother, people("clerk"), property_number="湘（2026）岳阳市不动产权第0000003号")
    order = task["charge"]["order"]
    page = mother.get(f"/pay/{order}")
    assert page.status_code == 200
    link = next(part.split('"')[0] for part in page.text.split('href="') if part.startswith(f"/pay/{order}/"))
    code = link.rsplit("/", 1)[1]
    with Api(deployment.url) as friend:
        shown = friend.get(link)
        assert shown.status_code == 200 and "80.00" in shown.text
        assert "李晓梅" not in shown.text and case not in shown.text and "430682190603084141" not in shown.text
        assert friend.get(f"/pay/{order}/{'0' * 32}").status_code == 404
        assert ok(friend.get(f"/api/v1/pay/links/{order}/{code}"))["due"] == 8000
        attempt = ok(friend.post(f"/api/v1/pay/links/{order}/{code}/attempts",
                                 json={"channel": "alipay", "form": "code"}), 201)
    assert gateway.pay(attempt["invitation"])
    eventually(lambda: item(mother, case)["state"], "open")


def test_cash_and_cards_at_the_window_and_a_second_person_for_a_large_refund(shop):
    deployment, _, people = shop
    mother, cashier, reviewer = people("mother"), people("cashier"), people("payment-reviewer")
    answers = ANSWERS | {"用途": "非住宅", "申请人类型": "其他企业"}
    case, task = accepted_case(mother, people("clerk"), answers, owner_name="岳阳示例茶业有限公司",
                               property_number="湘（2026）岳阳市不动产权第0000004号")
    assert task["charge"]["amount"] == 55000
    order = f"/api/v1/pay/orders/{task['charge']['order']}"
    refused(mother.post(f"{order}/receipts", json={"channel": "cash"}), 403, "access.forbidden")
    refused(cashier.post(f"{order}/receipts", json={"channel": "cash"}), 409, "payment.drawer")
    ok(cashier.post("/api/v1/pay/drawers"), 201)
    assert ok(cashier.post(f"{order}/receipts", json={"channel": "cash"}))["state"] == "paid"
    eventually(lambda: item(mother, case)["state"], "open")
    asked = ok(cashier.post(f"{order}/refunds", json={"amount": 52000, "ground": "overcharged"}), 201)
    assert asked["state"] == "waiting"
    refused(cashier.post(f"{order}/refunds/{asked['id']}/judgement", json={}), 403, "access.forbidden")
    ok(reviewer.post(f"{order}/refunds/{asked['id']}/judgement", json={"is_approved": True}))
    after = ok(cashier.post(f"{order}/refunds/{asked['id']}/payout", json={}))
    assert after["refunded"] == 52000 and after["state"] == "paid"
    closed = ok(cashier.post("/api/v1/pay/drawers/closing", json={"counted": 2900}))
    assert (closed["content"], closed["counted"]) == (3000, 2900)
    assert check(deployment)["balances"]["difference"] == 100


def test_an_exempt_enterprise_never_sees_a_till_and_counts_as_free(shop):
    deployment, _, people = shop
    mother = people("mother")
    answers = ANSWERS | {"用途": "非住宅", "申请人类型": "小微企业或个体工商户"}
    before = json.loads(deployment.run("pay", "zero", "--json").stdout)
    _, task = accepted_case(mother, people("clerk"), answers, owner_name="岳阳楼区示例小吃店",
                            property_number="湘（2026）岳阳市不动产权第0000005号")
    assert task["state"] == "open" and task.get("charge") is None
    figures = eventually_figures(deployment, before["cases"] + 1)
    assert figures["free"] == before["free"] + 1 and figures["waived"] == before["waived"] + 55000


def eventually_figures(deployment, cases: int) -> dict:
    eventually(lambda: json.loads(deployment.run("pay", "zero", "--json").stdout)["cases"], cases)
    return json.loads(deployment.run("pay", "zero", "--json").stdout)


def test_notifications_that_nobody_proves_are_refused_and_are_no_way_in(shop):
    deployment, _, people = shop
    with Api(deployment.url) as stranger:
        for _ in range(40):  # more than nobody in particular may change in a minute
            forged = stranger.post("/api/v1/pay/notifications/wechat", data=b"{}",
                                   headers={"Content-Type": "application/json"})
            assert forged.status_code == 400 and forged.json()["code"] == "FAIL"
        fake = stranger.post("/api/v1/pay/notifications/alipay", data={"trade_status": "TRADE_SUCCESS"})
        assert fake.status_code == 200 and fake.text == "fail"
