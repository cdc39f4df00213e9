"""Windows: an application recorded for somebody without an account, by keyboard alone, and its devices (窗口代录)."""

import re
import subprocess
import sys
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from harness.birth import ANSWERS, form, new_child
from harness.browser import shot
from harness.files import PDF
from harness.journal import audit
from harness.keyboard import Keyboard
from harness.people import ok
from harness.programs import ROOT
from harness.server import wait_until_listening
from test_birth_story import CHOICES, fits_the_screen, sign_in
from test_themes_api import SETUP_ANSWERS

# Nobody of the sample has this number: it is registered at the window.
GRANDMOTHER = {"id_number": "430602190511020026", "name": "龚秀英", "address": "湖南省岳阳市岳阳楼区示例路8号"}


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "登记表.pdf"
    path.write_bytes(PDF)
    return path


@contextmanager
def devices(page):
    """The program on the clerk's machine that answers for card reader, camera and pad."""
    address = page.locator("body").get_attribute("data-devices")
    if not address:
        pytest.fail("the sample deployment names no devices")
    origin = "/".join(page.url.split("/")[:3])
    port = int(address.rsplit(":", 1)[1])
    program = subprocess.Popen(
        [sys.executable, ROOT / "Scripts/counter-devices", "--port", str(port), "--origin", origin,
         "--name", GRANDMOTHER["name"], "--id-number", GRANDMOTHER["id_number"]])
    try:
        wait_until_listening(program, port)
        yield
    finally:
        program.terminate()
        program.wait()


@pytest.mark.timeout(300)
@pytest.mark.covers("R10.1", "R10.4")
def test_a_clerk_records_a_birth_by_keyboard_alone(deployment, people, new_page, paper):
    page = new_page()
    keys = Keyboard(page)
    sign_in(page, deployment, "clerk")
    page.goto("/staff/counter")
    shot(page, "counter")
    fits_the_screen(page)

    # What is missing is told at once; who is not compared with the card is not recorded.
    keys.press("开始录入")
    expect(page.get_by_role("alert")).to_contain_text("身份")
    keys.type("id_number", GRANDMOTHER["id_number"])
    keys.type("name", GRANDMOTHER["name"])
    keys.press("开始录入")
    expect(page.get_by_role("alert")).to_contain_text("核对身份证原件")
    keys.tick("checked")
    keys.type("wish", "生孩子")
    keys.press("开始录入")
    expect(page.get_by_text("正在为 龚秀英 录入")).to_be_visible()

    # The applicant's own way from here, with the person's verified name.
    keys.press("新生儿出生一件事")
    keys.press("开始办理")
    while page.get_by_role("radio").count():
        asked = page.get_by_role("radio").evaluate_all("radios => radios.map(radio => radio.name)")
        for question in dict.fromkeys(asked):
            keys.choose(question, ANSWERS[question])
        keys.press("看看要办什么")
    keys.press("开始填表")
    expect(page.locator("main")).to_contain_text("龚秀英")
    own = {"applicant_mobile": "19900000021", "applicant_address": GRANDMOTHER["address"]}
    for name, value in (own | form(new_child())).items():
        if page.locator(f'[name="form.{name}"]').first.is_visible():
            (keys.choose if name in CHOICES else keys.type)(f"form.{name}", value)
    fits_the_screen(page)
    shot(page, "counter-form")
    keys.press("下一步：交材料")
    case = page.url.split("/cases/")[1].split("/")[0]
    while page.locator('input[type=file]:not([capture])').count():
        before = page.locator(".fileline").count()
        slots = page.locator("section.card", has=page.locator('input[type=file]'))
        empty = [index for index in range(slots.count()) if slots.nth(index).locator(".fileline").count() == 0]
        if not empty:
            break
        slots.nth(empty[0]).locator('input[type=file]').first.set_input_files(paper)
        slots.nth(empty[0]).get_by_role("button", name="上传").press("Enter")
        expect(page.locator(".fileline")).to_have_count(before + 1)
    keys.press("下一步：核对")

    # It counts once the person has read the printed form and signed.
    keys.press("打印申请表")
    expect(page.get_by_role("heading", level=1)).to_contain_text("申请表")
    expect(page.locator("main")).to_contain_text(GRANDMOTHER["id_number"])
    expect(page.locator("main")).to_contain_text("申请人签名")
    shot(page, "counter-sheet")
    page.go_back()
    keys.tick("declare")
    keys.press("提交")
    expect(page.get_by_role("alert")).to_contain_text("签名")
    keys.choose("signature", "在签字板上签名")
    keys.tick("declare")
    keys.press("提交")
    expect(page.get_by_role("alert")).to_contain_text("还没有签字板上的签名")
    with devices(page):
        signed = page.get_by_role("img", name="读入的签名")
        for _ in range(20):
            keys.reach(text="从签字板读入")
            page.keyboard.press("Enter")
            page.wait_for_timeout(250)
            if signed.count():
                break
        expect(signed).to_be_visible()
        expect(page.get_by_label("在签字板上签名")).to_be_checked()
        shot(page, "counter-signed")
    keys.tick("declare")
    keys.press("提交")
    expect(page.get_by_role("heading", level=1)).to_have_text("已经提交")
    number = page.locator(".caseno").inner_text()
    shot(page, "counter-submitted")
    keys.press("办好了，下一位")
    expect(page.get_by_role("heading", level=1)).to_have_text("窗口代录")

    # The journal names the person and who worked the system for it.
    told = deployment.run("case", "events", number, "--json").stdout
    assert "case.signed" in told and " through staff:" in told
    lines = deployment.run("case", "events", number).stdout
    assert "窗口代录" in lines
    # Who recorded it may accept it, and never decides it.
    page.goto(f"/staff/acceptance/{case}")
    drawn = page.get_by_role("img", name=re.compile("申请人的签名"))
    assert drawn.evaluate("image => image.complete && image.naturalWidth > 0")
    assert people("officer-health").get(drawn.get_attribute("src")).status_code == 404, "an officer decides without it"
    ok(people("clerk").post(f"/api/v1/cases/{case}/acceptance"))
    audit(deployment)


@pytest.mark.timeout(180)
@pytest.mark.covers("R10.1")
def test_a_clerk_records_for_an_enterprise_whose_papers_it_saw(deployment, people, new_page):
    page = new_page()
    sign_in(page, deployment, "clerk")
    page.goto("/staff/counter")
    page.get_by_label("公民身份号码").fill(GRANDMOTHER["id_number"])
    page.get_by_label("姓名", exact=True).fill(GRANDMOTHER["name"])
    page.get_by_label("已核对身份证原件").check()
    page.locator("summary", has_text="为企业来办的").click()
    page.get_by_label("统一社会信用代码").fill("91430600MYY900012E")
    page.get_by_role("button", name="开始录入").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("请选择来人是法定代表人")
    expect(alert).to_contain_text("请先核对营业执照原件")
    fits_the_screen(page)
    shot(page, "counter-enterprise")
    page.get_by_label("本人是法定代表人").check()
    page.get_by_label("已核对营业执照原件").check()
    page.get_by_role("button", name="开始录入").click()
    expect(page.get_by_role("alert")).to_contain_text("登记的法定代表人不是龚秀英")
    page.get_by_label("受企业委托").check()
    page.get_by_label("要办什么事").fill("开公司")
    page.get_by_role("button", name="开始录入").click()
    expect(page.get_by_text("正在为 龚秀英（岳阳示例茶业有限公司） 录入")).to_be_visible()
    fits_the_screen(page)
    shot(page, "counter-enterprise-begun")
    # What is begun now is the enterprise's case, and says by which mandate and through whom.
    draft = page.evaluate("""async (body) => {
        const token = document.querySelector("[name=_csrf]").value;
        const answer = await fetch("/api/v1/cases", { method: "POST", body: JSON.stringify(body),
            headers: { "Content-Type": "application/json", "X-CSRF-Token": token } });
        return [answer.status, await answer.json()];
    }""", {"theme": "enterprise-setup", "answers": SETUP_ANSWERS})
    assert draft[0] == 201, draft
    told = deployment.run("case", "events", draft[1]["id"], "--json").stdout
    assert re.search(r"person:\S+ for \S+ by \S+ through staff:", told), told
    page.goto("/my")
    expect(page.get_by_role("main")).to_contain_text("企业开办")
    fits_the_screen(page)
    page.get_by_role("button", name="结束代录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("窗口代录")
    audit(deployment)


def test_a_recorded_draft_waits_and_others_papers_stay_closed(deployment, people, new_page):
    page = new_page()
    sign_in(page, deployment, "clerk")
    mother = people("mother")
    own = ok(mother.post("/api/v1/cases", json={"theme": "birth", "answers": ANSWERS}), 201)["id"]
    page.goto("/staff/counter")
    page.locator("#id_number").fill("430682190603084141")
    page.locator("#name").fill("李小妹")
    page.get_by_label("已核对身份证原件").check()
    page.get_by_role("button", name="开始录入").click()
    expect(page.get_by_role("alert")).to_contain_text("姓名不是")
    page.locator("#name").fill("李晓梅")
    page.get_by_role("button", name="开始录入").click()
    expect(page.get_by_text("正在为 李晓梅 录入")).to_be_visible()

    # What she filed herself, and her wallet, are none of the window's business.
    assert page.goto(f"/cases/{own}").status == 404
    page.goto("/my")
    assert own not in page.content()
    expect(page.get_by_role("heading", name="我的证照")).to_have_count(0)
    assert page.request.get("/api/v1/licences").status == 403

    page.goto("/themes/birth/questions")
    while page.get_by_role("radio").count():
        asked = page.get_by_role("radio").evaluate_all("radios => radios.map(radio => radio.name)")
        for question in dict.fromkeys(asked):
            page.locator(f'input[name="{question}"][value="{ANSWERS[question]}"]').check()
        page.get_by_role("button", name="看看要办什么").click()
    page.get_by_role("button", name="开始填表").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("填一张表")
    case = page.url.split("/cases/")[1].split("/")[0]
    page.get_by_role("button", name="结束代录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("窗口代录")
    expect(page.get_by_role("complementary")).to_contain_text("李**")
    assert page.goto(f"/cases/{case}/form").status in (403, 404), "the window is closed with its session"
    assert ok(mother.get(f"/api/v1/cases/{case}"))["state"] == "draft", "it is hers"


@pytest.mark.timeout(120)
def test_the_card_reader_and_the_camera_answer_for_the_clerk(deployment, new_page):
    page = new_page()
    sign_in(page, deployment, "clerk")
    page.goto("/staff/counter")
    with devices(page):
        expect(page.get_by_role("button", name=re.compile("读身份证"))).to_be_visible()
        for _ in range(50):
            page.keyboard.press("Alt+r")
            page.wait_for_timeout(200)
            if page.locator("#id_number").input_value():
                break
        expect(page.locator("#id_number")).to_have_value(GRANDMOTHER["id_number"])
        expect(page.locator("#name")).to_have_value(GRANDMOTHER["name"])
        expect(page.get_by_label("已核对身份证原件")).to_be_focused()
    page.keyboard.press("Alt+r")
    expect(page.locator("[data-device-status]")).to_contain_text("设备程序没有运行")
