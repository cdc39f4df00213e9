"""Service for the elderly: the bell and who comes, the desk, the list of visits to offer, the zone (适老化)."""

import json
import re

import pytest
from playwright.sync_api import expect

from harness.birth import child_id
from harness.browser import shot
from harness.days import chinese, day
from harness.journal import audit
from harness.people import ok, refused
from test_birth_story import fits_the_screen, sign_in

API = "/api/v1/age-friendly"


def elder_edition(page) -> None:
    page.get_by_role("button", name="长辈版").click()
    expect(page.get_by_role("button", name="标准版")).to_be_visible()


def large_enough(page) -> None:
    """Text of at least 18 px and controls of at least 60 px, as the elder edition demands."""
    small = page.evaluate("""() => [...document.querySelectorAll('main button, main summary, main .input, main .choice, main .rowlink')]
        .filter(e => e.checkVisibility() && (e.getBoundingClientRect().height < 59.5
            || parseFloat(getComputedStyle(e).fontSize) < 18)).map(e => e.outerHTML.slice(0, 120))""")
    assert small == []


@pytest.fixture
def cleared(people):
    """Cancels what a person still has open, so that each of its tests begins anew."""
    made = []
    yield made.append
    for role in made:
        for visit in ok(people(role).get(f"{API}/visits"))["items"]:
            if visit["state"] in ("ordered", "assigned"):
                ok(people(role).post(f"{API}/visits/{visit['id']}/cancellation", json={}))


@pytest.mark.covers("R12.18")
def test_one_press_brings_somebody_home(deployment, people, new_page, cleared):
    cleared("grandfather")
    page = new_page()
    sign_in(page, deployment, "grandfather", "/sign-in")
    page.goto("/age-friendly/bell")
    elder_edition(page)
    expect(page.get_by_role("button", name="按铃，请人上门").first).to_be_visible()
    fits_the_screen(page)
    large_enough(page)
    shot(page, "bell")
    page.get_by_role("button", name="按铃，请人上门").first.click()
    expect(page.get_by_role("status")).to_contain_text("约好了")
    fits_the_screen(page)
    shot(page, "bell-ordered")
    visit = page.url.split("/")[-1].split("?")[0]
    refused(people("mother").get(f"{API}/visits/{visit}"), 404, "resource.not_found")

    desk = new_page()
    sign_in(desk, deployment, "home-visitor")
    desk.goto("/age-friendly/desk")
    fits_the_screen(desk)
    shot(desk, "visit-desk")
    desk.goto(f"/age-friendly/desk/{visit}")
    expect(desk.locator("main")).to_contain_text("湖南省汨罗市示例路3号")
    shot(desk, "visit-ordered")
    desk.get_by_label("谁去").select_option(label="周洁")
    desk.get_by_role("button", name="安排").click()
    expect(desk.get_by_role("status")).to_contain_text("已安排")

    page.reload()
    expect(page.get_by_role("heading", name="来的人")).to_be_visible()
    expect(page.locator("main")).to_contain_text("周洁")
    code = ok(people("grandfather").get(f"{API}/visits/{visit}"))["code"]
    expect(page.locator("main")).to_contain_text(code)
    fits_the_screen(page)
    shot(page, "bell-assigned")
    page.goto("/my/messages")
    for _ in range(40):
        page.reload()
        if page.get_by_text("您约的“上门办”安排好了").count():
            break
        page.wait_for_timeout(250)
    expect(page.get_by_text("您约的“上门办”安排好了").first).to_be_visible()

    desk.get_by_role("button", name="我出发了").click()
    expect(desk.get_by_role("status")).to_contain_text("已登记出发")
    desk.get_by_role("button", name="登记结果").click()
    expect(desk.get_by_role("alert")).to_contain_text("请写明办了什么")
    desk.get_by_label("办了什么、结果怎样").fill("高龄津贴已经受理，把回执交给了本人。")
    desk.get_by_label("谁签的字").fill("本人签字")
    fits_the_screen(desk)
    shot(desk, "visit-result")
    desk.get_by_role("button", name="登记结果").click()
    expect(desk.locator("main")).to_contain_text("已办好")
    page.goto(f"/age-friendly/visits/{visit}")
    expect(page.locator("main")).to_contain_text("高龄津贴已经受理")
    audit(deployment)


@pytest.mark.covers("R12.17", "R12.18")
def test_a_clerk_orders_by_telephone_and_full_half_days_name_the_next_free_one(deployment, people, new_page, viewport):
    staff = people("home-visitor")
    refused(people("clerk").get(f"{API}/desk/visits"), 403, "access.forbidden")
    days = ok(staff.get(f"{API}/half-days", params={"division": "430611"}))["half_days"]
    last = days[-1] if viewport.is_mobile else days[-2]
    call = {"name": "王桂芳", "phone": "0730-8888888", "address": "君山区示例路9号", "ground": "ill", "division": "430611",
            "day": last["day"], "half": last["half"]}
    for _ in range(last["free"]):
        ok(staff.post(f"{API}/desk/visits", json=call), 201)
    problem = refused(staff.post(f"{API}/desk/visits", json=call), 409, "age-friendly.half_day_full")
    assert "约满" in problem["detail"] and "最近的空档是" in problem["detail"]

    desk = new_page()
    sign_in(desk, deployment, "home-visitor")
    desk.goto("/age-friendly/desk")
    desk.get_by_role("link", name="接到电话，替人预约").click()
    desk.get_by_role("link", name="引导陪办").click()
    desk.get_by_label("姓名").fill("王桂芳")
    desk.get_by_label("联系电话").fill("123")
    desk.get_by_role("button", name="预约").click()
    expect(desk.get_by_role("alert")).to_contain_text("请填写11位手机号码")
    fits_the_screen(desk)
    shot(desk, "visit-new")
    desk.get_by_label("联系电话").fill("0730-8888888")
    desk.get_by_role("button", name="预约").click()
    expect(desk.get_by_role("status")).to_contain_text("已约好")
    expect(desk.locator("main")).to_contain_text("岳阳市政务服务中心")
    expect(desk.locator("main")).to_contain_text("请打电话告诉他")
    shot(desk, "visit-by-telephone")
    desk.locator("summary", has_text="取消这单预约").click()
    desk.get_by_label("为什么取消").fill("本人来电说不来了")
    desk.get_by_role("button", name="确认取消").click()
    expect(desk.locator("main")).to_contain_text("已取消")

    made = json.loads(deployment.run(
        "age-friendly", "order", "--name", "王桂芳", "--phone", "19900000099", "--address", "君山区示例路9号",
        "--ground", "age", "--as", "home-visitor", "--json").stdout)
    deployment.run("age-friendly", "assign", made["id"], "--to", "home-visitor", "--as", "home-visitor")
    deployment.run("age-friendly", "set-out", made["id"], "--as", "home-visitor")
    deployment.run("age-friendly", "finish", made["id"], "--result", "已办好", "--as", "home-visitor")
    shown = json.loads(deployment.run("age-friendly", "show", made["id"], "--as", "home-visitor", "--json").stdout)
    assert (shown["state"], shown["result"], shown["visitor"]) == ("done", "已办好", "周洁")
    closed = json.loads(deployment.run("age-friendly", "list", "--list", "closed", "--json").stdout)["items"]
    mine = next(line for line in closed if line["id"] == made["id"])
    assert mine["name"] == "王**" and "phone" not in mine and re.fullmatch(r".*[—].*", mine["time"])
    audit(deployment)


@pytest.mark.covers("R12.15", "R12.17")
def test_the_zone_leads_to_what_elders_need_and_to_help(deployment, people, new_page, cleared):
    cleared("retiree")
    page = new_page()
    page.goto("/")
    bell = page.get_by_role("link", name="按铃，请人上门")
    expect(bell).to_have_count(0)
    elder_edition(page)
    expect(bell).to_have_attribute("href", "/age-friendly/bell")
    fits_the_screen(page)
    shot(page, "elder-home")
    page.goto("/age-friendly/zone")
    expect(page.get_by_role("link", name="老年人优待证/高龄津贴").first).to_be_visible()
    for service in ("引导陪办", "无障碍协助", "绿色通道"):
        expect(page.get_by_role("heading", name=service)).to_be_visible()
    fits_the_screen(page)
    large_enough(page)
    shot(page, "elder-zone")
    page.get_by_role("link", name="无障碍协助").click()
    account = deployment.account("retiree")
    page.get_by_label("登录名、手机号或身份证号").fill(account.username)
    page.get_by_label("密码", exact=True).fill(account.password)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", name="无障碍协助")).to_be_visible()
    page.locator("summary", has_text="改时间").click()
    page.get_by_label("还有什么要说的").fill("请备好轮椅和大字表格")
    fits_the_screen(page)
    large_enough(page)
    shot(page, "bell-accessible")
    page.get_by_role("button", name="预约无障碍协助").first.click()
    expect(page.get_by_role("status")).to_contain_text("约好了")
    expect(page.locator("main")).to_contain_text("政务服务中心")
    page.locator("summary", has_text="取消这单预约").click()
    page.get_by_role("button", name="确认取消").click()
    expect(page.locator("main")).to_contain_text("已取消")
    page.get_by_role("link", name="我的预约").click()
    expect(page.get_by_role("listitem").filter(has_text="请备好轮椅和大字表格").first).to_contain_text("已取消")
    shot(page, "my-visits")
    told = ok(people("mother").get(f"{API}/zone"))
    assert told["entries"][0]["id"] == "retirement" and len(told["services"]) == 4
    assert "老年人专区" in deployment.run("doctor", check=False).stdout


@pytest.mark.covers("R12.18")
def test_who_agrees_is_visited_when_the_day_comes(deployment, people, new_page, viewport):
    born = "1904" + day(7)[5:].replace("-", "")
    number = child_id(f"430602{born}{'101' if viewport.is_mobile else '102'}")
    occasion = f"{chinese(day(7))}满 {int(day(7)[:4]) - 1904} 周岁"
    page = new_page()
    sign_in(page, deployment, "clerk")
    page.goto("/staff/counter")
    page.locator("[name=id_number]").fill(number)
    page.locator("[name=name]").fill("龚秀英")
    page.locator("[name=address]").fill("湖南省岳阳市岳阳楼区示例路8号")
    page.locator("[name=checked]").check()
    page.get_by_role("button", name="开始录入").click()
    expect(page.get_by_text("正在为 龚秀英 录入")).to_be_visible()
    page.goto("/age-friendly/choice")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("请选一项")
    page.get_by_label("好的，到时候来找我").check()
    page.get_by_role("button", name="保存").click()
    expect(page.locator("p[role=status]")).to_contain_text("记下了")
    fits_the_screen(page)
    shot(page, "knock-choice")
    page.goto("/age-friendly/bell")
    expect(page.locator("main")).to_contain_text("还差几样")
    page.get_by_label("联系电话").fill("0730-8888888")
    page.get_by_role("button", name="按铃，请人上门").first.click()
    expect(page.locator("p[role=status]")).to_contain_text("约好了")
    page.locator("summary", has_text="取消这单预约").click()
    page.get_by_role("button", name="确认取消").click()
    page.get_by_role("button", name="结束代录").click()

    deployment.run("age-friendly", "proactive-make")
    again = json.loads(deployment.run("age-friendly", "proactive-make", "--json").stdout)
    assert again["added"] == 0
    desk = new_page()
    sign_in(desk, deployment, "home-visitor")
    desk.goto("/age-friendly/knock")
    line = desk.get_by_role("row").filter(has_text=occasion)
    expect(line).to_contain_text("龚**")
    expect(line).to_contain_text("岳阳楼区")
    expect(line).to_contain_text("本人同意")
    fits_the_screen(desk)
    shot(desk, "knock-list")
    line.get_by_role("link").click()
    expect(desk.get_by_role("heading", name="龚秀英")).to_be_visible()
    expect(desk.locator("main")).to_contain_text("示例路8号")
    desk.get_by_role("button", name="已上门").click()
    expect(desk.get_by_role("alert")).to_contain_text("请写明上门办了什么")
    desk.get_by_label("办了什么、结果怎样").fill("高龄津贴已经代为申请。")
    fits_the_screen(desk)
    shot(desk, "knock-visit")
    desk.get_by_role("button", name="已上门").click()
    expect(desk.locator("main")).to_contain_text("高龄津贴已经代为申请")
    expect(desk.locator("main")).not_to_contain_text("示例路8号")
    refused(people("clerk").get(f"{API}/desk/proactive"), 403, "access.forbidden")
    assert all(visit["name"].endswith("*") for visit in ok(people("home-visitor").get(
        f"{API}/desk/proactive", params={"state": "visited"}))["items"])
    audit(deployment)
