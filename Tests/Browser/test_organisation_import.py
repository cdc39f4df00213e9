"""Agencies, sites, windows and staff from the lists that a county keeps."""

import json
import stat

import openpyxl

from harness.journal import audit

SHEETS = {
    "单位": [
        ["*单位编号", "*单位名称", "统一社会信用代码", "*部门", "*区划代码", "主管单位编号"],
        ["pingjiang-water-test", "平江县示例水利局", "", "示例水利", "430626", ""],
    ],
    "场所": [
        ["场所编号", "区划代码", "级别", "乡镇或村"],
        ["import-meixian", "430626", "便民服务中心", "梅仙镇"],
    ],
    "窗口": [
        ["窗口编号", "所在场所", "窗口名称"],
        ["import-meixian-1", "import-meixian", "综合窗口"],
    ],
    "人员": [
        ["登录名", "姓名", "单位", "区划代码", "场所编号", "角色", "起始日期", "截止日期"],
        ["import.zhang", "张示例", "平江县示例水利局", "", "", "部门审批人员", "", ""],
        ["import.li", "李示例", "pingjiang-approval", "430626", "import-meixian", "窗口受理人员、督查人员", "2026-11-01", ""],
    ],
    "说明": [["这张表是给人看的"]],
}


def workbook(path, sheets) -> str:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return str(path)


def test_a_workbook_brings_agencies_sites_windows_and_staff(deployment, tmp_path):
    path = workbook(tmp_path / "机构.xlsx", SHEETS)
    trial = json.loads(deployment.run("organisation", "import", path, "--dry-run", "--json").stdout)
    assert (trial["added"], sorted(trial["accounts"]), trial["posts"]) == (3, ["import.li", "import.zhang"], 2)
    assert trial["passed_over"] == ["说明"]
    assert "import.zhang" not in deployment.run("account", "list").stdout, "a trial writes nothing"

    refused = deployment.run("organisation", "import", path, check=False)
    assert refused.returncode != 0 and "--passwords" in refused.stderr
    passwords = tmp_path / "初始密码.csv"
    deployment.run("organisation", "import", path, "--passwords", str(passwords))
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
    lines = passwords.read_text().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["import.zhang", "import.li"]
    again = json.loads(deployment.run("organisation", "import", path, "--json").stdout)
    assert (again["added"], again["changed"], again["accounts"], again["posts"]) == (0, 0, [], 0)
    audit(deployment)


def test_what_an_import_was_stopped_at_keeps_its_passwords(deployment, tmp_path):
    path = workbook(tmp_path / "人.xlsx", {"人员": [SHEETS["人员"][0], [
        "stopped.wang", "王示例", "平江县公安局", "", "", "部门审批人员", "２０２６／１１／１", ""]]})
    passwords = tmp_path / "密码.csv"
    # Between the keeping and the naming of the file: the next run says what to do instead of losing them.
    (tmp_path / "密码.csv.partial").write_text("登录名,姓名,初始密码\n")
    refused = deployment.run("organisation", "import", path, "--passwords", str(passwords), check=False)
    assert refused.returncode != 0 and "上次导入中断了" in refused.stderr
    (tmp_path / "密码.csv.partial").unlink()
    deployment.run("organisation", "import", path, "--passwords", str(passwords))
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600 and not (tmp_path / "密码.csv.partial").exists()
    wrong = workbook(tmp_path / "又.xlsx", {"人员": [["全体人员名单"], SHEETS["人员"][0],
        ["stopped.li", "李示例", "没有这个单位", "999999", "", "没有这个角色", "下周", ""],
        ["stopped.zhao", "赵示例", "平江县公安局", "", "", "部门审批人员", "", ""],
        ["stopped.zhao", "钱示例", "平江县公安局", "", "", "窗口受理人员", "", ""]]})
    told = deployment.run("organisation", "import", wrong, "--passwords", str(tmp_path / "x.csv"), check=False).stderr
    for column in ("单位", "区划代码", "角色", "起始日期"):
        assert f"人员 第 3 行（{column}）" in told, "all faults of a row at once"
    assert "在第 4 行是“赵示例”" in told
    assert not list(tmp_path.glob("x.csv*")), "nothing was written, so no passwords are left"
    merged = openpyxl.load_workbook(path)
    merged.active.append(["stopped.sun", "孙示例", "平江县公安局", "", "", "部门审批人员", "", ""])
    merged.active.merge_cells("C2:C3")
    merged.save(tmp_path / "合并.xlsx")
    told = deployment.run("organisation", "import", str(tmp_path / "合并.xlsx"), "--dry-run", check=False).stderr
    assert "合并单元格：C2:C3" in told
    merged.active.unmerge_cells("C2:C3")
    merged.active["C3"] = "平江县公安局"
    notes = merged.create_sheet("说明")
    notes.append(["一", "二"])
    notes.append(["这张表是给人看的"])
    notes.merge_cells("A2:B4")
    merged.save(tmp_path / "带说明.xlsx")
    trial = deployment.run("organisation", "import", str(tmp_path / "带说明.xlsx"), "--dry-run", "--json").stdout
    assert json.loads(trial)["passed_over"] == ["说明"], "a sheet for people may look as it likes"


def test_every_fault_of_every_sheet_is_told_at_once(deployment, tmp_path):
    path = workbook(tmp_path / "错.xlsx", {
        "单位": [SHEETS["单位"][0], ["x-1", "", "12345", "水利", "430626", "没有的"]],
        "场所": [SHEETS["场所"][0], ["x-site", "999999", "大厅", ""]],
        "人员": [SHEETS["人员"][0], ["x.y", "王示例", "没有这个单位", "", "", "没有这个角色", "下周", ""]],
    })
    refused = deployment.run("organisation", "import", path, "--dry-run", check=False)
    assert refused.returncode != 0
    assert "单位 第 2 行（单位名称）" in refused.stderr
    good = workbook(tmp_path / "人.xlsx", {
        "人员": [SHEETS["人员"][0], ["x.y", "王示例", "没有这个单位", "", "", "部门审批人员", "", ""],
                 ["x.z", "王示例", "平江县公安局", "", "", "部门审批员", "", ""]]})
    refused = deployment.run("organisation", "import", good, "--dry-run", check=False).stderr
    assert "人员 第 2 行（单位）" in refused and "人员 第 3 行（角色）" in refused and "部门审批人员" in refused
    unknown = workbook(tmp_path / "别的.xlsx", {"别的": [["甲", "乙"], ["1", "2"]]})
    refused = deployment.run("organisation", "import", unknown, "--dry-run", check=False).stderr
    assert "表头读不懂" in refused or "没有认得的表" in refused


def test_every_fault_is_told_at_once_and_nobody_gets_anothers_rights(deployment, tmp_path):
    rows = SHEETS["人员"][:1] + [
        ["clerk", "王六", "平江县卫生健康局", "", "", "单位管理员", "", ""],
        ["import.wang", "", "平江县卫生健康局", "", "", "部门审批人员", "", ""],
        ["import.zhao", "赵示例", "没有这个局", "", "", "没有这个角色", "", ""],
    ]
    path = workbook(tmp_path / "人员.xlsx", {"人员": rows})
    before = deployment.run("account", "posts", "clerk").stdout
    refused = deployment.run("organisation", "import", path, "--passwords", str(tmp_path / "无"), check=False)
    assert refused.returncode != 0
    for told in ("第 2 行（登录名）", "没有给王六任何权限", "第 3 行（姓名）", "第 4 行（单位）", "第 4 行（角色）"):
        assert told in refused.stderr, refused.stderr
    assert deployment.run("account", "posts", "clerk").stdout == before
    assert not (tmp_path / "无").exists()
