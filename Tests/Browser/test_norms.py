"""The library of norms: read by anybody, told by each county, kept from the command line (标准规范库)."""

import json

import pytest
from playwright.sync_api import expect

from harness.browser import shot
from harness.days import day
from harness.journal import audit
from test_birth_story import fits_the_screen, sign_in


@pytest.mark.covers("R10.2")
def test_a_county_tells_how_far_it_is_and_everybody_reads_it(deployment, new_page, viewport):
    norm = {"phone": "服务现场管理规范", "desktop": "服务投诉处置规范"}[viewport.name]
    staff = new_page()
    sign_in(staff, deployment, "catalogue-editor")
    staff.goto("/staff/norms")
    fits_the_screen(staff)
    shot(staff, "norm-desk")
    staff.get_by_role("link", name=norm).click()
    staff.get_by_role("button", name="登记").click()
    expect(staff.get_by_role("alert")).to_contain_text("请选择采用的情况")
    staff.get_by_label("部分采用").check()
    staff.get_by_label("从哪天起").fill(day(-30))
    staff.get_by_role("button", name="登记").click()
    expect(staff.get_by_role("alert")).to_contain_text("请写明哪些没有采用")
    staff.get_by_label("说明").fill("母婴室正在改造，明年做完。")
    shot(staff, "norm-adoption")
    staff.get_by_role("button", name="登记").click()
    expect(staff.get_by_role("row", name=norm)).to_contain_text("部分采用")

    page = new_page()
    page.goto("/items")
    page.get_by_role("link", name="政务服务标准规范").click()
    expect(page.get_by_role("table", name="各地采用的情况")).to_contain_text("平江县")
    fits_the_screen(page)
    shot(page, "norms")
    page.get_by_role("link", name=norm).click()
    expect(page.get_by_role("listitem").filter(has_text="平江县")).to_contain_text("母婴室正在改造")
    fits_the_screen(page)
    shot(page, "norm")


def test_the_command_line_and_the_interface_agree(api, deployment, tmp_path):
    listed = json.loads(deployment.run("norm", "list", "--json").stdout)
    answer = api.get("/api/v1/norms").json()
    assert listed == answer["items"] and len(listed) == 10
    number = "GB/T 39735-2020"
    deployment.run("norm", "adopt", number, "--division", "430602", "--state", "已采用", "--on", day(-1))
    shown = json.loads(deployment.run("norm", "show", number, "--json").stdout)
    assert [line["division"] for line in shown["adoptions"] if line["state"] == "已采用"] == ["430602"]
    assert api.get(f"/api/v1/norms/{shown['norm']['id']}").json() == shown
    figures = {line["division"]: line for line in json.loads(deployment.run("norm", "figures", "--json").stdout)}
    assert figures["430602"]["adopted"] == 1 and figures["430602"]["total"] == 10

    faulty = tmp_path / "norms.csv"
    faulty.write_text("编号,名称,层级,实施日期\nA-1,甲,国标,去年\n", encoding="utf-8")
    refused = deployment.run("norm", "import", str(faulty), check=False)
    assert refused.returncode != 0 and "共有 2 处错误" in refused.stderr
    audit(deployment)
