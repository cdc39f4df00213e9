"""Proofs that nobody may ask for, proofs that offices check among themselves, and the four exemptions (无证明城市)."""

import json

import pytest
from playwright.sync_api import expect

from harness.browser import shot
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
