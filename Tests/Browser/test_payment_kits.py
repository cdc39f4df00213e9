"""WeChat's and Alipay's own kits from PyPI: as the merchant against the rehearsal gateway, and as the gateway's signer
against our notification addresses."""

import base64
import json
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests
from alipay import AliPay
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from wechatpayv3 import WeChatPay, WeChatPayType
from wechatpayv3.utils import rsa_sign

from harness.people import People, ok
from harness.server import free_port
from harness.till import accepted_case, eventually, gateway, item, open_till

APP, MERCHANT, SERIAL = "wx8888888888888888", "1900000001", "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
KEY_ID = "PUB_KEY_ID_0119000000012026000000000000000001"
ALIPAY_APP, SELLER = "2021000000000001", "2088000000000001"


def public(pem: str) -> str:
    key = load_pem_private_key(pem.encode(), None).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


class Keys:
    def __init__(self, folder: Path) -> None:
        self.merchant = (folder / "merchant-key.pem").read_text()
        self.gateway = (folder / "gateway-key.pem").read_text()
        self.secret = (folder / "apiv3-secret.txt").read_text()


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory):
    with gateway(tmp_path_factory.mktemp("kits"), free_port()) as running:
        yield running, Keys(running.keys)


def wechat(running, keys: Keys) -> WeChatPay:
    kit = WeChatPay(
        wechatpay_type=WeChatPayType.NATIVE, mchid=MERCHANT, private_key=keys.merchant, cert_serial_no=SERIAL,
        apiv3_key=keys.secret, appid=APP, notify_url="https://example.test/notify", public_key=public(keys.gateway),
        public_key_id=KEY_ID)
    kit._core._gate_way = running.url
    return kit


def test_wechats_kit_pays_queries_refunds_and_closes_at_our_gateway(rehearsal):
    running, keys = rehearsal
    kit = wechat(running, keys)
    status, answer = kit.pay(description="不动产登记费", out_trade_no="kit_0000001", amount={"total": 8000})
    assert status == 200, answer
    code = json.loads(answer)["code_url"]
    assert code.startswith("weixin://wxpay/bizpayurl?pr=")
    assert json.loads(kit.query(out_trade_no="kit_0000001")[1])["trade_state"] == "NOTPAY"
    assert running.pay(code)
    status, answer = kit.query(out_trade_no="kit_0000001")
    paid = json.loads(answer)
    assert (status, paid["trade_state"], paid["amount"]["total"]) == (200, "SUCCESS", 8000)
    status, answer = kit.refund(out_refund_no="kit_r1", out_trade_no="kit_0000001", amount={
        "refund": 3000, "total": 8000, "currency": "CNY"})
    assert status == 200 and json.loads(answer)["status"] == "SUCCESS"
    assert json.loads(kit.query_refund("kit_r1")[1])["amount"]["refund"] == 3000
    status, answer = kit.refund(out_refund_no="kit_r2", out_trade_no="kit_0000001", amount={
        "refund": 5001, "total": 8000, "currency": "CNY"})
    assert status == 400
    kit.pay(description="不动产登记费", out_trade_no="kit_0000002", amount={"total": 100})
    assert kit.close("kit_0000002")[0] == 204
    assert json.loads(kit.query(out_trade_no="kit_0000002")[1])["trade_state"] == "CLOSED"
    status, answer = kit.trade_bill(bill_date=time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600)))
    assert status == 200 and json.loads(answer)["hash_type"] == "SHA1"


def test_a_merchant_with_another_key_is_refused_by_our_gateway(rehearsal):
    running, keys = rehearsal
    stranger = Keys(running.keys)
    stranger.merchant = keys.gateway
    status, answer = wechat(running, stranger).pay(
        description="x", out_trade_no="kit_0000003", amount={"total": 1})
    assert status == 401 and json.loads(answer)["code"] == "SIGN_ERROR"


def test_alipays_kit_pays_queries_refunds_and_closes_at_our_gateway(rehearsal):
    running, keys = rehearsal
    kit = AliPay(appid=ALIPAY_APP, app_notify_url=None, app_private_key_string=keys.merchant,
                 alipay_public_key_string=public(keys.gateway), sign_type="RSA2")
    kit._gateway = f"{running.url}/gateway.do"
    made = kit.api_alipay_trade_precreate(subject="不动产登记费", out_trade_no="ali_0000001", total_amount="80.00")
    assert made["code"] == "10000", made
    assert kit.api_alipay_trade_query(out_trade_no="ali_0000001")["trade_status"] == "WAIT_BUYER_PAY"
    assert running.pay(made["qr_code"])
    paid = kit.api_alipay_trade_query(out_trade_no="ali_0000001")
    assert (paid["trade_status"], paid["total_amount"]) == ("TRADE_SUCCESS", "80.00")
    back = kit.api_alipay_trade_refund(refund_amount="30.00", out_trade_no="ali_0000001", out_request_no="ali_r1")
    assert (back["code"], back["fund_change"], back["refund_fee"]) == ("10000", "Y", "30.00")
    told = kit.api_alipay_trade_fastpay_refund_query("ali_r1", out_trade_no="ali_0000001")
    assert told["refund_status"] == "REFUND_SUCCESS" and told["refund_amount"] == "30.00"
    assert kit.api_alipay_trade_refund(
        refund_amount="50.01", out_trade_no="ali_0000001", out_request_no="ali_r2")["code"] == "40004"
    kit.api_alipay_trade_precreate(subject="x", out_trade_no="ali_0000002", total_amount="1.00")
    assert kit.api_alipay_trade_close(out_trade_no="ali_0000002")["code"] == "10000"
    assert kit.api_alipay_trade_query(out_trade_no="ali_0000002")["trade_status"] == "TRADE_CLOSED"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with open_till(tmp_path_factory.mktemp("signer"), "sqlite", "yiciban", "--lose-every", "1") as (deployment, running):
        with People(deployment) as people:
            yield deployment, running, Keys(running.keys), people


def attempt_number(order: str, attempt: dict) -> str:
    return f"{order}_{attempt['number']}"


def test_a_notification_signed_and_sealed_by_wechats_kit_pays_an_order_once(shop):
    deployment, running, keys, people = shop
    mother = people("mother")
    case, task = accepted_case(mother, people("clerk"))
    order = task["charge"]["order"]
    attempt = ok(mother.post(f"/api/v1/pay/orders/{order}/attempts", json={"channel": "wechat", "form": "code"}), 201)

    def notify(total: int = 8000, merchant: str = MERCHANT, age: int = 0, key: str | None = None) -> requests.Response:
        content = {
            "appid": APP, "mchid": merchant, "out_trade_no": attempt_number(order, attempt),
            "transaction_id": "4200000001202603020000000001", "trade_state": "SUCCESS", "trade_type": "NATIVE",
            "success_time": "2026-03-02T16:00:00+08:00", "amount": {"total": total, "currency": "CNY"}}
        nonce, associated = "fdasflkja484", "transaction"
        box = AESGCM(keys.secret.encode()).encrypt(
            nonce.encode(), json.dumps(content).encode(), associated.encode())
        body = json.dumps({
            "id": "EV-1", "event_type": "TRANSACTION.SUCCESS", "resource_type": "encrypt-resource", "resource": {
                "algorithm": "AEAD_AES_256_GCM", "ciphertext": base64.b64encode(box).decode(), "nonce": nonce,
                "associated_data": associated, "original_type": "transaction"}})
        timestamp, salt = str(int(time.time()) - age), "5K8264ILTKCH16CQ2502SI8ZNMTM67VS"
        signature = rsa_sign(load_pem_private_key((key or keys.gateway).encode(), None), f"{timestamp}\n{salt}\n{body}\n")
        headers = {
            "Content-Type": "application/json", "Wechatpay-Timestamp": timestamp, "Wechatpay-Nonce": salt,
            "Wechatpay-Serial": KEY_ID, "Wechatpay-Signature": signature,
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048"}
        return requests.post(f"{deployment.url}/api/v1/pay/notifications/wechat", data=body.encode(), headers=headers)

    assert notify(total=1).status_code == 400
    assert notify(merchant="1900000002").status_code == 400
    assert notify(age=400).status_code == 400
    assert notify(key=keys.merchant).status_code == 400
    assert ok(mother.get(f"/api/v1/pay/orders/{order}"))["state"] == "due"
    for _ in range(3):
        assert notify().status_code == 204
    assert ok(mother.get(f"/api/v1/pay/orders/{order}"))["state"] == "paid"
    eventually(lambda: item(mother, case)["state"], "open")
    assert json.loads(deployment.run("pay", "check", "--json").stdout)["sound"]


def test_a_notification_signed_by_alipays_kit_pays_an_order_once(shop):
    deployment, running, keys, people = shop
    mother = people("mother")
    case, task = accepted_case(mother, people("clerk"), property_number="湘（2026）岳阳市不动产权第0000009号")
    order = task["charge"]["order"]
    attempt = ok(mother.post(f"/api/v1/pay/orders/{order}/attempts", json={"channel": "alipay", "form": "code"}), 201)
    signer = AliPay(appid=ALIPAY_APP, app_notify_url=None, app_private_key_string=keys.gateway,
                    alipay_public_key_string=public(keys.gateway), sign_type="RSA2")

    def notify(**changes) -> str:
        china = time.gmtime(time.time() + 8 * 3600)
        fields = {
            "app_id": ALIPAY_APP, "seller_id": SELLER, "out_trade_no": attempt_number(order, attempt),
            "trade_no": "2026030222001400000000000001", "total_amount": "80.00", "trade_status": "TRADE_SUCCESS",
            "notify_time": time.strftime("%Y-%m-%d %H:%M:%S", china), "charset": "utf-8", "version": "1.0",
            "gmt_payment": "2026-03-02 16:00:00", "subject": "不动产登记费（住宅） & 其他=费用"} | changes
        unsigned = "&".join(f"{name}={fields[name]}" for name in sorted(fields))
        body = urlencode(fields | {"sign_type": "RSA2", "sign": signer._sign(unsigned)})
        return requests.post(f"{deployment.url}/api/v1/pay/notifications/alipay", data=body,
                             headers={"Content-Type": "application/x-www-form-urlencoded"}).text

    assert notify(total_amount="0.01") == "fail"
    assert notify(total_amount="-80.00") == "fail"
    assert notify(seller_id="2088000000000002") == "fail"
    assert notify(app_id="2021000000000002") == "fail"
    assert notify(notify_time="2020-01-01 00:00:00") == "fail"
    assert [notify() for _ in range(3)] == ["success"] * 3
    assert ok(mother.get(f"/api/v1/pay/orders/{order}"))["state"] == "paid"
    eventually(lambda: item(mother, case)["state"], "open")
