"""跨域通办: two deployments that speak with each other, one of which is killed while messages are under way."""

import base64
import json
import os
import signal
import subprocess
import time
from contextlib import ExitStack

import pytest
import requests
from playwright.sync_api import expect

from harness.browser import new_context, shot
from harness.days import day
from harness.deployment import Deployment, initialised
from harness.files import PDF
from harness.journal import audit
from harness.people import People, ok, refused
from harness.programs import ROOT, program
from test_birth_story import fits_the_screen, sign_in

NUMBER = "跨域〔2026〕1号"
ONLINE = "跨域〔2026〕2号"
ID_NUMBER = "110101199003074477"


def settings(deployment: Deployment, code: str) -> None:
    path = deployment.data / "settings.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("\nplugins:") == 1, text
    assert text.count("\nplugin:\n") == 1, text
    path.write_text(text.replace("\nplugin:\n", f'\nplugin:\n  cross-region: {{code: "{code}"}}\n'), encoding="utf-8")


def agreement(partner: str, decider: str, **changes) -> dict:
    agency = {"agency": "labour"} if decider == "本方" else {}
    return {"partner": partner, "number": NUMBER, "mode": "异地代收代办", "decider": decider, "basis": "长江经济带协议（示例）",
            "starts_on": day(0),
            "items": [{"item": "S01", "title": "社会保险关系转移接续", "days": 5, **agency}]} | changes


class Region:
    """Two deployments made from the sample: 岳阳 collects and 苏州 decides, each a process that may be killed."""

    def __init__(self, stack: ExitStack, folder, first: str, second: str) -> None:
        self.here = self._initialise(stack, folder / "here", first, "430600")
        self.there = self._initialise(stack, folder / "there", second, "320500")
        self.processes: dict[str, subprocess.Popen] = {}
        for deployment in (self.here, self.there):
            self.start(deployment)
        stack.callback(self.stop)
        self._befriend(self.here, self.there, "430600", "320500", "苏州市")
        self._befriend(self.there, self.here, "320500", "430600", "岳阳市")
        self.clerk = stack.enter_context(People(self.here))("region-clerk")
        self.officer = stack.enter_context(People(self.there))("region-officer")

    @staticmethod
    def _initialise(stack: ExitStack, folder, database: str, code: str) -> Deployment:
        folder.mkdir()
        deployment = stack.enter_context(initialised(folder, database))
        settings(deployment, code)
        return deployment

    def _befriend(self, own: Deployment, other: Deployment, code: str, partner: str, name: str) -> None:
        card = own.data.parent / "partner.json"
        card.write_text(other.run("cross-region", "card", "--json").stdout, encoding="utf-8")
        own.run("cross-region", "partner", "--card", str(card), "--address", other.url, "--scope", "跨省", "--name", name,
                "--as", "region-keeper")
        paper = own.data.parent / "agreement.json"
        paper.write_text(json.dumps(agreement(partner, "对方" if code == "430600" else "本方")), encoding="utf-8")
        own.run("cross-region", "agree", str(paper), "--as", "region-keeper")
        online = agreement(partner, "对方" if code == "430600" else "本方", number=ONLINE, mode="全程网办")
        paper.write_text(json.dumps(online), encoding="utf-8")
        own.run("cross-region", "agree", str(paper), "--as", "region-keeper")

    def start(self, deployment: Deployment) -> None:
        port = deployment.url.rsplit(":", 1)[1]
        with deployment.log.open("ab") as output:
            process = subprocess.Popen([program("yiciban"), "serve", "--data", deployment.data, "--port", port], cwd=ROOT,
                                       stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        self.processes[deployment.url] = process
        for _ in range(600):
            assert process.poll() is None, deployment.log.read_text(encoding="utf-8")[-3000:]
            try:
                if requests.get(f"{deployment.url}/readyz", timeout=5).ok:
                    return
            except requests.ConnectionError:
                pass
            time.sleep(0.1)
        raise RuntimeError("not ready")

    def kill(self, deployment: Deployment) -> None:
        """kill -9: nothing is finished, nothing is said."""
        process = self.processes.pop(deployment.url)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
            process.wait(30)

    def file(self, **changes) -> str:
        body = {"filing": {"parts": [{"partner": "320500", "agreement": NUMBER, "item": "S01"}], "name": "张三",
                           "id_number": ID_NUMBER, "phone": "13800000000"} | changes,
                "papers": [{"name": "身份证.pdf", "content": base64.b64encode(PDF).decode()}]}
        return ok(self.clerk.post("/api/v1/cross-region/cases", json=body), 201)["cases"][0]["id"]

    def wait(self, person, case: str, state: str, papers: bool = True) -> dict:
        """The case once it has that state and its papers are there."""
        for _ in range(240):
            answer = person.get(f"/api/v1/cross-region/cases/{case}")
            if answer.status_code == 200:
                view = answer.json()
                if view["case"]["state"] == state and (not papers or all(p["is_here"] for p in view["papers"] + view["files"])):
                    return view
            time.sleep(0.25)
        raise AssertionError(f"{case} is not {state}: {answer.text}")

    def agree_in_the_end(self) -> dict:
        """`reconcile` on both sides, once nothing is under way any more."""
        for deployment, partner in ((self.here, "320500"), (self.there, "430600")):
            for _ in range(60):
                found = json.loads(deployment.run("cross-region", "reconcile", partner, "--json", check=False).stdout)[0]
                if found["sound"] and not found.get("differences"):
                    break
                deployment.run("cross-region", "resend", check=False)
                time.sleep(0.5)
            assert found["sound"] and not found["differences"], found
        return found


@pytest.fixture(scope="module", params=[("sqlite", "postgres")], ids=["sqlite-postgres"])
def region(request, tmp_path_factory):
    with ExitStack() as stack:
        yield Region(stack, tmp_path_factory.mktemp("region"), *request.param)


@pytest.mark.timeout(600)
@pytest.mark.covers("R13.6", "R13.7")
def test_no_case_is_lost_or_decided_twice_when_either_side_is_killed(region):
    cases = [region.file() for _ in range(4)]
    region.kill(region.there)
    cases += [region.file() for _ in range(4)]
    region.kill(region.here)
    region.start(region.there)
    region.start(region.here)
    for case in cases:
        region.wait(region.officer, case, "已提交")
    for number, case in enumerate(cases):
        ok(region.officer.post(f"/api/v1/cross-region/cases/{case}/acceptance"))
        if number == 3:
            # The collecting side falls while answers come back.
            region.kill(region.here)
    for number, case in enumerate(cases):
        body = {"is_granted": number % 2 == 0, "text": "示例结果",
                "files": [{"name": "结果.pdf", "content": base64.b64encode(PDF).decode()}]}
        ok(region.officer.post(f"/api/v1/cross-region/cases/{case}/decision", json=body))
        refused(region.officer.post(f"/api/v1/cross-region/cases/{case}/decision", json=body), 409, "cross-region.state")
        if number == 4:
            region.kill(region.there)
            region.start(region.there)
    region.start(region.here)
    for number, case in enumerate(cases):
        region.wait(region.clerk, case, "准予" if number % 2 == 0 else "不予")
    found = region.agree_in_the_end()
    # Application, paper, acceptance, decision and file of each.
    assert (found["cases"], found["messages"]) == (8, 40)
    figures = json.loads(region.here.run("cross-region", "figures", "--json").stdout)["scopes"]
    assert figures[2]["cases"] == 8 and figures[2]["visits"] == 16
    for deployment in (region.here, region.there):
        audit(deployment)


@pytest.mark.timeout(600)
@pytest.mark.covers("R13.4", "R13.5", "R13.8")
def test_a_window_collects_the_other_city_decides_and_the_applicant_sees_one_page(region, browser, viewport):
    def page_of(deployment):
        return new_context(browser, viewport, base_url=deployment.url).new_page()

    window = page_of(region.here)
    sign_in(window, region.here, "region-clerk")
    window.goto("/cross-region/collect/new")
    window.get_by_role("button", name="提交", exact=True).click()
    expect(window.get_by_role("alert")).to_contain_text("请选择要办的事项")
    window.get_by_label("苏州市　社会保险关系转移接续").check()
    window.get_by_label("申请人姓名").fill("李四")
    window.get_by_label("公民身份号码").fill(ID_NUMBER)
    window.get_by_label("收取的原件").fill("户口簿原件一本")
    window.get_by_label("材料", exact=True).set_input_files({"name": "身份证.pdf", "mimeType": "application/pdf", "buffer": PDF})
    fits_the_screen(window)
    shot(window, "region-form")
    window.get_by_role("button", name="提交", exact=True).click()
    expect(window.get_by_role("heading", level=1)).to_have_text("社会保险关系转移接续")
    case = window.url.rsplit("/", 1)[1]
    window.get_by_label("快递公司").fill("邮政")
    window.get_by_label("快递单号").fill("EMS0001")
    window.get_by_role("button", name="登记寄出原件").click()
    expect(window.get_by_text("受理地寄出原件，邮政 EMS0001")).to_be_visible()
    fits_the_screen(window)
    shot(window, "region-collected")

    region.wait(region.officer, case, "已提交")
    office = page_of(region.there)
    sign_in(office, region.there, "region-officer")
    office.goto("/cross-region/inbox")
    fits_the_screen(office)
    shot(office, "region-inbox")
    office.goto(f"/cross-region/cases/{case}")
    office.get_by_label("要补正的内容").fill("缺参保凭证\n缺户口簿首页")
    office.get_by_role("button", name="告知补正").click()
    expect(office.get_by_text("待补正")).to_be_visible()

    region.wait(region.clerk, case, "待补正")
    window.goto(f"/cross-region/cases/{case}")
    expect(window.get_by_role("listitem").filter(has_text="缺参保凭证")).to_be_visible()
    window.get_by_label("补交的材料").set_input_files({"name": "凭证.pdf", "mimeType": "application/pdf", "buffer": PDF})
    window.get_by_role("button", name="提交补正").click()
    region.wait(region.officer, case, "已提交")
    office.goto(f"/cross-region/cases/{case}")
    office.get_by_role("button", name="受理", exact=True).click()
    office.get_by_label("准予", exact=True).check()
    office.get_by_label("告诉申请人").fill("准予转移，凭证随快递寄出。")
    office.get_by_label("结果文件").set_input_files({"name": "结果.pdf", "mimeType": "application/pdf", "buffer": PDF})
    fits_the_screen(office)
    shot(office, "region-decision")
    office.get_by_role("button", name="办结", exact=True).click()
    expect(office.get_by_text("准予转移，凭证随快递寄出。")).to_be_visible()

    view = region.wait(region.clerk, case, "准予")
    applicant = page_of(region.here)
    applicant.goto("/cross-region/progress")
    applicant.get_by_label("查询号").fill(view["number"])
    applicant.get_by_label("申请人身份证号码的后六位").fill("000000")
    applicant.get_by_role("button", name="查进度").click()
    expect(applicant.get_by_role("alert")).to_contain_text("没有找到")
    applicant.get_by_label("申请人身份证号码的后六位").fill(ID_NUMBER[-6:])
    applicant.get_by_role("button", name="查进度").click()
    expect(applicant.get_by_text("准予转移，凭证随快递寄出。")).to_be_visible()
    expect(applicant.get_by_text("受理窗口寄出原件，邮政 EMS0001")).to_be_visible()
    fits_the_screen(applicant)
    shot(applicant, "region-progress")
    applicant.goto("/cross-region/items?scope=跨省")
    expect(applicant.get_by_role("listitem").filter(has_text="苏州市").first).to_contain_text("异地代收代办")
    applicant.get_by_role("button", name="长辈版").click()
    fits_the_screen(applicant)
    shot(applicant, "region-items-elder")
    region.agree_in_the_end()
    for page in (window, office, applicant):
        page.context.close()


@pytest.mark.timeout(300)
@pytest.mark.covers("R13.5")
def test_an_applicant_files_online_and_fetches_the_result(region, browser, viewport):
    page = new_context(browser, viewport, base_url=region.here.url).new_page()
    sign_in(page, region.here, "mother", at="/sign-in")
    page.goto("/cross-region/apply")
    page.get_by_label("苏州市　社会保险关系转移接续").check()
    page.get_by_label("材料", exact=True).set_input_files({"name": "凭证.pdf", "mimeType": "application/pdf", "buffer": PDF})
    fits_the_screen(page)
    shot(page, "region-apply")
    page.get_by_role("button", name="提交", exact=True).click()
    case = page.url.rsplit("/", 1)[1]
    refused(region.clerk.post("/api/v1/cross-region/cases", json={"filing": {
        "parts": [{"partner": "320500", "agreement": ONLINE, "item": "S01"}], "name": "张三", "id_number": ID_NUMBER}}),
        422, "input.invalid")

    view = region.wait(region.officer, case, "已提交")
    assert view["name"] == region.here.account("mother").name
    ok(region.officer.post(f"/api/v1/cross-region/cases/{case}/acceptance"))
    ok(region.officer.post(f"/api/v1/cross-region/cases/{case}/decision", json={
        "is_granted": True, "text": "准予转移。", "files": [{"name": "结果.pdf", "content": base64.b64encode(PDF).decode()}]}))
    for _ in range(120):
        page.goto(f"/cross-region/cases/{case}")
        if page.get_by_role("link", name="结果.pdf").count():
            break
        page.wait_for_timeout(500)
    with page.expect_download() as download:
        page.get_by_role("link", name="结果.pdf").click()
    assert download.value.path().read_bytes() == PDF
    page.goto("/cross-region/mine")
    expect(page.get_by_text("准予转移。").first).to_be_visible()
    page.get_by_role("link", name="社会保险关系转移接续").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("社会保险关系转移接续")
    # Neither the window nor another applicant sees it.
    refused(region.clerk.get(f"/api/v1/cross-region/cases/{case}"), 404, "resource.not_found")
    with People(region.here) as others:
        refused(others("father").get(f"/api/v1/cross-region/cases/{case}"), 404, "resource.not_found")
    page.context.close()


@pytest.mark.covers("R13.1", "R13.2", "R13.3")
def test_lists_are_kept_at_the_desk_and_shown_to_everybody(deployment, people, api, new_page, viewport):
    keeper = people("region-keeper")
    code = f"T-{viewport.name}"
    body = {"scope": "省内", "code": code, "title": f"示例通办事项{code}", "department": "人社", "place": "湖南省各市州",
            "starts_on": day(0)}
    refused(people("clerk").post("/api/v1/cross-region/items", json=body), 403, "access.forbidden")
    item = ok(keeper.post("/api/v1/cross-region/items", json=body), 201)
    refused(keeper.post("/api/v1/cross-region/items", json=body), 409, "cross-region.listed_already")

    desk = new_page()
    sign_in(desk, deployment, "region-keeper")
    desk.goto("/cross-region/desk")
    form = desk.locator("form[action='/cross-region/desk/items']")
    form.get_by_label("事项代号").fill(code)
    form.get_by_role("button", name="列入清单").click()
    expect(desk.get_by_role("alert")).to_contain_text("请填写事项名称")
    fits_the_screen(desk)
    shot(desk, "region-desk")
    form.get_by_label("范围").select_option("跨省")
    form.get_by_label("事项名称").fill("示例跨省事项")
    form.get_by_label("业务部门").fill("人社")
    form.get_by_label("在哪里可以办").fill("全市各级政务服务大厅")
    form.get_by_role("button", name="列入清单").click()
    expect(desk.get_by_role("alert")).to_have_count(0)

    page = new_page()
    page.goto("/cross-region/items?scope=省内")
    expect(page.get_by_text("目标 300 项")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=f"示例通办事项{code}")).to_be_visible()
    fits_the_screen(page)
    shot(page, "region-items")
    listed = ok(api.get("/api/v1/cross-region/items", params={"scope": "跨省"}))["items"]
    assert code in [line["code"] for line in listed]
    for found in [item["id"]] + [line["id"] for line in listed if line["code"] == code]:
        ok(keeper.post(f"/api/v1/cross-region/items/{found}/end", json={"day": day(0), "reason": "示例撤下"}))
    assert code not in [line["code"] for line in ok(api.get("/api/v1/cross-region/items", params={"scope": "省内"}))["items"]]
    audit(deployment)
