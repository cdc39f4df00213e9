"""The catalogue as its owners keep it: a province's spreadsheet, four hands, publication, and who can read it."""

import json
import random
import re
import subprocess
import sys

import openpyxl
import pytest
from playwright.sync_api import expect

from harness.browser import shot
from harness.journal import audit
from harness.memory import measured
from harness.people import ok
from harness.programs import ROOT, program
from test_birth_story import fits_the_screen, sign_in

ORGAN = "11430626MYY000196F"
HEADINGS = [
    "*实施编码", "事项名称（全称）", "task_type", "by_law", "服务对象", "受理条件", "申请材料", "办理流程", "是否收费", "anticipate_day",
    "anticipate_type", "承诺办结时限", "办件类型", "咨询方式", "监督投诉方式", "办理地点", "办理时间", "省里多出的一列"]


def row(serial: int, **changes) -> list:
    cells = {
        "code": f"{ORGAN}4000723{serial:03d}000", "title": f"示例事项{serial}", "kind": "07", "law": "母婴保健法",
        "audience": "自然人", "conditions": "在本县出生", "materials": "身份证｜原件｜1｜必要｜申请人自备\n登记表", "steps": "受理→决定",
        "fee": "否", "legal": 20, "unit": "1", "promise": "3个工作日", "handling": "承诺件", "contact": "0730-1",
        "complaints": "12345", "place": "政务中心", "hours": "工作日", "extra": "x"} | changes
    return list(cells.values())


def workbook(path, rows: list[list]) -> str:
    """A spreadsheet by another program than ours."""
    book = openpyxl.Workbook()
    book.active.title = "省级目录"
    book.active.append(HEADINGS)
    for line in rows:
        book.active.append(line)
    book.save(path)
    return str(path)


@pytest.mark.timeout(240)
@pytest.mark.covers("R02.3", "R02.4", "R02.8", "R02.10")
def test_a_provincial_list_passes_four_hands_and_is_read_by_everybody(deployment, people, new_page, tmp_path):
    editor = new_page()
    sign_in(editor, deployment, "catalogue-editor")
    editor.goto("/staff/catalogue")
    fits_the_screen(editor)
    shot(editor, "catalogue")

    base = random.randrange(100, 900)
    first, second, third = (f"示例事项{serial}" for serial in range(base, base + 3))

    # Faults come all at once, with their places, and nothing is imported.
    bad = workbook(tmp_path / "错.xlsx", [
        row(base), row(base + 1, promise="尽快"), row(base + 2, title="", code="12345")])
    editor.locator("#file").set_input_files(bad)
    editor.get_by_role("button", name="检查并导入").click()
    expect(editor.get_by_role("status").first).to_contain_text("3 处错误")
    places = editor.locator("tbody th").all_inner_texts()
    assert sorted(re.match(r"第 \d+ 行 [A-Z]+ 列", place)[0] for place in places) == [
        "第 3 行 L 列", "第 4 行 A 列", "第 4 行 B 列"]
    expect(editor.locator("main")).to_contain_text("省里多出的一列")
    shot(editor, "catalogue-faults")

    good = workbook(tmp_path / "清单.xlsx", [row(base), row(base + 1), row(base + 2, place="")])
    editor.locator("#file").set_input_files(good)
    editor.locator("#basis").fill("湘政办函〔2026〕1号")
    editor.get_by_role("button", name="检查并导入").click()
    expect(editor.get_by_role("heading", level=1)).to_contain_text("清单.xlsx")
    expect(editor.locator("main")).to_contain_text("1 个事项的要素不全")
    batch = editor.url
    # A reviewer finds one of thousands.
    editor.goto(f"{batch}?only=incomplete")
    expect(editor.locator("ul.rows li")).to_have_count(1)
    editor.get_by_label("名称、单位、编码或内容").fill("没有%这个")
    editor.get_by_role("button", name="查找").click()
    expect(editor.locator("main")).to_contain_text("没有符合的事项")
    editor.get_by_role("link", name="看全部").click()
    expect(editor.locator("ul.rows li")).to_have_count(3)
    editor.get_by_role("button", name="送审").click()
    expect(editor.get_by_role("alert")).to_contain_text("办理地点")
    shot(editor, "catalogue-batch")

    # The editor shows what the checker finds while one types.
    editor.get_by_role("link", name=third).click()
    expect(editor.locator("#findings")).to_contain_text("办理地点")
    editor.locator('[name="cell.promised_limit"]').fill("30个工作日")
    expect(editor.locator("#findings")).to_contain_text("长于法定时限")
    editor.locator('[name="cell.promised_limit"]').fill("5个工作日")
    editor.locator('[name="cell.place"]').fill("平江县政务服务中心")
    materials = editor.get_by_role("group", name="申请材料", exact=True)
    entries = materials.locator("fieldset").count()
    materials.get_by_role("button", name="再加几条申请材料").click()
    expect(materials.locator("fieldset")).to_have_count(entries + 3)
    materials.locator("fieldset").last.get_by_label("名称").fill("委托书")
    expect(editor.locator('[name="cell.place"]')).to_have_value("平江县政务服务中心")
    editor.locator('[name="cell.promised_limit"]').fill("5个工作日")
    expect(editor.locator("#findings")).to_contain_text("七类要素齐全")
    fits_the_screen(editor)
    shot(editor, "catalogue-item")
    editor.get_by_role("button", name="保存到这次调整").click()
    expect(editor.get_by_role("heading", level=1)).to_contain_text("清单.xlsx")
    editor.get_by_role("button", name="送审").click()
    expect(editor.locator(".eyebrow")).to_have_text("部门审核")

    # Nobody does two steps; what is sent back says why.
    for role, button in (("catalogue-reviewer", "通过"), ("catalogue-legal", "通过"), ("catalogue-approver", "批准并发布")):
        page = new_page()
        sign_in(page, deployment, role)
        page.goto(batch)
        fits_the_screen(page)
        page.get_by_role("button", name=button).click()
        expect(page.locator("main")).to_contain_text("审核经过")
    expect(page.locator(".eyebrow")).to_have_text("已发布")
    shot(page, "catalogue-published")

    # Everybody reads the same record.
    visitor = new_page()
    visitor.goto("/items")
    fits_the_screen(visitor)
    visitor.get_by_role("searchbox").fill(third)
    visitor.get_by_role("button", name="找一找").click()
    shot(visitor, "items")
    visitor.get_by_role("link", name=third).first.click()
    expect(visitor.locator("main")).to_contain_text("5个工作日")
    expect(visitor.locator("main")).to_contain_text("平江县政务服务中心")
    expect(visitor.locator("main")).to_contain_text("委托书")
    fits_the_screen(visitor)
    shot(visitor, "item")
    code = visitor.url.rsplit("/", 1)[1]
    api = ok(people("mother").get(f"/api/v1/items/{code}"))
    shown = json.loads(deployment.run("item", "show", code, "--json").stdout)
    assert api["hash"] == shown["hash"] and api["item"]["title"] == third
    assert visitor.locator(".edition .mono").inner_text() == api["hash"][:12]
    exported = tmp_path / "out.xlsx"
    deployment.run("item", "export", str(exported))
    titles = [cells[2].value for cells in openpyxl.load_workbook(exported).active.iter_rows(min_row=2)]
    assert {first, second, third} <= set(titles)
    audit(deployment)


def test_what_can_not_be_done_leaves_nothing_behind(deployment, tmp_path):
    before = deployment.run("item", "batches", "--json").stdout
    refused = deployment.run("item", "suspend", "没有这个编码", "--basis", "湘政发〔2026〕1号", check=False)
    assert refused.returncode != 0 and deployment.run("item", "batches", "--json").stdout == before
    assert "--basis" in deployment.run("item", "suspend", "x", "--basis", " ", check=False).stderr
    assert ".xlsx" in deployment.run("item", "export", str(tmp_path / "x.pdf"), check=False).stderr
    out = tmp_path / "x.csv"
    deployment.run("item", "export", str(out))
    assert "--overwrite" in deployment.run("item", "export", str(out), check=False).stderr
    deployment.run("item", "export", str(out), "--overwrite")
    assert "请填写清单名称" in deployment.run("item", "list-publish", "--division", "430626", "--title", " ", check=False).stderr


@pytest.mark.timeout(600)
def test_twenty_thousand_items_are_imported_in_little_memory_and_survive_a_kill(deployment, tmp_path):
    listed = json.loads(deployment.run("item", "list", "--limit", "500", "--json").stdout)["items"]
    known = sum("（首次申请）（示例）" in line["title"] for line in listed)
    path = tmp_path / "items.csv"
    subprocess.run([sys.executable, ROOT / "Scripts/sample-catalogue", path, "--items", "20000"], check=True)
    command = [program("yiciban"), "item", "import", path, "--basis", "示例文件", "--data", deployment.data]

    # Killed in the middle; the next run finishes with the same batch.
    importing = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for line in importing.stdout:
        if line.startswith("已写入 3000"):
            importing.kill()
            break
    importing.wait()
    half = next(batch for batch in json.loads(deployment.run("item", "batches", "--json").stdout)
                if batch["title"] == "导入 items.csv")
    said, peak = measured([*command, "--json"])
    assert json.loads(said)["batch"] == half["id"]
    assert peak < 256 << 10, f"{peak} kilobytes"
    counts = json.loads(deployment.run("item", "batch", half["id"], "--json").stdout)["counts"]
    assert counts == {"add": 20000 - known}, "what the sample has published already is the same"
    deployment.run("item", "discard", half["id"], "--yes")
