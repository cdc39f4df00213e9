"""How people are told of their cases: inbox, short messages, paper, helpers; and how results reach them (通知和送达)."""

import io
import json
import re
import subprocess
import time
import zipfile

import pytest
from playwright.sync_api import expect

from harness.birth import ANSWERS, PAPER_SLOT, child_id, form, new_child
from harness.browser import shot
from harness.days import day
from harness.deployment import initialised, served
from harness.journal import audit
from harness.keyboard import Keyboard
from harness.people import People, ok, refused
from harness.server import free_port
from harness.sms import KEY_ID, SECRET, SIGN, provider, signature
from test_birth_story import fits_the_screen, sign_in

MOTHER_PHONE = "19900000001"
RETIREE_PHONE = "19900000004"


def submitted(people, delivery: dict | None = None) -> dict:
    """A case of a child of its own that waits at the window."""
    mother = people("mother")
    body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())} | ({"delivery": delivery} if delivery else {})
    case = ok(mother.post("/api/v1/cases", json=body), 201)["id"]
    ok(mother.upload(case, PAPER_SLOT), 201)
    return ok(mother.post(f"/api/v1/cases/{case}/submission"))


def accepted(people, delivery: dict | None = None) -> dict:
    return ok(people("clerk").post(f"/api/v1/cases/{submitted(people, delivery)['id']}/acceptance"))


def accepted_for(people, role: str) -> dict:
    """A case of somebody who files nothing else in these tests, so that its telephone is under no limit."""
    person = people(role)
    body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
    case = ok(person.post("/api/v1/cases", json=body), 201)
    for material in case["materials"]:
        if material["provision"] == "upload":
            ok(person.upload(case["id"], material["id"]), 201)
    ok(person.post(f"/api/v1/cases/{case['id']}/submission"))
    return ok(people("clerk").post(f"/api/v1/cases/{case['id']}/acceptance"))


def completed(people, delivery: dict | None = None) -> dict:
    """A case of which every item was granted."""
    case = accepted(people, delivery)
    number = case["number"]
    for role, item, results in [
        ("health", "P01", {"birth-certificate": {"number": f"P{number[-9:]}", "issued_on": day(-19)}}),
        ("health", "P02", {"vaccination-record": {"number": "V1", "clinic": "五里牌接种门诊"}}),
        ("police", "P03", {"household-register": {"number": f"H{number[-6:]}", "id_number": child_id(),
                                                  "registered_on": day(-18)}}),
        ("labour", "P04", {"social-security-card": {"number": "A1", "issued_on": day(-17)}}),
        ("insurance", "P05", {"enrolment": {"number": "C1", "starts_on": day(-20)}}),
    ]:
        answer = people(f"officer-{role}").post(
            f"/api/v1/cases/{case['id']}/items/{item}/grant", json={"results": results})
        case = ok(answer)
    return ok(people("mother").get(f"/api/v1/cases/{case['id']}"))


def until(found, seconds: float = 30):
    """Waits for what the outbox does in a moment."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = found()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError("it never came")


def messages_about(person, case: str) -> list[dict]:
    page = ok(person.get("/api/v1/messages?limit=100"))
    return [message for message in page["items"] if message["subject"] == case]


def test_an_accepted_case_is_told_in_the_inbox_and_its_opening_is_the_proof(deployment, people, new_page):
    case = accepted(people)
    until(lambda: messages_about(people("mother"), case["id"]))
    page = new_page()
    keys = Keyboard(page)
    sign_in(page, deployment, "mother")
    page.goto("/my")
    entry = page.get_by_role("navigation", name="主要栏目").get_by_role("link", name=re.compile("消息"))
    before = int(re.search(r"\d+", entry.inner_text())[0])
    assert before >= 1
    shot(page, "nav-unread")
    keys.press("消息")
    fits_the_screen(page)
    shot(page, "inbox")
    first = page.locator(".messages li").first
    expect(first).to_contain_text("未读")
    keys.press("您申请的“新生儿出生一件事”已经受理")
    expect(page.get_by_role("heading", level=1)).to_have_text("您申请的“新生儿出生一件事”已经受理")
    expect(page.locator("article")).to_contain_text(case["number"])
    expect(page.locator("article")).to_contain_text("第一次打开")
    expect(page.locator("article")).to_contain_text("199****0001")
    fits_the_screen(page)
    shot(page, "inbox-message")
    left = page.get_by_role("navigation", name="主要栏目").get_by_role("link", name=re.compile("消息")).inner_text()
    assert (re.search(r"\d+", left) or ["0"])[0] == str(before - 1)
    expect(page.get_by_role("link", name=re.compile("受理通知书"))).to_be_visible()
    keys.press("看办理进度")
    expect(page).to_have_url(re.compile(f"/cases/{case['id']}$"))
    page.go_back()
    page.get_by_role("button", name="长辈版").click()
    fits_the_screen(page)
    shot(page, "inbox-message-elder")

    # The time of the first opening is kept, also when she opens it again; nobody else opens it.
    told = messages_about(people("mother"), case["id"])[0]
    assert told["read_at"]
    again = ok(people("mother").post(f"/api/v1/messages/{told['id']}/reading"))
    assert again["read_at"] == told["read_at"]
    refused(people("agent").post(f"/api/v1/messages/{told['id']}/reading"), 404, "messaging.not_found")
    clerk = new_page()
    sign_in(clerk, deployment, "clerk")
    clerk.goto(f"/staff/papers/{case['id']}")
    expect(clerk.locator("section", has=clerk.locator("#notices"))).to_contain_text("在网上打开")
    fits_the_screen(clerk)
    shot(clerk, "papers-notices")
    shown = deployment.run("message", "show", told["id"]).stdout
    assert "打开" in shown and "199****0001" in shown and MOTHER_PHONE not in shown
    audit(deployment)


def test_the_operator_reads_the_sandbox(deployment, people, new_page):
    case = accepted_for(people, "retiree")
    until(lambda: messages_about(people("retiree"), case["id"]))

    def mine() -> list[dict]:
        found = json.loads(deployment.run("message", "outbox", "--json", "--limit", "100").stdout)["items"]
        return [message for message in found if case["number"] in message["text"]]

    message = until(mine)[0]
    assert message["phone"] == RETIREE_PHONE and message["template"] == "case.accepted"
    assert message["variables"] == ["新生儿出生一件事", case["number"]]
    page = new_page()
    sign_in(page, deployment, "operator")
    page.goto("/staff/message-outbox")
    expect(page.locator("main")).to_contain_text(case["number"])
    fits_the_screen(page)
    shot(page, "message-outbox")
    refused(people("clerk").get("/api/v1/message-sandbox"), 403, "access.forbidden")
    log = deployment.log.read_text()
    assert RETIREE_PHONE not in log and MOTHER_PHONE not in log, "no telephone stands in the log"


def test_who_takes_no_messages_is_served_by_paper_and_a_helper(deployment, people, new_page):
    page = new_page()
    keys = Keyboard(page)
    sign_in(page, deployment, "agent")
    page.goto("/my/contact")
    fits_the_screen(page)
    shot(page, "contact")
    keys.type("helper_name", "周小明")
    keys.press("保存")
    expect(page.get_by_role("alert")).to_contain_text("请填写联系人与本人的关系")
    expect(page.get_by_role("alert")).to_contain_text("手机号码")
    expect(page.locator("#helper_name")).to_have_value("周小明")
    shot(page, "contact-faults")
    keys.type("helper_relation", "儿子")
    keys.type("helper_phone", "199 0000 0099")
    keys.tick("helper_agreed")
    keys.reach(name="ways")
    page.keyboard.press("Space")
    keys.press("保存")
    expect(page.get_by_role("status")).to_contain_text("已经保存")
    contact = ok(people("agent").get("/api/v1/message-contact"))
    assert contact["declines_sms"] and contact["helper_phone"] == "19900000099"

    # A case of her own: a due notice goes to the helper and onto the list of papers.
    agent = people("agent")
    case = accepted_for(people, "agent")
    told = until(lambda: messages_about(agent, case["id"]))[0]
    ways = ok(agent.post(f"/api/v1/messages/{told['id']}/reading"))["deliveries"]
    assert sorted(way["route"] for way in ways) == ["helper", "paper"]
    assert next(way for way in ways if way["route"] == "helper")["phone"] == "199****0099"

    # The clerk prints the paper of legal force, posts it, and records that it was received.
    clerk = new_page()
    sign_in(clerk, deployment, "clerk")
    clerk.goto("/staff/deliveries?list=paper")
    fits_the_screen(clerk)
    shot(clerk, "deliveries-paper")
    paper = next(way for way in ways if way["route"] == "paper")
    clerk.goto(f"/staff/deliveries/notices/{paper['id']}")
    fits_the_screen(clerk)
    shot(clerk, "delivery-paper")
    printed = clerk.request.get(clerk.get_by_role("link", name="打印", exact=True).get_attribute("href"))
    assert printed.headers["content-type"] == "application/pdf" and printed.body().startswith(b"%PDF")
    cover = clerk.request.get(clerk.get_by_role("link", name="打印信封页").get_attribute("href"))
    assert cover.body().startswith(b"%PDF")
    clerk.get_by_role("button", name="登记寄出").click()
    expect(clerk.get_by_role("alert")).to_contain_text("邮件号码")
    clerk.locator("#posting_tracking").fill("EA123456789CN")
    clerk.get_by_role("button", name="登记寄出").click()
    expect(clerk.get_by_role("status")).to_contain_text("已经登记")
    clerk.get_by_role("button", name="登记送达").click()
    expect(clerk.locator("main")).to_contain_text("邮寄送达")
    papers = ok(agent.get(f"/api/v1/cases/{case['id']}/papers"))["papers"]
    assert [entry["kind"] for entry in papers].count("service") == 1, "the proof of service was issued with it"
    # Nothing of it stays with the others' tests.
    ok(agent.put("/api/v1/message-contact", json={}))
    audit(deployment)


def test_opening_a_paper_serves_it_to_who_agreed(deployment, people, new_page):
    mother, clerk = people("mother"), people("clerk")
    page = new_page()
    sign_in(page, deployment, "mother")
    page.goto("/my/contact")
    page.get_by_label("同意电子送达").check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已经保存")
    shot(page, "contact-electronic")
    case = accepted(people)
    told = until(lambda: messages_about(mother, case["id"]))[0]
    ok(mother.post(f"/api/v1/messages/{told['id']}/reading"))
    papers = ok(clerk.get(f"/api/v1/cases/{case['id']}/papers"))["papers"]
    acceptance = next(paper for paper in papers if paper["title"] == "受理通知书")
    assert acceptance["way"] == "electronic"
    assert "送达回证" in [paper["title"] for paper in papers]
    ok(mother.put("/api/v1/message-contact", json={}))


def test_a_pile_of_letters_is_printed_and_posted_at_once(deployment, people, new_page, tmp_path):
    agent = people("agent")
    ok(agent.put("/api/v1/message-contact", json={
        "declines_sms": True, "helper_name": "周小明", "helper_relation": "儿子", "helper_phone": "19900000099",
        "helper_agreed": True}))
    cases = [accepted_for(people, "agent") for _ in range(2)]
    papers = []
    for case in cases:
        told = until(lambda: messages_about(agent, case["id"]))[0]
        ways = ok(agent.post(f"/api/v1/messages/{told['id']}/reading"))["deliveries"]
        papers.append(next(way["id"] for way in ways if way["route"] == "paper"))
    clerk = new_page()
    sign_in(clerk, deployment, "clerk")
    clerk.goto("/staff/deliveries?list=paper")
    clerk.get_by_role("link", name="一起打印").click()
    fits_the_screen(clerk)
    bundle = zipfile.ZipFile(io.BytesIO(clerk.request.get(
        clerk.get_by_role("link", name="下载这").get_attribute("href")).body()))
    names = bundle.namelist()
    assert len(names) >= 4 and all(bundle.read(name).startswith(b"%PDF") for name in names)
    assert sum("信封页" in name for name in names) >= 2

    clerk.get_by_role("button", name="登记寄出").click()
    expect(clerk.get_by_role("alert")).to_contain_text("还没有填邮件号码")
    clerk.locator(f"#tracking-{papers[0]}").fill("EA100000001CN")
    clerk.locator(f"#tracking-{papers[1]}").fill("EA100000002CN")
    shot(clerk, "posting")
    # A colleague was faster with one of them: the other is recorded all the same.
    ok(people("clerk").post(f"/api/v1/message-deliveries/{papers[1]}/posting", json={"tracking": "EA100000003CN"}))
    clerk.get_by_role("button", name="登记寄出").click()
    expect(clerk.get_by_role("status").first).to_contain_text("已经登记寄出 1 件")
    expect(clerk.get_by_role("alert")).to_contain_text("登记寄出")
    shown = [json.loads(deployment.run("message", "show", told, "--json").stdout) for told in
             (messages_about(agent, case["id"])[0]["id"] for case in cases)]
    assert [way["state"] for told in shown for way in told["deliveries"] if way["route"] == "paper"] == ["posted"] * 2
    ok(agent.put("/api/v1/message-contact", json={}))
    audit(deployment)


def test_a_clerk_records_a_helper_at_the_window(deployment, people, new_page):
    page = new_page()
    sign_in(page, deployment, "clerk")
    page.goto("/staff/deliveries/contact")
    page.locator("#id_number").fill("430602190001010018")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("alert")).to_contain_text("没有人用这个身份证号码登记过")
    page.locator("#id_number").fill("430682190603084141")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("李晓梅")
    fits_the_screen(page)
    shot(page, "contact-desk")
    page.locator("#address").fill("岳阳楼区示例路1号")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已经登记")
    assert ok(people("mother").get("/api/v1/message-contact"))["address"] == "岳阳楼区示例路1号"
    ok(people("mother").put("/api/v1/message-contact", json={}))


@pytest.mark.timeout(180)
def test_results_are_chosen_collected_and_posted(deployment, people, new_page):
    case = completed(people, {"way": "collect"})
    assert case["delivery"]["way"] == "collect" and case["delivery"]["state"] == "ready"
    page = new_page()
    keys = Keyboard(page)
    sign_in(page, deployment, "mother")
    page.goto(f"/cases/{case['id']}")
    expect(page.locator("main")).to_contain_text("请带身份证到政务服务窗口领取")
    fits_the_screen(page)
    shot(page, "case-to-collect")
    keys.press("修改送达方式")
    fits_the_screen(page)
    shot(page, "delivery-choice")
    keys.choose("way", "邮寄")
    keys.press("保存")
    expect(page.get_by_role("alert")).to_contain_text("收件地址")
    keys.choose("way", "到窗口领取")
    keys.type("collector_name", "陈国强")
    keys.type("collector_tail", "5454")
    keys.type("collector_relation", "丈夫")
    keys.press("保存")
    expect(page.get_by_role("status")).to_contain_text("已经记下")

    clerk = new_page()
    sign_in(clerk, deployment, "clerk")
    clerk.goto("/staff/deliveries?list=collect")
    fits_the_screen(clerk)
    shot(clerk, "deliveries-collect")
    clerk.goto(f"/staff/deliveries/results/{case['id']}")
    fits_the_screen(clerk)
    shot(clerk, "delivery-collect")
    sheet = clerk.request.get(deployment.url + clerk.get_by_role("link", name="打印领取单").get_attribute("href"))
    told = subprocess.run(["pdftotext", "-", "-"], input=sheet.body(), capture_output=True, check=True).stdout.decode()
    for part in ("领取单", case["number"], "出生医学证明", "陈国强（丈夫）", "领取人（签字）"):
        assert part in told, told
    assert "5454" not in told, "the digits are to be read from the card"
    clerk.locator("#recipient").fill("张三")
    clerk.locator("#tail").fill("5454")
    clerk.locator("#relation").fill("丈夫")
    clerk.get_by_label("在打印的领取单上签名").check()
    clerk.get_by_role("button", name="登记领取").click()
    expect(clerk.get_by_role("alert")).to_contain_text("没有指定这个人代领")
    clerk.locator("#recipient").fill("陈国强")
    clerk.get_by_role("button", name="登记领取").click()
    expect(clerk.get_by_role("status")).to_contain_text("已经登记")
    page.goto(f"/cases/{case['id']}")
    expect(page.locator("main")).to_contain_text("由陈国强（丈夫）在窗口领取")
    events = deployment.run("case", "events", case["number"]).stdout
    assert "窗口领取结果" in events and "5454" not in events

    address = {"way": "post", "name": "李晓梅", "phone": MOTHER_PHONE, "address": "岳阳楼区示例路1号"}
    parcel = completed(people, address)
    url = f"/api/v1/cases/{parcel['id']}"
    refused(people("clerk").post(f"{url}/handover", json={"recipient": "李晓梅", "tail": "4141", "signature": "pad"}),
            409, "casework.wrong_state")
    clerk.goto(f"/staff/deliveries/results/{parcel['id']}")
    expect(clerk.locator("main")).to_contain_text("岳阳楼区示例路1号")
    clerk.locator("#tracking").fill("EA987654321CN")
    clerk.get_by_role("button", name="登记寄出").click()
    expect(clerk.get_by_role("status")).to_contain_text("已经登记")
    shot(clerk, "delivery-posted")
    sent = ok(people("mother").get(url))["delivery"]
    assert sent["state"] == "posted" and sent["tracking"] == "EA987654321CN"
    ok(people("clerk").post(f"{url}/arrival", json={"day": day(0)}))
    assert ok(people("mother").get(url))["delivery"]["state"] == "done"
    assert "delivery" not in ok(people("officer-health").get(url)), "an officer has nothing to do with addresses"


def settings(port: int, **changes) -> str:
    """The settings of a deployment that sends through the tests' provider."""
    lines = {"channel": "http", "url": f"http://127.0.0.1:{port}/v1/send", "sign": SIGN, "keyID": KEY_ID,
             "secret": SECRET, "timeoutSeconds": 2, "quietHours": "off"} | changes
    text = "\nmessaging:\n  sms:\n" + "".join(f"    {name}: {json.dumps(value)}\n" for name, value in lines.items())
    return text + """    templates:
      case.accepted: {id: SMS_1001, variables: [办件编号, 事项], helperID: SMS_2001, helperVariables: [收信人, 事项]}
"""


@pytest.mark.timeout(240)
def test_a_provider_gets_exact_templates_and_each_message_once(tmp_path):
    port = free_port()
    with initialised(tmp_path, "sqlite") as deployment, provider(port) as sms:
        file = deployment.data / "settings.yaml"
        plain = re.sub(r"(?s)\nmessaging:.*", "\n", file.read_text())
        # A faulty setting stops the start with everything that is wrong, and without the secret.
        file.write_text(plain + settings(port, url="http://sms.example.com", quietHours="22").replace("事项]", "事由]"))
        stopped = deployment.run("message", "template", "check", check=False)
        assert stopped.returncode != 0 and SECRET not in stopped.stdout + stopped.stderr
        assert "url" in stopped.stderr + stopped.stdout and "quietHours" in stopped.stderr + stopped.stdout
        file.write_text(plain + settings(port))
        looked = deployment.run("doctor", "--json", check=False).stdout
        assert "没有短信模板" in looked, "the notices without template are named"

        with served(deployment, "yiciban"), People(deployment) as people:
            # Down, then slow beyond the limit (taken all the same), then well: one message reaches the telephone.
            sms.answers = ["down", "slow"]
            case = accepted(people)
            message = sms.wait(1, 90)[0]
            assert message["template"] == "SMS_1001" and message["phone"] == MOTHER_PHONE and message["sign"] == SIGN
            assert message["params"] == [case["number"], "新生儿出生一件事"]
            told = messages_about(people("mother"), case["id"])[0]["id"]

            def way() -> dict:
                return json.loads(deployment.run("message", "show", told, "--json").stdout)["deliveries"][0]

            until(lambda: way()["state"] == "sent", 120)
            assert sms.requests >= 3 and len(sms.sent) == 1 and not sms.faults

            # The provider's report must be signed; then it counts once.
            report = {"request_id": message["request_id"], "status": "delivered", "timestamp": 1}
            nobody = people("mother")
            refused(nobody.post("/api/v1/messages/reports", json=report | {"signature": "0" * 64}), 401,
                    "messaging.bad_signature")
            right = report | {"signature": signature(message["request_id"], "delivered", "", "1")}
            for _ in range(2):
                assert nobody.post("/api/v1/messages/reports", json=right).status_code == 204
            assert way()["state"] == "delivered"

            # A redirect is not followed, and a telephone that does not exist makes it a letter at once.
            sms.answers = ["elsewhere", "INVALID_PHONE"]
            second = accepted(people)
            other = until(lambda: messages_about(people("mother"), second["id"]))[0]["id"]

            def routes() -> list[str]:
                shown = json.loads(deployment.run("message", "show", other, "--json").stdout)
                return sorted(f"{entry['route']} {entry['state']}" for entry in shown["deliveries"])

            until(lambda: routes() == ["paper to-print", "phone failed"], 90)
            waiting = json.loads(deployment.run("message", "deliveries", "--json").stdout)["items"]
            assert [entry["notice"] for entry in waiting] == [other]
            numbers = people("mother").get("/metrics").text
            assert "yiciban_messages_to_print 1" in numbers and "yiciban_messages_failed 1" in numbers

        log = deployment.log.read_text()
        assert MOTHER_PHONE not in log and SECRET not in log
        audit(deployment)
