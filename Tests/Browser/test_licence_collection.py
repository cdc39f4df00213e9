"""Old registers of licences are taken over and what is doubtful in them is looked into (存量证照归集)."""

import json

import pytest
from playwright.sync_api import expect

from harness.browser import shot
from harness.people import ok, refused
from test_birth_story import fits_the_screen, sign_in

HEADING = "证照类型,证照编号,持证主体,持证主体证件号码,颁发机构,颁发机构代码,颁发日期,有效期至,法定代表人,经营场所,主体业态,经营项目"


def row(number: str, holder: str = "彭建国", place: str = "花板桥路1号") -> str:
    return (f"食品经营许可证,{number},{holder},430602199001010021,岳阳楼区市场监督管理局,,2023-05-01,2099-04-30,"
            f"{holder},{place},食品销售经营者,预包装食品")


def taken(deployment, table, *options) -> dict:
    login = deployment.account("licence-keeper").username
    return json.loads(deployment.run("licence", "import", str(table), "--as", login, "--json", *options).stdout)


@pytest.mark.covers("R14.5")
def test_a_register_is_imported_and_its_doubtful_licence_confirmed(
        deployment, people, new_page, viewport, tmp_path):
    number = f"JY{deployment.database}{viewport.name}".upper()
    table = tmp_path / "register.csv"
    table.write_text("\n".join([HEADING, row(number), row(number, "许志强", "别处")]), encoding="utf-8")

    trial = taken(deployment, table, "--dry-run")
    assert trial["added"] == 2
    done = taken(deployment, table)
    assert (done["added"], done["qualities"]["doubtful"], done["qualities"]["incomplete"]) == (2, 1, 1)
    again = taken(deployment, table)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 2)

    desk = new_page()
    sign_in(desk, deployment, "licence-keeper")
    desk.goto("/staff")
    desk.get_by_role("link", name="存量证照核实").first.click()
    line = desk.get_by_role("row").filter(has_text=number).filter(has_text="许志强")
    expect(line).to_contain_text("另有一份编号相同")
    fits_the_screen(desk)
    shot(desk, "collected-licences")
    line.get_by_role("link").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("食品经营许可证")
    expect(desk.locator("main")).not_to_contain_text("430602199001010021")
    desk.get_by_role("button", name="核对无误").click()
    expect(desk.get_by_role("alert")).to_contain_text("请写明核对了什么")
    desk.get_by_label("核对了什么").fill("底档2023-17")
    desk.get_by_role("button", name="核对无误").click()
    expect(desk.get_by_role("status")).to_contain_text("已经核实")
    shot(desk, "collected-licence")

    keeper, mother = people("licence-keeper"), people("mother")
    left = ok(keeper.get("/api/v1/collected-licences?quality=doubtful"))["items"]
    [other] = [item["licence"]["licence"] for item in left if item["licence"]["licence"]["number"] == number]
    assert other["holders"][0]["name"] == "彭建国", "that one is right says nothing of the other"
    refused(mother.get("/api/v1/collected-licences"), 403, "access.forbidden")
    types = ok(mother.get("/api/v1/licence-types"))["types"]
    assert len(types) == 40 and "出生医学证明" in [kind["name"] for kind in types]
