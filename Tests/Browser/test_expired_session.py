"""A session that ends while a form is open: nothing that was typed is lost."""

import pytest
from playwright.sync_api import expect

from harness.birth import ANSWERS
from harness.people import ok
from test_birth_story import sign_in


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_was_typed_survives_the_sign_in(deployment, people, new_page, scripts):
    mother = people("mother")
    case = ok(mother.post("/api/v1/cases", json={"theme": "birth", "answers": ANSWERS}), 201)["id"]
    page = new_page(java_script_enabled=scripts)
    sign_in(page, deployment, "mother")
    page.goto(f"/cases/{case}/form")
    page.locator('[name="form.gestation"]').fill("38")
    page.locator('[name="form.birth_place"]').fill("岳阳市示例妇幼保健院 <东院> \"一\"")
    page.context.clear_cookies(name="yiciban-session")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    expect(page.locator("main")).to_contain_text("登录已过期，刚才填写的内容还在")
    account = deployment.account("mother")

    # A wrong password loses nothing either.
    page.get_by_label("登录名、手机号或身份证号").fill(account.username)
    page.get_by_label("密码", exact=True).fill("wrong")
    page.get_by_role("button", name="登录").click()
    page.get_by_label("密码", exact=True).fill(account.password)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已经重新登录")
    page.get_by_role("button", name="接着提交").click()
    saved = ok(mother.get(f"/api/v1/cases/{case}"))["form"]
    assert (saved["gestation"], saved["birth_place"]) == ("38", "岳阳市示例妇幼保健院 <东院> \"一\"")


def test_the_back_button_after_a_refused_form_shows_the_form(deployment, people, new_page):
    mother = people("mother")
    case = ok(mother.post("/api/v1/cases", json={"theme": "birth", "answers": ANSWERS}), 201)["id"]
    page = new_page()
    sign_in(page, deployment, "mother")
    page.goto(f"/cases/{case}/review")
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_role("alert")).to_contain_text("请勾选声明")
    page.goto(f"/cases/{case}")
    page.go_back()
    expect(page.get_by_role("alert")).to_contain_text("请勾选声明")
