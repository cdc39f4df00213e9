"""The staff console beside the main story: the officers' list before the acceptance, results entered in batches."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect

from harness.birth import ANSWERS, PAPER_SLOT, child_id, form, new_child
from harness.browser import shot
from harness.people import People, ok
from test_birth_story import fits_the_screen, sign_in

COLUMNS = ["办件编号", "部门办件号", "户口簿编号（户号）", "孩子的公民身份号码", "登记日期"]


def submitted(people: People) -> dict:
    mother = people("mother")
    body = {"theme": "birth", "answers": ANSWERS, "form": form(new_child())}
    case = ok(mother.post("/api/v1/cases", json=body), 201)["id"]
    ok(mother.upload(case, PAPER_SLOT), 201)
    return ok(mother.post(f"/api/v1/cases/{case}/submission"))


def ready_for_the_police(people: People) -> dict:
    """A case whose birth certificate was issued, so that the household register is next."""
    case = submitted(people)
    ok(people("clerk").post(f"/api/v1/cases/{case['id']}/acceptance"))
    return ok(people("officer-health").post(f"/api/v1/cases/{case['id']}/items/P01/grant", json={"results": {
        "birth-certificate": {"number": f"P{case['number'][-9:]}", "issued_on": "2026-11-02"}}}))


def household(people: People, case: dict) -> dict:
    items = ok(people("officer-police").get(f"/api/v1/cases/{case['id']}"))["items"]
    return next(entry for entry in items if entry["id"] == "P03")


def tabbed(*rows: list[str]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def at_the_sheet(page: Page, deployment) -> None:
    sign_in(page, deployment, "officer-police")
    page.goto("/staff/results")
    page.get_by_role("main").get_by_role("link", name="出生登记（户口）").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("批量登记：出生登记（户口）")
    assert page.locator(".columns b").all_inner_texts() == COLUMNS
    fits_the_screen(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_each_pasted_row_is_told_its_outcome_and_what_failed_is_kept(deployment, people, new_page, scripts):
    good, early = ready_for_the_police(people), submitted(people)
    page = new_page(java_script_enabled=scripts)
    at_the_sheet(page, deployment)
    rows = [
        [good["number"], "HJ-1", f"H{good['number'][-6:]}", child_id(), "2026/11/3"],
        [good["number"], "", "H2", "123", "下周"],
        [early["number"], "", "H3", child_id(), "2026-11-03"],
        ["没有这一件", "", "H4", child_id(), "2026-11-03"],
    ]
    # One after the other in the same list: the second row of that case comes too late.
    page.locator("#rows").fill(tabbed(COLUMNS, *rows))
    page.get_by_role("button", name="核对并登记").click()
    expect(page.get_by_role("status")).to_contain_text("共 4 行：登记 1 行，没有登记 3 行")
    told = page.locator("tbody tr")
    assert told.locator("td[data-label=行]").all_inner_texts() == ["3", "4", "5", "2"], "what failed comes first"
    expect(told.nth(1)).to_contain_text("待受理")
    expect(told.nth(2)).to_contain_text("没有这个编号的办件")
    expect(told.nth(3)).to_contain_text("已登记")
    expect(page.locator("#rows")).to_have_value(tabbed(COLUMNS, *rows[1:]))
    fits_the_screen(page)
    shot(page, "batch")
    item = household(people, good)
    assert (item["state"], item["outside_number"]) == ("decided", "HJ-1")
    assert item["results"][0]["result"] == "household-register"

    # Sent once more, nothing is entered twice.
    page.get_by_role("button", name="核对并登记").click()
    expect(page.get_by_role("status")).to_contain_text("登记 0 行")
    expect(page.locator("tbody")).to_contain_text("已经办结")


def test_a_table_that_cannot_be_used_comes_back_as_it_was_typed(deployment, people, new_page):
    page = new_page()
    at_the_sheet(page, deployment)
    typed = tabbed(["办件编号", "户主的名字"], ["N1", "<b>陈</b>"])
    page.locator("#rows").fill(typed)
    page.get_by_role("button", name="核对并登记").click()
    expect(page.get_by_role("alert")).to_contain_text("“户主的名字”不是这张表的列")
    expect(page.locator("#rows")).to_have_value(typed)
    page.locator("#rows").fill("")
    page.get_by_role("button", name="核对并登记").click()
    expect(page.get_by_role("alert")).to_contain_text("还没有要登记的内容")


def test_the_empty_table_is_downloaded_filled_in_and_sent_back(deployment, people, new_page, tmp_path):
    case = ready_for_the_police(people)
    page = new_page(accept_downloads=True)
    at_the_sheet(page, deployment)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载空白表格").click()
    sheet = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert sheet[0] == ",".join(f'"{column}"' for column in COLUMNS)
    line = next(line for line in sheet if case["number"] in line)

    # As a Chinese spreadsheet saves it.
    filled = "\r\n".join([sheet[0], f"{line},,H{case['number'][-6:]},{child_id()},2026年11月3日"]) + "\r\n"
    page.locator("summary", has_text="上传一个文件").click()
    page.locator("#file").set_input_files(
        {"name": "结果.csv", "mimeType": "text/csv", "buffer": BytesIO(filled.encode("gbk")).getvalue()})
    page.get_by_role("button", name="上传并登记").click()
    expect(page.get_by_role("status")).to_contain_text("1 行全部登记")
    assert household(people, case)["state"] == "decided"


def test_an_item_of_another_agency_is_not_found(deployment, new_page):
    page = new_page()
    sign_in(page, deployment, "officer-health")
    assert page.goto("/staff/results/birth/P03").status == 404
    page.goto("/staff/results")
    expect(page.locator("main")).to_contain_text("不需要批量登记")


@pytest.mark.covers("R12.1")
def test_an_officer_sees_on_the_terminal_what_is_not_accepted_yet(deployment, people):
    case = submitted(people)
    assert case["number"] in deployment.run("case", "reviews", "--as", "officer-police", "--limit", "200").stdout
    assert case["number"] not in deployment.run("case", "tasks", "--as", "officer-police", "--limit", "200").stdout


def test_whose_which_and_by_when_stand_before_the_decision_on_a_phone(deployment, people, new_page):
    case = ready_for_the_police(people)
    page = new_page()
    sign_in(page, deployment, "officer-police")
    page.goto(f"/staff/tasks/{case['id']}/P03")
    above = page.locator("h1, .brief, main h2").all()
    tops = [element.bounding_box()["y"] for element in above if element.inner_text() in ("出生登记（户口）", "材料", "办理")]
    brief = page.locator(".brief")
    expect(brief).to_contain_text(case["number"])
    expect(brief).to_contain_text("李晓梅")
    expect(brief).to_contain_text("到期")
    assert tops == sorted(tops) and tops[0] < brief.bounding_box()["y"] < tops[1]
