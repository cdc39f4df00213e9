"""The hall (大厅): a ticket from the kiosk and from the telephone, the clerk's window, the screen, and the rules."""

import json

import pytest
from playwright.sync_api import Page, expect

from harness.browser import shot
from harness.days import day
from harness.journal import audit
from harness.people import ok, refused
from test_accessibility import faults
from test_birth_story import fits_the_screen, sign_in

SITE, WINDOW = "city-hall", "city-hall-1"


def kiosk_path(deployment, site: str = SITE) -> str:
    return json.loads(deployment.run("hall", "kiosk", site, "--json").stdout)["kiosk"]


def serve_everybody(clerk, window: str = WINDOW) -> None:
    """Calls until nobody waits, so that a story begins with an empty hall."""
    while ticket := ok(clerk.post(f"/api/v1/hall/windows/{window}/next")).get("ticket"):
        ok(clerk.post(f"/api/v1/hall/tickets/{ticket['id']}/steps", json={"step": "serve"}))


def label(page: Page) -> str:
    return page.locator(".ticketno").first.inner_text().strip()


@pytest.mark.covers("R12.16", "R09.10")
def test_a_morning_at_the_hall(deployment, people, new_page, viewport):
    serve_everybody(people("clerk"))
    kiosk = new_page()
    kiosk.goto(kiosk_path(deployment))
    expect(kiosk.get_by_role("link", name="登录")).to_have_count(0)
    kiosk.get_by_role("button", name="取号").click()
    expect(kiosk.get_by_text("下一个就是您")).to_be_visible()
    first = label(kiosk)
    fits_the_screen(kiosk)
    shot(kiosk, "hall-kiosk-slip")
    kiosk.get_by_role("link", name="好了，下一位取号").click()
    shot(kiosk, "hall-kiosk")
    fits_the_screen(kiosk)
    kiosk.get_by_label("身份证号码").fill("123")
    kiosk.get_by_role("button", name="取号").click()
    expect(kiosk.get_by_role("alert")).to_be_visible()
    kiosk.get_by_label("身份证号码").fill("")
    kiosk.get_by_label("孕妇、带婴幼儿的").check()
    kiosk.get_by_role("button", name="取号").click()
    green = label(kiosk)
    assert first.startswith("A") and green.startswith("G")

    screen = new_page()
    screen.goto(f"/hall/{SITE}/screen")
    mother = new_page()
    sign_in(mother, deployment, "mother", at=f"/sign-in?return=/hall/{SITE}")
    mother.goto(f"/hall/{SITE}")
    shot(mother, "hall")
    fits_the_screen(mother)
    mother.get_by_role("button", name="取号").click()
    expect(mother.locator(".ticket__headline")).to_have_text("前面还有 2 个号")
    own = label(mother)
    fits_the_screen(mother)
    shot(mother, "hall-ticket")

    desk = new_page()
    sign_in(desk, deployment, "clerk")
    desk.goto("/staff/hall")
    shot(desk, "hall-windows")
    desk.get_by_role("link", name="综合窗口1号").first.click()
    expect(desk.get_by_role("button", name="叫下一位")).to_be_focused()
    for number, expected in enumerate([green, first, own]):
        # One key calls the next, and is done with whoever was served before.
        desk.keyboard.press("n" if number else "Enter")
        expect(desk.locator(".ticketno")).to_have_text(expected)
        if expected == green:
            expect(desk.get_by_text("绿色通道：孕妇、带婴幼儿的")).to_be_visible()
            shot(desk, "hall-desk")
            fits_the_screen(desk)
            expect(screen.get_by_role("row").filter(has_text=green)).to_contain_text("请到窗口", timeout=15_000)
            shot(screen, "hall-screen")
            fits_the_screen(screen)
        if expected == own:
            # Nobody reloads the ticket's page.
            expect(mother.locator(".ticket__headline")).to_contain_text("综合窗口1号", timeout=20_000)
            shot(mother, "hall-ticket-called")
        desk.keyboard.press("s")
        expect(desk.get_by_role("button", name="办完，叫下一位")).to_be_visible()
    desk.keyboard.press("n")
    expect(desk.get_by_text("现在没有人在等。")).to_be_visible()
    expect(mother.get_by_text("已经办完")).to_be_visible(timeout=20_000)
    text = screen.locator("body").inner_text()
    assert "李晓梅" not in text and "孕" not in text
    shown = json.loads(deployment.run("hall", "queue", SITE, "--json").stdout)
    assert shown["ordinary"] == 0 and own in [call["label"] for call in shown["called"]]
    audit(deployment)


@pytest.mark.covers("R12.16")
def test_who_is_not_there_is_passed_over_and_may_wait_anew(deployment, people, new_page):
    clerk = people("clerk")
    serve_everybody(clerk)
    told = json.loads(deployment.run("hall", "ticket", SITE, "--json").stdout)
    desk = new_page(java_script_enabled=False)
    sign_in(desk, deployment, "clerk")
    desk.goto(f"/staff/hall/{WINDOW}")
    desk.get_by_role("button", name="叫下一位").click()
    expect(desk.locator(".ticketno")).to_have_text(told["label"])
    for calls in (1, 2):
        desk.get_by_role("button", name=f"再叫一次（已叫 {calls} 次）").click()
    refused(clerk.post(f"/api/v1/hall/windows/{WINDOW}/next"), 409, "hall.window_busy")
    desk.get_by_role("button", name=f"{told['label']} 没有来，叫下一位").click()
    expect(desk.get_by_text("现在没有人在等。")).to_be_visible()
    desk.get_by_role("listitem").filter(has_text=told["label"]).get_by_role("button", name="重新排队").click()
    expect(desk.get_by_role("listitem").filter(has_text=told["label"])).to_be_visible()
    serve_everybody(clerk)


def test_rights_and_refusals(deployment, people, api):
    clerk, far, mother = people("clerk"), people("clerk-pingjiang"), people("mother")
    serve_everybody(clerk)
    refused(far.post(f"/api/v1/hall/windows/{WINDOW}/next"), 403, "access.forbidden")
    refused(mother.post(f"/api/v1/hall/windows/{WINDOW}/next"), 403, "access.forbidden")
    refused(api.post(f"/api/v1/hall/sites/{SITE}/tickets", json={}), 401, "access.sign_in_required")
    refused(api.post(f"/api/v1/hall/sites/{SITE}/kiosk-tickets?code=0", json={}), 403, "hall.kiosk")
    refused(api.get("/api/v1/hall/sites/nowhere"), 404, "hall.site_unknown")
    mine = ok(mother.post(f"/api/v1/hall/sites/{SITE}/tickets", json={}), 201)
    refused(mother.post(f"/api/v1/hall/sites/{SITE}/tickets", json={}), 409, "hall.ticket_held")
    refused(people("father").post(f"/api/v1/hall/tickets/{mine['id']}/return"), 404, "hall.ticket_unknown")
    seen = ok(api.get(f"/api/v1/hall/tickets/{mine['id']}"))
    assert seen["label"] == mine["label"] and "李晓梅" not in json.dumps(seen, ensure_ascii=False)
    assert ok(mother.post(f"/api/v1/hall/tickets/{mine['id']}/return"))["state"] == "cancelled"


def test_rules_are_changed_on_a_page(deployment, people, new_page):
    site = "nanjiang"
    page = new_page()
    sign_in(page, deployment, "hall-manager")
    page.goto(f"/staff/halls/{site}")
    page.get_by_label("最多等几分钟").fill("2")
    page.get_by_label("业务", exact=True).fill("general 综合业务 0\n社保")
    page.get_by_role("button", name="保存规则").click()
    expect(page.get_by_role("alert")).to_contain_text("应当在 5 到 480 之间")
    expect(page.get_by_role("alert")).to_contain_text("代号 名称 个数")
    page.get_by_label("最多等几分钟").fill("25")
    page.get_by_label("业务", exact=True).fill("general 综合业务\nsocial 社保医保 4")
    page.get_by_role("button", name="保存规则").click()
    expect(page.get_by_text("规则已经保存")).to_be_visible()
    shot(page, "hall-rules")
    fits_the_screen(page)
    rules = ok(people("mother").get(f"/api/v1/hall/sites/{site}/rules"))
    assert rules["longest_wait"] == 25
    assert [(line["key"], line["capacity"]) for line in rules["businesses"]] == [("general", 0), ("social", 4)]
    refused(people("clerk").put(f"/api/v1/hall/sites/{site}/rules", json={"rules": rules}), 403, "access.forbidden")
    told = json.loads(deployment.run("hall", "rules", site, "--json").stdout)
    assert told == rules


def open_booking(people, site: str) -> None:
    """Lets people book at a site around the clock, so that the tests find a slot whenever they run."""
    rules = ok(people("hall-manager").get(f"/api/v1/hall/sites/{site}/rules"))
    rules["businesses"] = [{"key": "general", "title": "综合业务", "capacity": 2},
                           {"key": "social", "title": "社保医保", "capacity": 1}]
    rules["booking"] |= {"hours": [{"from": "00:00", "until": "24:00"}], "slot_minutes": 60}
    ok(people("hall-manager").put(f"/api/v1/hall/sites/{site}/rules", json={"rules": rules}))


@pytest.mark.covers("R12.5")
def test_a_time_is_booked_changed_and_cancelled(deployment, people, new_page, viewport):
    site = "centre-430626"
    open_booking(people, site)
    page = new_page()
    sign_in(page, deployment, "agent")
    page.goto(f"/hall/{site}")
    page.get_by_role("link", name="预约时间").click()
    expect(page.get_by_text("90天内有3次约了不来，30天不能再约")).to_be_visible()
    page.get_by_role("link", name="社保医保").click()
    page.get_by_role("navigation", name="哪一天").get_by_role("link").last.click()
    fits_the_screen(page)
    shot(page, "hall-book")
    page.get_by_role("button", name="10:00—11:00").click()
    expect(page.get_by_text("已经约好了")).to_be_visible()
    code = page.locator(".copy").inner_text()
    fits_the_screen(page)
    shot(page, "appointments")
    mine = ok(people("agent").get("/api/v1/hall/appointments"))["items"][0]
    assert (mine["code"], mine["start"], mine["business"]) == (code, "10:00", "社保医保")
    # The one place of the slot is taken.
    wanted = {"business": "social", "day": mine["day"], "start": "10:00"}
    refused(people("father").post(f"/api/v1/hall/sites/{site}/appointments", json=wanted), 409, "hall.slot_full")
    refused(people("agent").post(f"/api/v1/hall/sites/{site}/appointments", json=wanted), 409, "hall.booking_held")
    refused(people("father").put(f"/api/v1/hall/appointments/{mine['id']}", json=wanted), 404,
            "hall.appointment_unknown")

    page.get_by_role("link", name="改时间").click()
    page.get_by_role("navigation", name="哪一天").get_by_role("link").last.click()
    page.get_by_role("button", name="11:00—12:00").click()
    expect(page.get_by_text("时间已经改好。")).to_be_visible()
    desk = new_page()
    sign_in(desk, deployment, "clerk-pingjiang")
    desk.goto(f"/staff/halls/{site}/appointments?day={mine['day']}")
    row = desk.get_by_role("row").filter(has_text=code)
    expect(row).to_contain_text("11:00—12:00")
    expect(row).to_contain_text("何**")
    expect(row).to_contain_text("社保医保")
    fits_the_screen(desk)
    shot(desk, "hall-appointments")
    listed = json.loads(deployment.run("hall", "appointments", site, "--day", mine["day"], "--json").stdout)
    assert mine["id"] in [line["id"] for line in listed]
    refused(people("clerk").get(f"/api/v1/hall/sites/{site}/appointments"), 403, "access.forbidden")

    page.get_by_role("button", name="取消预约").click()
    expect(page.get_by_text("预约已经取消。")).to_be_visible()
    inbox = new_page()
    sign_in(inbox, deployment, "agent")
    for _ in range(40):
        inbox.goto("/my/messages")
        if inbox.get_by_text("您约好了平江县政务服务中心").count():
            break
        inbox.wait_for_timeout(500)
    expect(inbox.get_by_text("您约好了平江县政务服务中心").first).to_be_visible()
    audit(deployment)


@pytest.mark.covers("R12.5")
def test_who_has_booked_tells_the_kiosk_by_a_code(deployment, people, new_page):
    site = "centre-430626"
    open_booking(people, site)
    retiree = people("retiree")
    slot = ok(retiree.get(f"/api/v1/hall/sites/{site}/slots"))["slots"][0]
    booked = ok(retiree.post(f"/api/v1/hall/sites/{site}/appointments",
                             json={"day": slot["day"], "start": slot["start"]}), 201)
    kiosk = new_page()
    kiosk.goto(kiosk_path(deployment, site))
    kiosk.get_by_label("六位预约码").fill(booked["code"])
    kiosk.get_by_role("button", name="报到").click()
    if booked["day"] == day(0):
        expect(kiosk.locator(".ticketno")).to_contain_text("B")
        ticket = ok(retiree.get("/api/v1/hall/appointments"))["items"][0]["ticket"]
        ok(retiree.post(f"/api/v1/hall/tickets/{ticket}/return"))
    else:
        # On a day of rest the first slot is on another day.
        expect(kiosk.get_by_role("alert")).to_contain_text("今天在这个大厅没有这个预约码")
        refused(retiree.post(f"/api/v1/hall/appointments/{booked['id']}/arrival"), 409, "hall.not_today")
        ok(retiree.post(f"/api/v1/hall/appointments/{booked['id']}/cancellation"))


def test_figures_are_told_to_who_manages_the_hall(deployment, people, new_page):
    clerk, manager = people("clerk"), people("hall-manager")
    serve_everybody(clerk)
    before = ok(manager.get(f"/api/v1/hall/sites/{SITE}/figures"))
    ok(clerk.post(f"/api/v1/hall/sites/{SITE}/desk-tickets", json={"ground": "soldier"}), 201)
    serve_everybody(clerk)
    after = ok(manager.get(f"/api/v1/hall/sites/{SITE}/figures"))
    counted = [sum(line["tickets"] for line in figures["classes"]) for figures in (before, after)]
    assert counted[1] == counted[0] + 1 and after["classes"][2]["median_wait"] is not None
    refused(clerk.get(f"/api/v1/hall/sites/{SITE}/figures"), 403, "access.forbidden")
    told = json.loads(deployment.run("hall", "figures", SITE, "--json").stdout)
    assert told == after
    page = new_page()
    sign_in(page, deployment, "hall-manager")
    page.goto("/staff/hall")
    page.get_by_role("link", name="数字").first.click()
    page.goto(f"/staff/halls/{SITE}/figures")
    expect(page.get_by_role("table", name="每天的数字")).to_be_visible()
    fits_the_screen(page)
    shot(page, "hall-figures")
    page.goto(f"/staff/halls/{SITE}/figures?from={day(1)}&until={day(0)}")
    expect(page.get_by_text("结束日期不能早于开始日期")).to_be_visible()


@pytest.mark.parametrize("edition", ["标准版", "长辈版"])
def test_pages_of_the_hall_have_no_barrier(deployment, people, new_page, edition):
    site = "centre-430626"
    open_booking(people, site)
    ticket = json.loads(deployment.run("hall", "ticket", site, "--ground", "disabled", "--json").stdout)["id"]
    found = []
    for role, paths in {
        "father": [f"/hall/{site}", f"/hall/{site}/screen", f"/hall/{site}/tickets/{ticket}",
                   kiosk_path(deployment, site), f"/hall/{site}/book", "/my/appointments", "/halls"],
        "clerk-pingjiang": ["/staff/hall", "/staff/hall/pingjiang-1", f"/staff/halls/{site}/appointments"],
        "hall-manager": [f"/staff/halls/{site}", f"/staff/halls/{site}/figures"],
    }.items():
        page = new_page(bypass_csp=True)
        sign_in(page, deployment, role)
        if edition == "长辈版":
            page.get_by_role("button", name="长辈版").click()
        for number, path in enumerate(paths):
            found += faults(page, path)
            fits_the_screen(page)
            if edition == "长辈版":
                shot(page, f"hall-elder-{role}-{number}")
    assert found == []
    ok(people("father").post(f"/api/v1/hall/tickets/{ticket}/return"))
