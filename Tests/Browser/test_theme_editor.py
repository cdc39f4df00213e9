"""A theme is changed by somebody who has never seen YAML, approved by another, and a citizen gets the new plan."""

import subprocess

import pytest
from playwright.sync_api import Page, expect

from harness.browser import DESKTOP, PHONE, shot
from harness.deployment import Deployment, initialised, served
from harness.journal import audit
from harness.programs import ROOT, program
from test_birth_story import fits_the_screen, sign_in

GOOD = "走遍所有情形，没有问题"


@pytest.fixture
def deployment(request, tmp_path):
    """A deployment of its own, since a theme that is changed is changed for everybody."""
    with initialised(tmp_path, "sqlite") as deployment, served(deployment, "yiciban"):
        yield deployment


def editor(new_page, deployment: Deployment, **options) -> Page:
    page = new_page(**options)
    sign_in(page, deployment, "catalogue-editor")
    return page


def press(page: Page, name: str) -> None:
    """Works a button by the keyboard alone."""
    page.get_by_role("button", name=name, exact=True).first.focus()
    page.keyboard.press("Enter")


def begin(page: Page, theme: str) -> None:
    page.goto("/staff/themes")
    page.get_by_role("link", name=theme).click()
    press(page, "开始修改")
    expect(page.get_by_role("heading", name="基本信息", level=1)).to_be_visible()


@pytest.mark.timeout(240)
@pytest.mark.covers("R00.3")
def test_an_author_who_never_saw_yaml_changes_a_theme_and_a_citizen_gets_the_new_plan(deployment, new_page, viewport):
    page = editor(new_page, deployment)
    page.goto("/staff/themes")
    fits_the_screen(page)
    shot(page, "themes")
    begin(page, "新生儿出生一件事")
    fits_the_screen(page)
    shot(page, "theme-basics")

    # A question with two options; while nothing uses it, the checker says so, beside it and at the side.
    page.get_by_role("link", name="问题", exact=True).click()
    fits_the_screen(page)
    shot(page, "theme-questions")
    press(page, "添加问题")
    page.get_by_label("问什么").fill("孩子是双胞胎吗？")
    page.get_by_label("第 1 个回答").fill("是")
    page.get_by_label("第 2 个回答").fill("不是")
    page.get_by_label("简称").fill("是否双胞胎")
    findings = page.locator("#findings")
    expect(findings).to_contain_text("“是否双胞胎”怎么回答都没有区别")
    expect(page.locator("#f-questions-9-error")).to_contain_text("没有区别")
    shot(page, "theme-question")
    press(page, "存入草稿")
    expect(page.get_by_role("status").first).to_have_text("已存入草稿。")

    # A material that only one of the answers needs: the finding vanishes while it is picked.
    page.get_by_role("link", name="材料", exact=True).click()
    press(page, "添加材料")
    expect(findings).to_contain_text("这里应当是一段文字")
    expect(page.locator("#f-materials-18-title-error")).to_contain_text("这里应当是一段文字")
    page.get_by_label("材料名称").fill("双胞胎出生证明")
    expect(page.locator("#f-materials-18-title-error")).to_be_empty()
    page.get_by_label("P03 出生登记（户口）").check()
    page.get_by_role("button", name="加条件").focus()
    page.keyboard.press("Enter")
    question = page.get_by_label("哪个问题")
    question.select_option("孩子是双胞胎吗？")
    page.locator("#f-materials-18-when-shape").get_by_label("是", exact=True).check()
    expect(findings).to_contain_text(GOOD)
    fits_the_screen(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport.width
    shot(page, "theme-material")
    press(page, "存入并返回材料")
    expect(page.get_by_role("link", name="双胞胎出生证明")).to_be_visible()

    # An edge: the vaccination record after the household. A circle is found as it is picked.
    page.get_by_role("link", name="事项", exact=True).click()
    expect(page.locator(".graph svg")).to_be_visible()
    fits_the_screen(page)
    page.get_by_role("link", name="预防接种证").click()
    waits = page.locator("#f-items-1-after")
    waits.get_by_label("P03 出生登记（户口）").check()
    expect(findings).to_contain_text(GOOD)
    press(page, "存入并返回事项")
    page.get_by_role("link", name="出生登记（户口）").click()
    waits = page.locator("#f-items-2-after")
    waits.get_by_label("P02 预防接种证").check()
    # Told once, at the item where the circle begins, with a link to it.
    expect(findings).to_contain_text("P02、P03 互相等待")
    waits.get_by_label("P02 预防接种证").uncheck()
    expect(findings).to_contain_text(GOOD)
    press(page, "存入并返回事项")
    shot(page, "theme-items")

    # The preview, kept as an example.
    page.get_by_role("link", name="预览", exact=True).click()
    for label, answer in {
        "孩子现在多大了？": "≤1月", "孩子父母的婚姻状况是？": "婚内", "孩子在哪里出生？": "本市助产机构",
        "孩子父母的户籍地和孩子的出生地，是不是不在同一个省？": "否", "孩子父母的户口在本市吗？": "双方本市", "孩子的户口随谁？": "随母",
        "要同时报销生育医疗费用吗？": "否", "要登记科学育儿指导服务吗？": "否", "办过生育登记吗？": "是", "孩子是双胞胎吗？": "是",
    }.items():
        page.get_by_label(label).select_option(answer)
    press(page, "看看办事方案")
    expect(page.locator(".plan")).to_contain_text("□ 双胞胎出生证明")
    page.get_by_label("实例的名字").fill("双胞胎")
    press(page, "存为实例")
    # The examples that were written before the question get an answer by one choice.
    expect(page.locator("main")).to_contain_text("9 个实例里有 7 个和写下的结果不一样")
    page.get_by_label("它们都回答").select_option("不是")
    press(page, "补上")
    expect(page.locator("main")).to_contain_text("9 个实例里有 6 个和写下的结果不一样")
    expect(page.locator("main")).not_to_contain_text("还缺少这些问题的回答")
    # What is left is what the new edge really changes: the approver sees it too.
    expect(page.locator("main")).to_contain_text("事项应当是 P01、P02、P03、P04、P05，实际是 P01、P03、P02、P04、P05")
    expect(page.get_by_role("heading", name="双胞胎", exact=True)).to_be_visible()
    fits_the_screen(page)
    shot(page, "theme-preview")

    # The same file as text.
    page.get_by_role("link", name="YAML", exact=True).click()
    fits_the_screen(page)
    shot(page, "theme-yaml")
    written = page.locator("#text").input_value()

    page.get_by_role("link", name="总览", exact=True).click()
    expect(page.locator(".diff").last).to_contain_text("双胞胎")
    fits_the_screen(page)
    shot(page, "theme-desk")
    press(page, "送审")

    approver = new_page()
    sign_in(approver, deployment, "catalogue-approver")
    approver.goto("/staff/themes/birth")
    fits_the_screen(approver)
    shot(approver, "theme-approval")
    press(approver, "批准并发布")
    # The check of every situation and the reload take their time in a debug build.
    expect(approver.locator("main")).to_contain_text("第 2 次发布，版本 1.0.2", timeout=30_000)

    # A citizen is asked the new question, and told of the new material at once.
    citizen = new_page()
    citizen.goto("/themes/birth/plan?" + "&".join(
        f"{question}={answer}" for question, answer in {
            "婴儿年龄": "≤1月", "婚姻状况": "婚内", "出生地": "本市助产机构", "是否跨省生育": "否", "父母户籍": "双方本市",
            "随谁落户": "随母", "是否报销生育医疗费用": "否", "是否登记科学育儿": "否", "是否已办生育登记": "是", "是否双胞胎": "是",
        }.items()))
    expect(citizen.locator("main")).to_contain_text("双胞胎出生证明")
    shot(citizen, "theme-new-plan")

    # What was written is what a hand would have written, and passes the checker of the command line.
    theme = deployment.data / "themes" / "birth"
    assert (theme / "theme.yaml").read_text(encoding="utf-8") == written == by_hand()
    subprocess.run([program("yiciban"), "theme", "check", theme], cwd=ROOT, check=True, capture_output=True)
    audit(deployment)


def by_hand() -> str:
    """The shipped theme as an author changes it in a text editor."""
    text = (ROOT / "Plugins/Themes/birth/theme.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("version: 1.0.1", "version: 1.0.2"),
        ("\noutcomes:", "  - id: 是否双胞胎\n    title: 孩子是双胞胎吗？\n    options: [是, 不是]\n\noutcomes:"),
        ("\nadvice:", "  - id: material-1\n    title: 双胞胎出生证明\n    when: {是否双胞胎: 是}\n    items: [P03]\n"
         "    sources: [upload]\n\nadvice:"),
        ("    after: [P01]\n    note: 由接种单位", "    after: [P01, P03]\n    note: 由接种单位"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_without_scripts_the_text_is_checked_and_nobodys_work_is_overwritten(deployment, new_page):
    first = editor(new_page, deployment, java_script_enabled=False)
    begin(first, "新生儿出生一件事")
    first.get_by_role("link", name="YAML", exact=True).click()
    second = editor(new_page, deployment, java_script_enabled=False)
    second.goto("/staff/themes/birth/basics")
    second.get_by_label("名称").fill("宝宝出生一件事")
    second.get_by_role("button", name="存入草稿").click()
    expect(second.get_by_role("status").first).to_have_text("已存入草稿。")

    # A fault is told with its line; what was typed stays.
    area = first.locator("#text")
    area.fill(area.input_value().replace("after: [P01]", "after: [P09]", 1))
    first.get_by_role("button", name="只检查").click()
    expect(first.locator("#findings")).to_contain_text("items 里没有“P09”")
    line = area.input_value().split("\n").index("    after: [P09]") + 1
    expect(first.locator("#findings")).to_contain_text(f"第 {line} 行")
    area.fill(area.input_value().replace("after: [P09]", "after: [P01]", 1).replace("lead: 卫健", "lead: 卫生健康"))
    first.get_by_role("button", name="存入草稿").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("草稿刚刚被别人改过")
    expect(first.locator("main")).to_contain_text("lead: 卫生健康")
    expect(first.locator("main")).to_contain_text("宝宝出生一件事")
    fits_the_screen(first)
    shot(first, "theme-conflict")


def test_the_editor_holds_in_the_elder_edition_and_on_both_screens(deployment, new_page):
    page = editor(new_page, deployment)
    page.get_by_role("button", name="长辈版").click()
    begin(page, "企业开办")
    for path in ("/basics", "/questions/0", "/items/0", "/items", "/materials/1", "/form/0", "/parties/0", "/yaml", "/preview", ""):
        page.goto(f"/staff/themes/enterprise-setup{path}")
        fits_the_screen(page)
    page.goto("/staff/themes/enterprise-setup/items/0")
    shot(page, "theme-item-elder")
