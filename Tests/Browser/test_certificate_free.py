"""Proofs that nobody may ask for, proofs that offices check among themselves, and the four exemptions (无证明城市)."""

import json

import pytest
from playwright.sync_api import expect

from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.browser import shot
from harness.days import day
from harness.journal import audit
from harness.people import ok, refused
from test_birth_story import fits_the_screen, sign_in

HEADING = "编码,名称,别名,索要单位,开具部门,依据,状态,怎样替代,开具渠道"
PROOFS = [
    "ZM001,无犯罪记录证明,无违法犯罪记录证明,市场监管、教体,公安,示例规定第一条,保留,,网上、掌上、线下",
    "ZM002,婚姻状况证明,单身证明,民政,民政,示例规定第二条,取消,由本人承诺,",
    "ZM003,户籍关系证明,,人社,公安,示例规定第三条,数据替代,公安户籍数据核验,",
    "ZM004,健在证明,,人社,社区,示例规定第四条,取消,由人社部门比对数据,",
]


def listed(deployment, tmp_path, rows=PROOFS):
    """The deployment with these proofs in its list."""
    path = tmp_path / "proofs.csv"
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    return deployment.run("certificate-free", "import", str(path), "--as", "proof-keeper", "--json")


@pytest.mark.covers("R14.1")
def test_the_list_is_imported_with_all_faults_at_once(deployment, tmp_path):
    path = tmp_path / "empty.csv"
    deployment.run("certificate-free", "template", str(path))
    assert "无犯罪记录证明" in path.read_text(encoding="utf-8-sig")
    path.write_text(f"{HEADING}\nZM001,,,市场监管,公安,依据,保留,,电话\nZM002,健在证明,,人社,社区,依据,废止,,\n", encoding="utf-8")
    told = deployment.run("certificate-free", "import", str(path), "--json", check=False)
    assert told.returncode != 0
    for text in ["第 2 行 B 列（名称）", "第 2 行 I 列（开具渠道）", "第 3 行 G 列（状态）"]:
        assert text in told.stdout + told.stderr
    dry = tmp_path / "proofs.csv"
    dry.write_text(f"{HEADING}\n{PROOFS[0]}\n", encoding="utf-8")
    before = deployment.run("certificate-free", "list", "--json").stdout
    deployment.run("certificate-free", "import", str(dry), "--dry-run")
    assert deployment.run("certificate-free", "list", "--json").stdout == before
    assert json.loads(listed(deployment, tmp_path).stdout)["rows"] == 4
    assert json.loads(listed(deployment, tmp_path).stdout)["changed"] == 0
    audit(deployment)


@pytest.mark.covers("R14.1")
def test_anybody_finds_a_cancelled_proof_and_reports_who_still_asks(deployment, people, api, tmp_path, new_page):
    listed(deployment, tmp_path)
    page = new_page()
    page.goto("/certificate-free/proofs")
    fits_the_screen(page)
    shot(page, "proofs")
    page.get_by_label("证明名称").fill("单身证明")
    page.get_by_role("button", name="找一找").click()
    page.get_by_role("link", name="婚姻状况证明").click()
    expect(page.get_by_role("heading", name="婚姻状况证明")).to_be_visible()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("哪个单位")
    page.get_by_label("哪个单位要的").fill("示例镇民政办")
    page.get_by_label("要您办什么").fill("办结婚登记时，窗口还要我到村里开单身证明。")
    fits_the_screen(page)
    shot(page, "proof-report")
    page.get_by_role("button", name="提交").click()
    code = page.locator(".caseno").inner_text()

    refused(api.post("/api/v1/certificate-free/proofs/ZM001/reports",
                     json={"organ": "某局", "text": "办事时要我开无犯罪记录证明，不知道为什么。"}),
            409, "certificate-free.proof_kept")
    legal = new_page()
    sign_in(legal, deployment, "catalogue-legal")
    legal.goto("/staff/hidden-approvals")
    legal.get_by_role("link", name="示例镇民政办").last.click()
    expect(legal.locator("main")).to_contain_text("证明“婚姻状况证明”（ZM002，已取消）")
    legal.get_by_label("属实，已经要求改正").check()
    legal.get_by_label("答复").fill("已经要求该镇改正，不再索要。")
    legal.get_by_role("button", name="办结并答复").click()
    page.goto("/hidden-approvals")
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("status")).to_contain_text("不再索要")

    refused(people("clerk").get("/api/v1/certificate-free/demands"), 403, "access.forbidden")
    assert ok(people("proof-keeper").get("/api/v1/certificate-free/demands"))["demands"] == []
    desk = new_page()
    sign_in(desk, deployment, "proof-keeper")
    for _ in range(60):
        desk.goto("/certificate-free/desk")
        if desk.get_by_role("table", name="群众反映的").count():
            break
        desk.wait_for_timeout(500)
    expect(desk.get_by_role("table", name="群众反映的")).to_contain_text("婚姻状况证明")
    fits_the_screen(desk)
    shot(desk, "proof-desk")
    audit(deployment)


@pytest.mark.covers("R14.1")
def test_a_theme_that_asks_for_a_cancelled_proof_is_found(deployment, people, tmp_path):
    asked = "ZM090,出生医学证明首次签发登记表,,卫健,卫健,示例规定第九条,{},,"
    listed(deployment, tmp_path, [asked.format("取消")])
    try:
        found = ok(people("proof-keeper").get("/api/v1/certificate-free/demands"))["demands"]
        assert [(line["proof"], line["material"]) for line in found] == [("ZM090", "出生医学证明首次签发登记表")]
        told = deployment.run("certificate-free", "check", check=False)
        assert told.returncode != 0 and "新生儿出生一件事" in told.stdout
        assert "已取消的证明" in deployment.run("doctor", check=False).stdout
    finally:
        listed(deployment, tmp_path, [asked.format("保留")])
    assert deployment.run("certificate-free", "check").returncode == 0


def case_of_mother(people) -> tuple[str, str]:
    """A submitted case of the mother: its identifier and its number."""
    mother = people("mother")
    body = {"theme": "birth", "division": "430600", "answers": ANSWERS, "form": form(new_child())}
    case = ok(mother.post("/api/v1/cases", json=body), 201)["id"]
    ok(mother.upload(case, PAPER_SLOT), 201)
    return case, ok(mother.post(f"/api/v1/cases/{case}/submission"))["number"]


@pytest.mark.covers("R14.12", "R14.15")
def test_a_department_asks_another_with_consent_and_the_person_sees_and_withdraws(
        deployment, people, tmp_path, new_page, viewport):
    listed(deployment, tmp_path)
    case, number = case_of_mother(people)
    health = people("officer-health")
    wanted = {"case_number": number, "proof": "ZM001", "purpose": "签发出生医学证明"}
    refused(health.post("/api/v1/certificate-free/queries", json=wanted), 422, "input.invalid")
    refused(health.post("/api/v1/certificate-free/queries",
                        json=wanted | {"proof": "ZM002", "ground": "法定职权", "legal_basis": "母婴保健法"}),
            409, "certificate-free.proof_cancelled")

    asker = new_page()
    sign_in(asker, deployment, "officer-health")
    asker.goto("/certificate-free/queries")
    asker.get_by_role("link", name="发起核验").click()
    asker.get_by_label("办件编号").fill("没有的编号")
    asker.get_by_role("button", name="下一步").click()
    expect(asker.get_by_role("alert")).to_contain_text("由您办理的件")
    asker.get_by_label("办件编号").fill(number)
    asker.get_by_role("button", name="下一步").click()
    asker.get_by_role("button", name="发起核验").click()
    expect(asker.get_by_role("alert")).to_contain_text("请选择要核验的证明")
    asker.get_by_label("核验哪种证明").select_option(label="无犯罪记录证明（由公安答复）")
    asker.get_by_label("用来办什么").fill("签发出生医学证明")
    asker.get_by_role("radio", name="本人同意").check()
    asker.get_by_label("看到哪天为止").fill(day(20))
    fits_the_screen(asker)
    shot(asker, "query-ask")
    asker.get_by_role("button", name="发起核验").click()
    expect(asker.locator("main")).to_contain_text("待本人同意")
    url = asker.url

    mother = new_page()
    sign_in(mother, deployment, "mother")
    for _ in range(60):
        mother.goto("/my/messages")
        if mother.get_by_role("link", name="想核验您的证明").count():
            break
        mother.wait_for_timeout(500)
    mother.get_by_role("link", name="想核验您的证明").first.click()
    mother.get_by_role("link", name="我的证明").last.click()
    mine = mother.locator("section.card").first
    expect(mine).to_contain_text("岳阳市卫生健康委员会")
    expect(mine).to_contain_text("签发出生医学证明")
    fits_the_screen(mother)
    shot(mother, "my-proofs")
    mine.get_by_role("button", name="同意核验", exact=True).click()
    expect(mother.locator("section.card").first).to_contain_text("待答复")

    police = new_page()
    sign_in(police, deployment, "officer-police")
    police.goto("/certificate-free/queries")
    fits_the_screen(police)
    shot(police, "query-list")
    police.get_by_role("link", name="无犯罪记录证明：李晓梅").last.click()
    police.get_by_role("button", name="答复").click()
    expect(police.get_by_role("alert")).to_contain_text("请选择符合、不符合或者查无")
    police.get_by_role("radio", name="符合 查到的和要证明的一致").check()
    fits_the_screen(police)
    shot(police, "query-answer")
    police.get_by_role("button", name="答复").click()
    expect(police.locator("main")).to_contain_text("答复时间")

    asker.goto(url)
    expect(asker.locator("main")).to_contain_text("符合")
    mother.goto("/certificate-free/mine")
    mother.locator("section.card").first.get_by_role("button", name="撤回同意").click()
    asker.goto(url)
    expect(asker.locator("main")).to_contain_text("本人撤回了同意，答复不再显示")
    assert json.loads(deployment.run("certificate-free", "overdue", "--json").stdout) == []
    audit(deployment)


@pytest.mark.covers("R14.7")
def test_a_person_applies_for_a_proof_online_and_gets_it_as_a_licence(deployment, people, tmp_path, new_page):
    listed(deployment, tmp_path)
    page = new_page()
    sign_in(page, deployment, "retiree")
    page.goto("/certificate-free/proofs/ZM001")
    page.get_by_role("link", name="网上申请开具").click()
    page.get_by_role("button", name="申请").click()
    expect(page.get_by_role("alert")).to_contain_text("开了用来办什么")
    page.get_by_label("用来办什么").fill("应聘保安")
    fits_the_screen(page)
    shot(page, "proof-apply")
    page.get_by_role("button", name="申请").click()
    expect(page.locator("section.card").first).to_contain_text("待答复")
    police = people("officer-police")
    waiting = ok(police.get("/api/v1/certificate-free/queries", params={"state": "待答复", "limit": 100}))["items"]
    mine = next(line for line in waiting if line["purpose"] == "应聘保安")
    refused(people("officer-health").post(f"/api/v1/certificate-free/queries/{mine['id']}/answer",
                                          json={"answer": "符合"}), 404, "resource.not_found")
    ok(police.post(f"/api/v1/certificate-free/queries/{mine['id']}/answer",
                   json={"answer": "符合", "note": "没有违法犯罪记录"}))
    page.reload()
    page.get_by_role("link", name="打开电子证明").first.click()
    expect(page.locator("main")).to_contain_text("没有违法犯罪记录")
    audit(deployment)


@pytest.mark.covers("R14.3", "R14.9", "R14.10", "R14.16")
def test_the_overview_counts_what_a_case_did_without(deployment, people, tmp_path, new_page):
    listed(deployment, tmp_path)
    refused(people("clerk").get("/api/v1/certificate-free/exemptions"), 403, "access.forbidden")
    leader = people("supervisor")
    refused(leader.get("/api/v1/certificate-free/exemptions", params={"from": "2026-99"}), 422, "input.invalid")

    def told() -> dict[str, dict[str, dict]]:
        groups = ok(leader.get("/api/v1/certificate-free/exemptions"))["groups"]
        return {group["title"]: {line["title"]: line for line in group["lines"]} for group in groups}

    before = told()
    case, _ = case_of_mother(people)
    materials = ok(people("mother").get(f"/api/v1/cases/{case}"))["materials"]
    desk = new_page()
    sign_in(desk, deployment, "supervisor")
    for _ in range(60):
        after = told()
        if after["免提交"]["不用交的材料"]["out_of"] >= before["免提交"]["不用交的材料"]["out_of"] + len(materials):
            break
        desk.wait_for_timeout(500)
    whole = [now["免提交"]["不用交的材料"] for now in (before, after)]
    assert whole[1]["count"] - whole[0]["count"] == len(materials) - 1, "all but the one paper"
    assert after["免填写"]["姓名"]["count"] == before["免填写"]["姓名"]["count"] + 1
    assert "出生医学证明" in after["互通互认"], "health issues it, the police take it"
    assert after["互通互认"]["跨部门互认的证照种类"]["target"] == 10
    desk.goto("/certificate-free/exemptions")
    expect(desk.get_by_role("region", name="免提交")).to_contain_text("不用交的材料")
    fits_the_screen(desk)
    shot(desk, "exemptions")
    desk.get_by_label("从哪个月").fill("今年")
    desk.get_by_role("button", name="统计").click()
    expect(desk.get_by_role("alert")).to_contain_text("不是月份")
    printed = deployment.run("certificate-free", "exemptions").stdout
    assert "免填写" in printed and "目标 100" in printed
    audit(deployment)
