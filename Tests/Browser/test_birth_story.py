"""「出生」 in the browser: the mother with the keyboard alone, the window, the departments, the results."""

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from harness.birth import ANSWERS, PAPER_SLOT, child_id, form, new_child
from harness.browser import DESKTOP, PHONE, shot
from harness.days import chinese, day
from harness.files import PDF
from harness.journal import audit
from harness.keyboard import Keyboard
from harness.people import People, ok
from harness.programs import ROOT, program

# Each width with one database: a whole story takes a while, and neither depends on the other.
WIDTH = {"sqlite": PHONE, "postgres": DESKTOP}
CHOICES = {"child_gender", "applicant_relation", "card_bank"}


@pytest.fixture
def viewport(deployment):
    return WIDTH[deployment.database]


@pytest.fixture
def paper(tmp_path) -> Path:
    path = tmp_path / "首次签发登记表.pdf"
    path.write_bytes(PDF)
    return path


def sign_in(page: Page, deployment, role: str, at: str = "/sign-in") -> None:
    account = deployment.account(role)
    page.goto(at)
    page.get_by_label("登录名、手机号或身份证号").fill(account.username)
    page.get_by_label("密码", exact=True).fill(account.password)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def fits_the_screen(page: Page) -> None:
    """Nothing makes the page scroll sideways (WCAG 1.4.10).

    Compared with the screen, not with the window: a telephone's window grows with a page that is too wide.
    """
    inner, outer = page.evaluate("document.documentElement.scrollWidth"), page.viewport_size["width"]
    assert inner <= outer, f"{page.url} is {inner} wide on a screen of {outer}"


def granting(page: Page, number: str, values: dict[str, str], original: tuple[str, Path] | None = None) -> None:
    """An officer opens the item of that case from the work list and grants it."""
    page.goto("/staff/tasks")
    page.get_by_role("link", name=number).click()
    fits_the_screen(page)
    page.locator("summary", has_text=re.compile("^同意")).click()
    for name, value in values.items():
        page.locator(f'[name="results.{name}"]').fill(value)
    if original:
        page.locator(f'[name="original.{original[0]}"]').set_input_files(original[1])
    page.get_by_role("button", name="同意并").click()
    expect(page.get_by_role("status")).to_contain_text("已同意")


def numbers(page: Page) -> list[str]:
    page.goto("/staff/tasks")
    return page.locator("tbody th").all_inner_texts()


@pytest.mark.timeout(300)
@pytest.mark.covers("R12.1", "R12.3", "R14.10")
def test_birth_from_the_first_word_to_the_licences(deployment, new_page, paper, tmp_path):
    page = new_page(accept_downloads=True)
    keys = Keyboard(page)
    child = new_child()
    mother = deployment.account("mother")

    # She finds it by what happened to her, and answers.
    page.goto("/")
    shot(page, "home")
    keys.type("q", "生孩子")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.press("新生儿出生一件事")
    shot(page, "guide")
    fits_the_screen(page)
    keys.press("开始办理")
    keys.press("看看要办什么")
    expect(page.get_by_role("alert")).to_contain_text("请回答")
    while page.get_by_role("radio").count():
        asked = page.get_by_role("radio").evaluate_all("radios => radios.map(radio => radio.name)")
        for question in dict.fromkeys(asked):
            keys.choose(question, ANSWERS[question])
        shot(page, "questions")
        keys.press("看看要办什么")

    # The plan: items by department in order, what she need not bring and why, days, fees.
    expect(page.get_by_role("heading", level=1)).to_have_text("您的办理方案")
    fits_the_screen(page)
    shot(page, "plan")
    line = page.locator("section", has=page.get_by_role("heading", name="要办的事，按先后顺序"))
    assert line.get_by_role("heading", level=3).all_inner_texts() == [
        "岳阳市卫生健康委员会", "岳阳市公安局", "岳阳市人力资源和社会保障局", "岳阳市医疗保障局"]
    assert [title.split("\n")[0] for title in line.locator("ul.plain > li > b").all_inner_texts()] == [
        "出生医学证明（首次签发）", "预防接种证", "出生登记（户口）", "社会保障卡申领（新生儿）", "城乡居民医保参保登记（新生儿）"]
    # Before she has signed in nobody knows what she holds; afterwards the plan exempts what she does.
    keys.press("开始填表")
    keys.type("name", mother.username)
    keys.type("password", mother.password)
    keys.press("登录")
    expect(page.get_by_role("heading", level=1)).to_have_text("您的办理方案")
    materials = page.locator("section", has=page.get_by_role("heading", name=re.compile("^材料")))
    expect(materials.get_by_role("heading", level=2)).to_have_text("材料：只需上传 1 份，免交 6 份")
    expect(materials).to_contain_text("您的《结婚证》可以直接调用电子证照；与您填写的“孩子的另一位家长”一致的，不用再交。")
    cost = page.get_by_role("complementary")
    expect(cost).to_contain_text("10个工作日")
    expect(cost).to_contain_text("城乡居民医保参保登记（新生儿）：年度个人缴费")
    shot(page, "plan-signed-in")
    keys.press("开始填表")

    # One form, with what is known filled in and masked.
    expect(page.get_by_role("heading", level=1)).to_have_text("填一张表")
    expect(page.locator("main")).to_contain_text("李晓梅")
    expect(page.locator("main")).to_contain_text("430682********4141")
    assert "430682190603084141" not in page.content()
    for name, value in form(child).items():
        (keys.choose if name in CHOICES else keys.type)(f"form.{name}", value)
    fits_the_screen(page)
    shot(page, "form")
    keys.press("下一步：交材料")
    case = page.url.split("/cases/")[1].split("/")[0]

    # The one paper.
    expect(page.get_by_role("heading", level=1)).to_have_text("交材料")
    shot(page, "materials")
    keys.pick("file", paper)
    keys.press("上传")
    expect(page.get_by_role("link", name="首次签发登记表.pdf")).to_be_visible()
    keys.press("下一步：核对")
    shot(page, "review")
    fits_the_screen(page)
    keys.press("提交")
    expect(page.get_by_role("alert")).to_contain_text("请勾选声明")
    keys.tick("declare")
    keys.press("提交")

    # A number, and a page that shows where it stands.
    expect(page.get_by_role("heading", level=1)).to_have_text("已经提交")
    number = page.locator(".caseno").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{20,}", number)
    shot(page, "submitted")
    fits_the_screen(page)
    keys.press("查看进度")
    expect(page.locator("#overall")).to_have_text("待受理")
    expect(page.locator(".counters")).to_contain_text("部门用时")
    expect(page.locator(".counters")).to_contain_text("等待您的时间")
    expect(page.locator("main")).to_contain_text("最晚受理")
    shot(page, "case-submitted")

    # A department names a fault; the clerk sends one notice for all.
    police = new_page()
    sign_in(police, deployment, "officer-police")
    police.goto("/staff")
    police.get_by_role("main").get_by_role("link", name="受理前预审").click()
    fits_the_screen(police)
    shot(police, "reviews")
    police.get_by_role("link", name=number).click()
    expect(police.locator(".brief")).to_contain_text("窗口最晚受理")
    police.locator("summary", has_text="提出补正意见").click()
    police.get_by_label("哪一项有问题").select_option(label="落户：拟落户的地址")
    police.get_by_label("什么问题，怎么改").fill("请写到门牌号。")
    police.get_by_role("button", name="交给窗口").click()
    expect(police.get_by_role("status")).to_contain_text("已交给窗口")

    clerk = new_page()
    sign_in(clerk, deployment, "clerk")
    shot(clerk, "staff-home")
    clerk.goto("/staff/acceptance")
    fits_the_screen(clerk)
    shot(clerk, "acceptance-queue")
    clerk.get_by_role("link", name=number).click()
    fits_the_screen(clerk)
    clerk.locator("summary", has_text="一次性告知补正").click()
    expect(clerk.locator("details[open]")).to_contain_text("请写到门牌号。")
    clerk.locator("#target-1").select_option(label="孩子：出生的医院或地点")
    clerk.locator("#text-1").fill("请写医院全称。")
    shot(clerk, "acceptance")
    clerk.get_by_role("button", name="发出补正通知").click()
    expect(clerk.get_by_role("status")).to_contain_text("补正通知已经发出")

    # The mother mends both and sends it again.
    page.goto("/my")
    keys.press("新生儿出生一件事")
    expect(page.locator("#overall")).to_have_text("等您补正")
    notice = page.locator("section", has=page.get_by_role("heading", name="有 2 处需要补正"))
    expect(notice).to_contain_text("请写医院全称。")
    expect(notice).to_contain_text("请写到门牌号。")
    shot(page, "notice")
    keys.press("去改")
    expect(page).to_have_url(re.compile("/form#"))
    keys.type("form.birth_place", "岳阳市示例妇幼保健院东院")
    keys.type("form.household_address", "湖南省岳阳市岳阳楼区五里牌街道示例路2号")
    keys.press("下一步：交材料")
    keys.press("下一步：核对")
    keys.tick("declare")
    keys.press("提交")
    expect(page.get_by_role("heading", level=1)).to_have_text("已经提交")

    clerk.goto("/staff/acceptance")
    clerk.get_by_role("link", name=number).click()
    clerk.locator("summary", has_text=re.compile("^受理")).click()
    stale = new_page(storage_state=clerk.context.storage_state())
    stale.goto(clerk.url)
    stale.locator("summary", has_text=re.compile("^受理")).click()
    clerk.get_by_role("button", name="受理，分送各部门").click()
    expect(clerk.get_by_role("status")).to_contain_text("已经受理")
    stale.get_by_role("button", name="受理，分送各部门").click()
    expect(stale.locator("main")).to_contain_text("已由他人或在别处更新过")

    # Each department in its turn, and nothing before it.
    health, labour, insurance = new_page(), new_page(), new_page()
    for officer, role in ((health, "health"), (labour, "labour"), (insurance, "insurance")):
        sign_in(officer, deployment, f"officer-{role}")
    for officer in (police, labour, insurance):
        assert number not in numbers(officer), "its item waits for those before it"
    health.goto("/staff/tasks")
    health.get_by_role("link", name=number).click()
    shot(health, "task")
    twin = new_page(storage_state=health.context.storage_state())
    twin.goto(health.url)
    granting(health, number, {
        "birth-certificate.number": f"P{number[-9:]}", "birth-certificate.issued_on": day(-19)})
    twin.locator("summary", has_text=re.compile("^同意")).click()
    twin.locator('[name="results.birth-certificate.number"]').fill("P000000000")
    twin.get_by_role("button", name="同意并").click()
    expect(twin.locator("main")).to_contain_text("已由他人或在别处更新过")
    shot(twin, "second-officer")

    granting(health, number, {"vaccination-record.number": "V1", "vaccination-record.clinic": "五里牌接种门诊"})
    days = [day for day in health.locator("tbody td[data-label=到期] .num").all_inner_texts() if day]
    assert days == sorted(days), "what is due first comes first"
    assert number in numbers(police) and number not in numbers(labour)
    police.get_by_role("link", name=number).click()
    expect(police.locator("main")).to_contain_text("这一项在部门自己的系统里办")
    expect(police.locator("main")).not_to_contain_text("社保卡服务银行")
    police.get_by_role("link", name="打开办件资料").click()
    expect(police.locator("main")).to_contain_text(child)
    shot(police, "packet")
    granting(police, number, {
        "household-register.number": f"H{number[-6:]}", "household-register.id_number": child_id(),
        "household-register.registered_on": day(-18)}, ("household-register", paper))
    granting(labour, number, {"social-security-card.number": "A1", "social-security-card.issued_on": day(-17)})
    assert number in numbers(insurance)
    granting(insurance, number, {"enrolment.number": "C1", "enrolment.starts_on": day(-20)})

    # The results: ours with a signature, the others with number and original.
    page.goto(f"/cases/{case}")
    expect(page.locator("#overall")).to_have_text("已办结")
    fits_the_screen(page)
    shot(page, "case-completed")
    keys.press("出生医学证明")
    expect(page.locator("article")).to_contain_text(child)
    expect(page.locator("article .sum")).to_contain_text(chinese(day(-19)))
    expect(page.locator("article")).not_to_contain_text(day(-19))
    shot(page, "licence")
    keys.reach(text="下载签名文件")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    file = tmp_path / "出生医学证明.licence"
    download.value.save_as(file)
    assert verified(file, deployment)
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)
    assert not verified(file, deployment)

    page.goto(f"/cases/{case}")
    keys.press("户口簿")
    expect(page.locator("article")).to_contain_text(f"H{number[-6:]}")
    expect(page.locator("main")).to_contain_text("岳阳市公安局签发，本系统只作登记")
    shot(page, "licence-elsewhere")
    keys.reach(text="下载原件")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    original = tmp_path / "original"
    download.value.save_as(original)
    assert original.read_bytes() == PDF
    page.goto("/my")
    fits_the_screen(page)
    shot(page, "my")
    audit(deployment)


def verified(file: Path, deployment) -> bool:
    command = [program("yiciban"), "licence", "verify", file, "--root", deployment.data / "keys/root.pem"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60).returncode == 0


@pytest.mark.timeout(180)
def test_all_of_it_works_without_scripts(deployment, new_page, paper):
    page = new_page(java_script_enabled=False)
    sign_in(page, deployment, "mother")
    page.goto("/")
    page.get_by_role("searchbox").fill("生娃")
    page.get_by_role("button", name="找一找").click()
    page.get_by_role("link", name="新生儿出生一件事").click()
    page.get_by_role("link", name="开始办理").click()
    while page.get_by_role("radio").count():
        for question, answer in ANSWERS.items():
            option = page.locator(f'input[name="{question}"][value="{answer}"]')
            if option.count():
                option.check()
        page.get_by_role("button", name="看看要办什么").click()
    page.get_by_role("button", name="开始填表").click()
    for name, value in form(new_child()).items():
        field = page.locator(f'[name="form.{name}"]')
        if field.first.get_attribute("type") == "radio":
            page.locator(f'[name="form.{name}"][value="{value}"]').check()
        elif name in CHOICES:
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="下一步：交材料").click()
    page.locator('input[name="file"]').first.set_input_files(paper)
    page.get_by_role("button", name="上传").click()
    page.get_by_role("link", name="下一步：核对").click()
    page.locator('[name="declare"]').check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已经提交")
    page.get_by_role("link", name="查看进度").click()
    expect(page.locator("#overall")).to_have_text("待受理")


def test_the_back_button_after_submitting_submits_nothing(deployment, new_page):
    with People(deployment) as people:
        mother = people("mother")
        draft = ok(mother.post("/api/v1/cases", json={
            "theme": "birth", "answers": ANSWERS, "form": form(new_child())}), 201)
        ok(mother.upload(draft["id"], PAPER_SLOT), 201)
    page = new_page()
    sign_in(page, deployment, "mother")
    page.goto(f"/cases/{draft['id']}/review")
    page.locator('[name="declare"]').check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已经提交")
    number = page.locator(".caseno").inner_text()
    for _ in range(2):
        page.go_back()
    page.go_forward()
    expect(page.locator("main")).to_contain_text(number)
    page.goto(f"/cases/{draft['id']}/form")
    expect(page.locator("main")).to_contain_text(number)
    assert "/form" not in unquote(page.url), "what has been submitted can't be edited"


@pytest.mark.covers("R12.15")
def test_the_elder_edition_is_larger_and_stays(deployment, new_page):
    page = new_page()
    page.goto("/")
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="长辈版").click()
    assert page.evaluate(size) >= before * 1.2
    fits_the_screen(page)
    for theme in ("新生儿出生", "企业开办", "企业职工退休"):
        assert page.get_by_role("main").get_by_role("link", name=theme, exact=True).count() == 1, theme
    assert page.get_by_text("主办单位：岳阳市行政审批服务局").count() == 1
    shot(page, "home-elder")
    page.goto("/themes/birth")
    expect(page.get_by_role("button", name="标准版")).to_be_visible()
    fits_the_screen(page)
    shot(page, "guide-elder")
    page.goto("/themes/birth/questions")
    fits_the_screen(page)
    shot(page, "questions-elder")


def test_what_somebody_else_owns_is_not_found(deployment, new_page):
    with People(deployment) as people:
        case = ok(people("mother").post("/api/v1/cases", json={"theme": "birth", "answers": ANSWERS}), 201)["id"]
    page = new_page()
    sign_in(page, deployment, "retiree")
    for path in (f"/cases/{case}", f"/cases/{case}/form", f"/cases/{case}/review", f"/cases/{case}/materials"):
        answer = page.goto(path)
        assert answer.status == 404
        expect(page.locator("main")).to_contain_text("casework.not_found")
    assert page.goto("/staff/tasks").status == 403
    shot(page, "forbidden")
    assert page.goto("/没有这一页").status == 404
    expect(page.locator("main")).to_contain_text("http.not_found")
