"""Showing licences by a code that somebody scans (亮码): at a window, by a bank without an account, all of an enterprise's."""

import json
import re
import subprocess
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from harness.browser import shot
from harness.journal import audit
from harness.people import ok, refused
from harness.programs import program
from test_birth_story import fits_the_screen, sign_in
from test_licence_life import birth_certificate
from test_themes_api import act_as


def code_on(page) -> str:
    """The code as the holder reads it out."""
    return page.locator(".showing__code").inner_text()


@pytest.mark.covers("R06.7", "R14.15", "R05.14")
def test_a_mother_shows_a_certificate_at_the_window_and_learns_who_saw_it(deployment, people, new_page):
    mother = people("mother")
    held = [item for item in ok(mother.get("/api/v1/licences?limit=200"))["items"] if item["licence"]["title"] == "结婚证"]
    page = new_page()
    sign_in(page, deployment, "mother")
    page.goto(f"/licences/{held[0]['licence']['id']}")
    page.get_by_role("link", name="亮码出示").click()
    fits_the_screen(page)
    shot(page, "show-ask")
    page.get_by_label("做什么用").fill("办理户口")
    page.get_by_role("button", name="生成二维码").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请对方扫码")
    expect(page.get_by_role("img", name="亮码的二维码")).to_be_visible()
    fits_the_screen(page)
    shot(page, "show-code")
    code = code_on(page)

    clerk = new_page()
    sign_in(clerk, deployment, "clerk")
    clerk.goto("/staff")
    clerk.get_by_role("link", name="扫码核验").first.click()
    clerk.get_by_label("扫到的码").fill("12345")
    clerk.get_by_role("button", name="查看").click()
    expect(clerk.get_by_role("alert")).to_contain_text("这不是亮码")
    clerk.get_by_label("扫到的码").fill(f"https://zwfw.example.cn/show/{code.replace(' ', '')}")
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_role("status")).to_contain_text("办理户口")
    expect(clerk.get_by_role("heading", name="结婚证")).to_be_visible()
    expect(clerk.locator("main")).to_contain_text("李晓梅")
    assert "430682190603084141" not in clerk.content(), "what was not consented to is not shown"
    fits_the_screen(clerk)
    shot(clerk, "scan-result")
    clerk.get_by_label("扫到的码").fill(code)
    clerk.get_by_role("button", name="查看").click()
    expect(clerk.get_by_role("alert")).to_contain_text("已经用过")

    page.get_by_role("link", name="我出示过的").click()
    expect(page.locator("main")).to_contain_text("行政审批服务局")
    expect(page.locator("main")).to_contain_text("给看：持证主体、证照编号")
    fits_the_screen(page)
    shot(page, "showings")
    page.get_by_role("button", name="长辈版").click()
    fits_the_screen(page)
    shot(page, "showings-elder")
    audit(deployment)


def test_a_bank_without_an_account_sees_it_once_by_the_address(deployment, people, new_page, api):
    mother = people("mother")
    held = [item for item in ok(mother.get("/api/v1/licences?limit=200"))["items"] if item["licence"]["title"] == "结婚证"]
    licence = held[0]["licence"]["id"]
    body = {"licences": [licence], "labels": ["持证主体"], "audience": "anyone", "minutes": 5, "purpose": "贷款"}
    begun = ok(mother.post("/api/v1/licence-presentations", json=body), 201)
    bank = new_page()
    bank.goto(f"/show/{begun['code']}")
    fits_the_screen(bank)
    expect(bank.locator("main")).not_to_contain_text("结婚证")
    shot(bank, "show-asked")
    bank.get_by_role("button", name="查看").click()
    expect(bank.get_by_role("heading", name="结婚证")).to_be_visible()
    shot(bank, "show-seen")
    refused(api.post("/api/v1/licence-presentations/reading", json={"code": begun["code"]}), 404, "licences.code")

    for change, code in [({"licences": ["0" * 26]}, "licences.draft"), ({"labels": ["血型"]}, "licences.draft")]:
        refused(mother.post("/api/v1/licence-presentations", json=body | change), 422, code)
    refused(mother.post("/api/v1/licence-presentations", json=body | {"minutes": 600}), 422, "input.invalid")
    refused(people("retiree").post("/api/v1/licence-presentations", json={"licences": [licence]}), 422, "licences.draft")

    bound = ok(mother.post("/api/v1/licence-presentations", json=body | {"audience": "staff"}), 201)
    refused(api.post("/api/v1/licence-presentations/reading", json={"code": bound["code"]}), 403,
            "licences.only_for_staff")
    told = deployment.run("licence", "scan", bound["code"], "--as", "officer-civil", "--json")
    assert json.loads(told.stdout)["licences"][0]["title"] == "结婚证"
    stopped = ok(mother.post("/api/v1/licence-presentations", json=body), 201)
    assert ok(mother.post(f"/api/v1/licence-presentations/{stopped['id']}/end"))["is_ended"]
    refused(api.post("/api/v1/licence-presentations/reading", json={"code": stopped["code"]}), 404, "licences.code")
    readers = [len(view["readings"]) for view in ok(mother.get("/api/v1/licence-presentations"))["items"][:3]]
    assert readers == [0, 1, 1]
    assert begun["code"] not in deployment.log.read_text(), "no code stands in the log"


@pytest.mark.covers("R04.6")
def test_one_code_resolves_to_all_licences_of_an_enterprise(deployment, people, api):
    agent = people("agent")
    mandate = ok(agent.get("/api/v1/me"))["mandates"][0]
    act_as(agent, enterprise=mandate["enterprise"], mandate=mandate["id"])
    held = ok(agent.get("/api/v1/licences?limit=200"))["items"]
    begun = ok(agent.post("/api/v1/licence-presentations", json={"labels": ["持证主体"], "audience": "anyone"}), 201)
    act_as(agent)
    seen = ok(api.post("/api/v1/licence-presentations/reading", json={"code": begun["code"]}))["licences"]
    assert sorted(line["title"] for line in seen) == sorted(
        item["licence"]["title"] for item in held if item["status"] == "valid")
    assert seen and all(re.fullmatch("有效|已.*", line["standing"]) for line in seen)


BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def base45(text: str) -> bytes:
    """RFC 9285, written once more from its text."""
    output = b""
    for start in range(0, len(text), 3):
        digits = [BASE45.index(character) for character in text[start:start + 3]]
        value = sum(digit * 45 ** power for power, digit in enumerate(digits))
        output += value.to_bytes(2 if len(digits) == 3 else 1, "big")
    return output


def test_a_proof_is_made_scanned_and_verified_without_a_network(deployment, people, new_page, api, tmp_path):
    retiree = people("retiree")
    licence = ok(retiree.get("/api/v1/licences"))["items"][0]["licence"]
    page = new_page()
    sign_in(page, deployment, "retiree")
    page.goto(f"/licences/{licence['id']}")
    page.get_by_role("link", name="出具离线凭证").click()
    fits_the_screen(page)
    page.get_by_role("button", name="生成离线凭证").click()
    expect(page.get_by_role("img", name="离线凭证的二维码")).to_be_visible()
    fits_the_screen(page)
    shot(page, "proof")
    picture = page.get_by_role("img", name="离线凭证的二维码").screenshot()
    [found] = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    code = found.text
    page.get_by_text("二维码里的文字").click()
    assert code == page.locator("#proof-code").inner_text()

    # Another program verifies it from the published key alone.
    bytes_ = base45(code.removeprefix("YCB1:"))
    name, signature, payload = bytes_[:8], bytes_[8:72], bytes_[72:]
    key = next(key for key in ok(api.get("/api/v1/licence-keys"))["keys"] if key["name"] == name.hex())
    (tmp_path / "key.pem").write_text(key["key"])
    (tmp_path / "message").write_bytes(b"yiciban-proof/1" + name + payload)
    assert sm2_verifies(tmp_path, signature)
    assert json.loads(payload)["t"] == licence["title"]
    (tmp_path / "message").write_bytes(b"yiciban-proof/1" + name + payload[:-2] + b" }")
    assert not sm2_verifies(tmp_path, signature)

    # Our own program, with the lists and without a deployment.
    (tmp_path / "lists").mkdir()
    deployment.run("licence", "lists", "--folder", str(tmp_path / "lists"))
    lists = ["--keys", str(tmp_path / "lists/licence-keys.json"),
             "--revocations", str(tmp_path / "lists/licence-revocations.json"), "--json"]
    told = run_alone("licence", "check", code, *lists)
    assert told.returncode == 0 and json.loads(told.stdout)["title"] == licence["title"]
    assert run_alone("licence", "check", code[:-3] + "000", *lists).returncode == 1

    guest = new_page()
    guest.goto("/scan")
    guest.get_by_label("扫到的码").fill(code)
    guest.get_by_role("button", name="查看").click()
    expect(guest.get_by_role("status")).to_contain_text("离线凭证可以采信")
    expect(guest.locator("main")).to_contain_text("演练·无法律效力")
    fits_the_screen(guest)
    shot(guest, "proof-read")
    guest.get_by_label("扫到的码").fill(code[:-3] + "000")
    guest.get_by_role("button", name="查看").click()
    expect(guest.get_by_role("status")).to_contain_text("不能采信")


def run_alone(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs `yiciban ARGUMENTS…` where there is no deployment."""
    return subprocess.run([program("yiciban"), *arguments], capture_output=True, text=True, check=False, timeout=60)


def sm2_verifies(folder, signature: bytes) -> bool:
    """What `openssl` says of r ‖ s over `message` by `key.pem`."""
    def integer(raw: bytes) -> bytes:
        raw = raw.lstrip(b"\0")
        raw = b"\0" + raw if raw[0] & 0x80 else raw
        return b"\x02" + bytes([len(raw)]) + raw
    body = integer(signature[:32]) + integer(signature[32:])
    (folder / "signature").write_bytes(b"\x30" + bytes([len(body)]) + body)
    return subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", folder / "key.pem", "-in", folder / "message", "-rawin",
         "-digest", "sm3", "-pkeyopt", "distid:1234567812345678", "-sigfile", folder / "signature"],
        capture_output=True, check=False).returncode == 0
