"""Delegated powers: who was given what, whether it may be used yet, and what leaves a zone (园区赋权)."""

import json

import pytest
from playwright.sync_api import expect

from harness.birth import ANSWERS, PAPER_SLOT, form, new_child
from harness.browser import shot
from harness.days import day
from harness.journal import audit
from harness.people import ok, refused
from test_birth_story import fits_the_screen, sign_in

ZONE = "430600-Z02"


def power(item: str, **changes) -> dict:
    return {"item": item, "title": f"示例权限{item}", "field": "涉企经营", "level": "市级", "from": "岳阳市市场监督管理局",
            "division": ZONE, "agency": "chenglingji-approval", "mode": "赋权", "basis": "岳政办发〔2022〕1号（示例）",
            "starts_on": day(0)} | changes


@pytest.mark.covers("R01.1", "R01.4", "R01.5")
def test_powers_are_given_shown_with_what_is_missing_and_taken_back(deployment, people, api, new_page, viewport):
    item = f"Z-{viewport.name}"
    keeper = people("power-keeper")
    refused(people("clerk").post("/api/v1/zone-empowerment/powers", json=power(item)), 403, "access.forbidden")
    given = ok(keeper.post("/api/v1/zone-empowerment/powers", json=power(item)), 201)
    assert given["is_usable"] is False and len(given["missing"]) == 2, "what is missing is told at once"
    refused(keeper.post("/api/v1/zone-empowerment/powers", json=power(item)), 409, "zone-empowerment.given_already")
    listed = ok(api.get("/api/v1/zone-empowerment/powers", params={"division": ZONE}))["powers"]
    mine = next(line for line in listed if line["item"] == item)
    assert mine["is_usable"] is False and any("印章" in text for text in mine["missing"])
    told = json.loads(deployment.run("zone-empowerment", "list", "--division", ZONE, "--json").stdout)
    assert mine in told

    desk = new_page()
    sign_in(desk, deployment, "power-keeper")
    desk.goto("/zone-empowerment/desk")
    expect(desk.get_by_role("listitem").filter(has_text=f"示例权限{item}").first).to_contain_text("人员未到位")
    fits_the_screen(desk)
    shot(desk, "zone-desk")

    page = new_page()
    page.goto("/zone-empowerment/powers")
    expect(page.get_by_role("listitem").filter(has_text="城陵矶新港区")).to_contain_text("目标 150 项")
    page.get_by_role("link", name="城陵矶新港区").click()
    expect(page.get_by_role("heading", name="城陵矶新港区可以办的事项")).to_be_visible()
    fits_the_screen(page)
    shot(page, "zone-powers")

    ok(keeper.post(f"/api/v1/zone-empowerment/powers/{given['id']}/end", json={"day": day(0), "reason": "示例收回"}))
    listed = ok(api.get("/api/v1/zone-empowerment/powers", params={"division": ZONE}))["powers"]
    assert item not in [line["item"] for line in listed]
    audit(deployment)


@pytest.mark.covers("R01.6")
def test_what_leaves_the_zone_is_flagged(deployment, people, new_page):
    mother = people("mother")
    body = {"theme": "birth", "division": ZONE, "answers": ANSWERS, "form": form(new_child())}
    case = ok(mother.post("/api/v1/cases", json=body), 201)["id"]
    ok(mother.upload(case, PAPER_SLOT), 201)
    submitted = ok(mother.post(f"/api/v1/cases/{case}/submission"))
    desk = new_page()
    sign_in(desk, deployment, "power-keeper")
    for _ in range(60):
        desk.goto("/zone-empowerment/desk")
        if desk.get_by_role("table", name="没有做到园区事园区办").count():
            break
        desk.wait_for_timeout(500)
    expect(desk.get_by_role("table", name="没有做到园区事园区办")).to_contain_text("城陵矶新港区")
    assert len(submitted["items"]) > 1
    audit(deployment)
