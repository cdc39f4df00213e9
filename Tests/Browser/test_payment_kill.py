"""`kill -9` in the middle of payments: no order is paid twice, no payment is lost, and the books balance."""

import json
import os
import random
import signal
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
import requests

from harness.api import Api
from harness.deployment import served
from harness.journal import audit
from harness.people import Person, ok
from harness.till import accepted_case, eventually, till

# 25 kills on each database; `make soak` asks for more.
KILLS = int(os.environ.get("YICIBAN_PAYMENT_KILLS", "25"))
# As many as leave something to pay until the last kill.
ORDERS = max(12, KILLS // 2)
# A session ends by itself: whoever pays signs in again after so many kills.
SESSION = 40


def pay(url: str, token: str, order: str, gateway, paid: set[str]) -> None:
    """Somebody opens a code on either channel and pays it, whatever the server does meanwhile."""
    with Api(url) as api:
        api.headers["Authorization"] = f"Bearer {token}"
        try:
            channel = random.choice(("wechat", "alipay"))
            answer = api.post(f"/api/v1/pay/orders/{order}/attempts", json={"channel": channel, "form": "code"})
            if answer.status_code == 201 and answer.json().get("invitation"):
                if gateway.pay(answer.json()["invitation"]):
                    paid.add(order)
        except requests.RequestException:
            pass


@pytest.mark.timeout(600 + 12 * KILLS)
@pytest.mark.parametrize(("database", "server"), [("sqlite", "yiciban"), ("postgres", "yiciban-server")])
def test_no_payment_is_lost_or_booked_twice_when_the_server_is_killed(tmp_path, database, server):
    options = ("--duplicates", "1", "--lose-every", "3", "--shuffle")
    with till(tmp_path, database, *options) as (deployment, gateway):
        with served(deployment, server), Person(deployment, "mother") as mother, Person(deployment, "clerk") as clerk:
            orders = [accepted_case(mother, clerk, property_number=f"湘（2026）岳阳市不动产权第{n:07d}号")[1]["charge"]["order"]
                      for n in range(ORDERS)]
        paid: set[str] = set()
        token = ""
        for kill in range(KILLS):
            with served(deployment, server) as process, ThreadPoolExecutor(4) as clients:
                if kill % SESSION == 0:
                    with Person(deployment, "mother") as mother:
                        token = mother.token
                for order in random.sample(orders, 4):
                    clients.submit(pay, deployment.url, token, order, gateway, paid)
                sleep(random.uniform(0.02, 0.25))
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
        assert paid, "nobody paid anything: the kills came too early to prove anything"
        with served(deployment, server), Person(deployment, "mother") as mother:

            def due() -> set[str]:
                states = {order: ok(mother.get(f"/api/v1/pay/orders/{order}"))["state"] for order in paid}
                return {order for order, state in states.items() if state != "paid"}

            eventually(due, set(), seconds=120 + KILLS)

            def surplus() -> int:
                report = json.loads(deployment.run("pay", "check", "--json").stdout)
                assert report["sound"] and report["sum"] == 0, report
                return report["balances"].get("suspense", 0)

            # Whoever paid twice, on two channels, gets the second payment back.
            eventually(surplus, 0, seconds=120 + KILLS)
        audit(deployment)
