"""An agency's administrator and its people: posts, leave with a stand-in, departure, and the alarm about work nobody may do."""

import json
import re

from playwright.sync_api import expect

from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.browser import new_context, shot, watched
from harness.deployment import initialised, served
from harness.journal import audit, events
from harness.api import Api
from harness.people import People, ok, refused
from test_birth_story import fits_the_screen

import pytest

GRANT = {"results": {"birth-certificate": {"number": "P430000001", "issued_on": "2026-11-02"}}}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def office(request, tmp_path_factory):
    """A deployment of its own, whose civil affairs officer becomes the health office's administrator."""
    with initialised(tmp_path_factory.mktemp(f"people-{request.param}"), request.param) as deployment:
        deployment.run("account", "assign", deployment.account("officer-civil").username,
                       "--agency", "岳阳市卫生健康委员会", "--role", "agency-admin")
        with served(deployment, "yiciban"):
            yield deployment


def posts(deployment, login: str) -> list[dict]:
    return json.loads(deployment.run("account", "posts", login, "--json").stdout)


def administrator(deployment) -> list[str]:
    """`--as` and `--post` of the administrator."""
    login = deployment.account("officer-civil").username
    post = next(post["id"] for post in posts(deployment, login) if "卫生健康" in post["agency"])
    return ["--as", login, "--post", post]


def staff(deployment, *arguments: str, check: bool = True):
    return deployment.run("staff", *arguments, *administrator(deployment), check=check)


def people_of(deployment) -> dict[str, dict]:
    return {entry["login_name"]: entry for entry in json.loads(staff(deployment, "list", "--json").stdout)}


def signed_in(page, deployment, login: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("登录名、手机号或身份证号").fill(login)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录").click()


def open_case(people) -> dict:
    mother = people("mother")
    case = ok(mother.post("/api/v1/cases", json={"theme": "birth", "answers": ANSWERS, "form": form(new_child())}), 201)
    ok(mother.upload(case["id"], PAPER_SLOT), 201)
    ok(mother.post(f"/api/v1/cases/{case['id']}/submission"))
    return ok(people("clerk").post(f"/api/v1/cases/{case['id']}/acceptance"))


def test_the_administrator_works_in_the_console(office, browser, viewport):
    account = office.account("officer-civil")
    context = new_context(browser, viewport, base_url=office.url)
    page = context.new_page()
    with watched(page):
        signed_in(page, office, account.username, account.password)
        page.goto("/acting")
        page.get_by_role("radio", name=re.compile("卫生健康")).or_(page.get_by_role("button", name=re.compile("卫生健康"))).first.click()
        if page.url.endswith("/acting"):
            page.get_by_role("button", name=re.compile("切换|确定")).first.click()
        page.get_by_role("link", name="人员管理").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("人员管理")
        fits_the_screen(page)
        shot(page, "people")
        page.get_by_role("link", name="新增人员").click()
        page.get_by_role("button", name="新增").click()
        expect(page.get_by_role("alert")).to_contain_text("请选择单位")
        login = f"zhang.{viewport.name}"
        page.get_by_label("姓名").fill("张示例")
        page.get_by_label("登录名").fill(login)
        page.get_by_label("单位").select_option(label="岳阳市卫生健康委员会")
        page.get_by_label("部门审批人员").check()
        assert page.get_by_label("系统管理员").count() == 0, "only what may be given is offered"
        fits_the_screen(page)
        shot(page, "person-new")
        page.get_by_role("button", name="新增").click()
        expect(page.get_by_role("status")).to_contain_text("初始密码只显示这一次")
        fits_the_screen(page)
        shot(page, "person")
        page.goto("/staff/people")
        page.get_by_role("link", name="张示例").first.click()
        page.get_by_role("button", name="登记请假").click()
        expect(page.get_by_role("alert")).to_be_visible()
        fits_the_screen(page)
        page.get_by_role("button", name="停用账号").click()
        expect(page.get_by_role("status")).to_contain_text("账号已停用")
        page.get_by_role("button", name="恢复账号").click()
        expect(page.get_by_role("status")).to_contain_text("账号已恢复")
    context.close()
    clerk = office.account("clerk")
    context = new_context(browser, viewport, base_url=office.url)
    page = context.new_page()
    signed_in(page, office, clerk.username, clerk.password)
    assert page.goto("/staff/people").status == 403
    context.close()


def test_a_stand_in_decides_and_who_accepted_does_not(office):
    health = office.account("officer-health").username
    made = json.loads(staff(office, "add", "bgang", "--name", "毕示例", "--agency", "岳阳市卫生健康委员会",
                            "--role", "officer", "--json").stdout)
    outside = staff(office, "add", "other", "--name", "欧示例", "--agency", "岳阳市公安局", "--role", "officer", check=False)
    assert outside.returncode != 0 and "只能安排在本单位" in outside.stderr
    raised = staff(office, "add", "other", "--name", "欧示例", "--agency", "岳阳市卫生健康委员会", "--role", "operator", check=False)
    assert raised.returncode != 0 and "不能授予" in raised.stderr
    with People(office) as people:
        case = open_case(people)
        assert people_of(office)[health]["posts"]
        # The officer is away and the stand-in is suspended: the alarm says whose work lies.
        from harness.days import day
        staff(office, "leave", health, "--from", day(0), "--until", day(5), "--stand-in", "bgang")
        assert people_of(office)[health]["on_leave"]
        staff(office, "suspend", "bgang")
        others = [login for login, entry in people_of(office).items()
                  if login not in (health, "bgang", office.account("officer-civil").username) and not entry["suspended"]]
        for login in others:
            staff(office, "suspend", login)
        doctor = office.run("doctor", check=False)
        assert "没有在岗的审批人员" in doctor.stdout and "岳阳市卫生健康委员会" in doctor.stdout
        metrics = Api(office.url).get("/metrics").text
        assert re.search(r'work_unowned\{kind="no-decider"\} [1-9]', metrics), metrics
        staff(office, "resume", "bgang")
        assert "没有在岗的审批人员" not in office.run("doctor", check=False).stdout

        # The stand-in decides in its own name.
        with Api(office.url) as stand_in:
            session = ok(stand_in.post("/api/v1/sessions", json={"name": "bgang", "password": made["password"]}), 201)
            stand_in.headers["Authorization"] = f"Bearer {session['token']}"
            new = ok(stand_in.put("/api/v1/me/password", json={"current": made["password"], "new": "Correct-Horse-9"}))
            stand_in.headers["Authorization"] = f"Bearer {new['token']}"
            tasks = ok(stand_in.get("/api/v1/tasks"))["items"]
            assert case["number"] in {task["number"] for task in tasks}
            ok(stand_in.post(f"/api/v1/cases/{case['id']}/items/P01/grant", json=GRANT))
        assert "case.item_decided P01 granted" in events(office, case["id"])

        # Who accepted stands in for an officer and may not decide that case; the alarm says so.
        second = open_case(people)
        clerk = office.account("clerk").username
        staff(office, "return", health)
        office.run("account", "assign", clerk, "--agency", "岳阳市卫生健康委员会", "--role", "officer")
        post = next(post["id"] for post in posts(office, clerk) if "卫生健康" in post["agency"])
        wrong = office.run("case", "grant", second["number"], "P01", "--value", "birth-certificate.number=P430000002",
                           "--value", "birth-certificate.issued_on=2026-11-02", "--as", clerk, "--post", post, check=False)
        assert wrong.returncode != 0 and "受理、审批分离" in wrong.stderr
        for login in ["bgang", health]:
            staff(office, "suspend", login)
        assert "不能自己审批" in office.run("doctor", check=False).stdout
        staff(office, "resume", health)

        # Departure: the colleague takes over, the account is closed.
        staff(office, "resume", "bgang")
        gone = staff(office, "depart", "bgang", "--to", health, "--yes")
        assert "已交给" in gone.stdout
        with Api(office.url) as stranger:
            refused(stranger.post("/api/v1/sessions", json={"name": "bgang", "password": "Correct-Horse-9"}),
                    403, "identity.account_disabled")
    audit(office)
