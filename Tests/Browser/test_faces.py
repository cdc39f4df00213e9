"""The county's face: name, logo, colours, filings, notice and sub-sites, as a county sets them and people see them."""

import json
import re
import subprocess
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.browser import new_context, shot, watched
from harness.deployment import initialised, served
from harness.journal import audit
from harness.people import People, ok
from harness.programs import program
from test_birth_story import fits_the_screen, sign_in

CITY = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><script>alert(1)</script>
<circle cx="24" cy="24" r="22" style="fill:#fff"/><path d="M8 30c6-8 10-8 16 0s10 8 16 0" stroke="#1c4a7d" stroke-width="4" fill="none"/></svg>"""
COUNTY = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="8" fill="#fff"/>
<path d="M6 38 18 16l8 12 6-8 10 18z" fill="#7a1f2b"/></svg>"""
FACE = """
face:
  organiser: 岳阳市大数据中心
  address: https://zwfw.example.gov.cn
  hotline: 0730-12345
  colour: "#1c4a7d"
  logo: face/city.svg
  icp: 湘ICP备00000000号-1
  police:
    number: 湘公网安备43060002000000号
    link: https://beian.mps.gov.cn/#/query/webSearch?code=43060002000000
  links:
    - {title: 岳阳市人民政府, url: "https://www.example.gov.cn/"}
  privacy: face/privacy.md
  accessibility: face/accessibility.md
  divisions:
    "430626":
      alias: pingjiang
      name: 平江县“一件事一次办”（示例）
      agency: 平江县行政审批服务局
      hotline: 0730-6212345
      colour: "#7a1f2b"
      logo: face/pingjiang.svg
"""
NOTICE = "# 个人信息保护告知\n\n办事时**只用**必需的信息。\n\n## 您的权利\n\n- 查看和更正\n- 撤回申请\n"


def own_theme(folder) -> None:
    """A theme of the county's own, placed on a menu and in a batch."""
    folder.mkdir(exist_ok=True)
    subprocess.run([program("yiciban"), "theme", "new", "noodles", "--title", "开热干面馆一件事", "--folder", folder],
                   check=True, capture_output=True)
    path = folder / "noodles" / "theme.yaml"
    text = path.read_text(encoding="utf-8")
    assert "\nlead: " in text
    path.write_text(text.replace("\nlead: ", "\nfield: 涉企经营\nmenu: 招牌菜\nbatch: 2\nlead: "), encoding="utf-8")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def county(request, tmp_path_factory):
    """A deployment with a face of its own and one county that differs."""
    with initialised(tmp_path_factory.mktemp(f"face-{request.param}"), request.param) as deployment:
        folder = deployment.data / "face"
        folder.mkdir()
        (folder / "city.svg").write_text(CITY, encoding="utf-8")
        (folder / "pingjiang.svg").write_text(COUNTY, encoding="utf-8")
        (folder / "privacy.md").write_text(NOTICE, encoding="utf-8")
        (folder / "accessibility.md").write_text("# 无障碍说明\n\n有困难请打电话。\n", encoding="utf-8")
        settings = deployment.data / "settings.yaml"
        text = settings.read_text(encoding="utf-8")
        assert "enabled: [birth, " in text
        settings.write_text(text.replace("enabled: [birth, ", "enabled: [noodles, birth, ") + FACE, encoding="utf-8")
        own_theme(deployment.data / "themes")
        with served(deployment, "yiciban"):
            yield deployment


@pytest.fixture
def county_page(browser, viewport, county):
    context = new_context(browser, viewport, base_url=county.url)
    page = context.new_page()
    with watched(page):
        yield page
    context.close()


def colour_of(page, selector: str, name: str = "background-color") -> str:
    return page.locator(selector).first.evaluate(f"e => getComputedStyle(e)['{name}']")


@pytest.mark.covers("R05.6")
def test_a_guide_carries_the_same_version_and_code_on_the_screen_and_on_paper(county, county_page):
    page = county_page
    guide = page.request.get("/api/v1/themes/birth").json()
    page.goto("/themes/birth")
    edition = page.locator(".edition")
    expect(edition).to_contain_text(f"第 {guide['version']} 版，校验码 {guide['hash'][:12]}")
    fits_the_screen(page)
    shot(page, "guide-edition")
    scanned = set()
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        picture = edition.locator("svg.qr").screenshot()
        scanned |= {found.text for found in zxingcpp.read_barcodes(Image.open(BytesIO(picture)))}
    assert scanned == {f"https://zwfw.example.gov.cn/themes/birth?v={guide['hash'][:12]}"}
    page.emulate_media(media="screen")
    # Who scans the code of an older sheet is told so, who scans this one is not.
    code = scanned.pop().removeprefix("https://zwfw.example.gov.cn")
    page.goto(code)
    expect(page.get_by_text("您扫的是另一个版本的指南")).to_have_count(0)
    page.goto("/themes/birth?v=0123456789ab")
    expect(page.get_by_role("status")).to_contain_text(f"现行的是第 {guide['version']} 版")


@pytest.mark.covers("R11.1", "R11.3")
def test_themes_stand_by_field_on_menus_and_in_batches_and_are_counted(county, county_page):
    page = county_page
    page.goto("/themes")
    expect(page.get_by_role("heading", level=2).first).to_have_text("社会民生")
    enterprises = page.locator("section", has=page.get_by_role("heading", name="涉企经营", exact=True))
    expect(enterprises.locator("li", has_text="热干面馆")).to_contain_text("招牌菜")
    fits_the_screen(page)
    shot(page, "themes-by-field")
    found = {theme["id"]: theme for theme in page.request.get("/api/v1/themes").json()["themes"]}
    assert (found["noodles"]["menu"], found["noodles"]["field"], found["noodles"]["batch"]) == ("招牌菜", "涉企经营", 2)
    listed = subprocess.run([program("yiciban"), "theme", "list", county.data / "themes"], check=True,
                            capture_output=True, text=True).stdout
    assert "招牌菜 1" in listed and "第 2 批 1" in listed
    sign_in(page, county, "supervisor")
    page.goto("/staff/figures")
    facts = page.locator("section", has=page.get_by_role("heading", name="一件事主题"))
    expect(facts.locator(".fact", has_text="主题式菜单")).to_contain_text("目标 50 个")
    expect(facts.locator(".fact", has_text="招牌菜").locator("dd")).to_have_text("1")
    expect(facts.locator(".fact", has_text="第 2 批服务规范").locator("dd")).to_have_text("1")
    fits_the_screen(page)
    shot(page, "theme-figures")


def test_the_city_and_a_county_look_like_themselves(county, county_page):
    page = county_page
    page.goto("/")
    expect(page.locator(".brand b")).to_have_text("岳阳市“一件事一次办”（示例）")
    assert colour_of(page, ".hero") == "rgb(28, 74, 125)"
    foot = page.locator("footer")
    for text in ["0730-12345", "主办单位：岳阳市行政审批服务局", "承办单位：岳阳市大数据中心", "湘ICP备00000000号-1",
                 "湘公网安备43060002000000号", "岳阳市人民政府"]:
        expect(foot).to_contain_text(text)
    logo = page.request.get(page.locator(".brand img").get_attribute("src"))
    assert logo.headers["content-type"] == "image/svg+xml" and "script" not in logo.text() and 'fill="#fff"' in logo.text()
    assert "sandbox" in logo.headers["content-security-policy"]
    fits_the_screen(page)
    shot(page, "face-city")

    # Choosing the county: by keyboard alone, and remembered.
    page.get_by_role("link", name="切换").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("选择地区")
    fits_the_screen(page)
    shot(page, "face-places")
    page.get_by_role("button", name="平江县", exact=True).press("Enter")
    expect(page).to_have_url(re.compile("/d/430626$"))
    expect(page.locator(".brand b")).to_have_text("平江县“一件事一次办”（示例）")
    expect(page.locator(".place")).to_contain_text("您在：平江县")
    assert colour_of(page, ".hero") == "rgb(122, 31, 43)"
    expect(page.locator("main")).to_contain_text("平江县公安局")
    expect(page.locator("main")).to_contain_text("平江县政务服务中心")
    expect(page.locator("main")).to_contain_text("周一至周五")
    fits_the_screen(page)
    shot(page, "face-county")
    page.get_by_label("您想办什么事").fill("生孩子")
    page.get_by_label("您想办什么事").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("在平江县查找“生孩子”")
    fits_the_screen(page)
    shot(page, "face-county-search")
    page.goto("/help")
    expect(page.locator("footer")).to_contain_text("0730-6212345")
    page.goto("/nowhere")
    expect(page.locator(".brand b")).to_have_text("平江县“一件事一次办”（示例）")
    page.goto("/d/pingjiang")
    page.get_by_role("button", name="长辈版").click()
    assert page.locator("html.elder").count() == 1
    expect(page.locator(".brand b")).to_have_text("平江县“一件事一次办”（示例）")
    fits_the_screen(page)
    shot(page, "face-county-elder")
    page.goto("/d")
    page.get_by_role("button", name="岳阳市", exact=True).click()
    expect(page).to_have_url(re.compile("/d/430600$"))
    page.goto("/")
    assert colour_of(page, ".hero") != "rgb(122, 31, 43)"
    fits_the_screen(page)
    shot(page, "face-city-elder")
    assert page.goto("/d/no-such").status == 404


def test_who_chose_a_county_applies_there_and_agrees_to_the_notice_once(county, county_page):
    page = county_page
    sign_in(page, county, "mother")
    page.goto("/d/pingjiang")
    page.get_by_role("button", name="设为我的地区").click()
    with People(county) as people:
        mother = people("mother")
        case = None
        for _ in range(2):
            body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
            case = ok(mother.post("/api/v1/cases", json=body), 201)["id"]
            ok(mother.upload(case, PAPER_SLOT), 201)
            page.goto(f"/cases/{case}/review")
            if page.get_by_text("我已阅读《个人信息保护告知》").count() == 0:
                continue
            page.get_by_text("我保证填写的内容").click()
            page.get_by_role("button", name="确认提交").click()
            expect(page.get_by_role("alert")).to_contain_text("请阅读《个人信息保护告知》（第 1 版）")
            fits_the_screen(page)
            shot(page, "face-notice")
            page.get_by_text("我保证填写的内容").click()
            page.get_by_text("我已阅读《个人信息保护告知》").click()
            page.get_by_role("button", name="确认提交").click()
            expect(page).to_have_url(re.compile("/submitted$"))
        assert page.get_by_text("我已阅读《个人信息保护告知》").count() == 0, "who agreed to a version is not asked again"
    page.goto("/privacy")
    expect(page.locator("main")).to_contain_text("第 1 版")
    expect(page.locator("main b").first).to_have_text("只用")
    # What begins in the portal is filed with the chosen county.
    query = "&".join(f"{question}={answer}" for question, answer in ANSWERS.items())
    page.goto(f"/themes/birth/plan?{query}")
    expect(page.locator("main")).to_contain_text("平江县")
    audit(county)


def test_settings_and_files_are_judged_and_follow_by_themselves(county):
    shown = json.loads(county.run("face", "show", "--json").stdout)
    assert [face["word"] for face in shown["faces"]] == ["430600", "pingjiang"] and not shown["findings"]
    report = county.run("doctor", "--json", check=False)
    assert "徽标里有不能用的内容" in report.stdout and "script" in report.stdout
    logo = county.data / "face" / "city.svg"
    try:
        logo.write_text("<svg", encoding="utf-8")
        broken = county.run("face", "show", check=False)
        assert broken.returncode == 1 and "face/city.svg" in broken.stdout
    finally:
        logo.write_text(CITY, encoding="utf-8")
    settings = county.data / "settings.yaml"
    text = settings.read_text(encoding="utf-8")
    try:
        settings.write_text(text.replace('"#1c4a7d"', '"#7fb2bd"'), encoding="utf-8")
        refused = county.run("face", "show", check=False)
        assert refused.returncode != 0 and "2.3:1" in refused.stderr and "4.5:1" in refused.stderr
    finally:
        settings.write_text(text, encoding="utf-8")
