"""The desk of seals: each step by who may take it; and an OFD of ours in somebody else's reader."""

import subprocess
import sys

import pytest
from PIL import Image
from playwright.sync_api import expect

from harness.browser import shot
from harness.journal import audit
from test_birth_story import fits_the_screen, sign_in
from test_seals import licence, sealed  # noqa: F401  (a fixture)


def press(page, name: str) -> None:
    """By the keyboard alone."""
    button = page.get_by_role("button", name=name).first
    button.focus()
    page.keyboard.press("Enter")


@pytest.mark.covers("R06.12", "R03.9")
def test_a_seal_goes_through_three_hands(deployment, new_page, viewport):
    purpose = f"审批专用章{viewport.name[0].upper()}{deployment.database[0]}"
    keeper, approver, maker = new_page(), new_page(), new_page()
    for page, role in ((keeper, "seal-keeper"), (approver, "seal-approver"), (maker, "seal-maker")):
        sign_in(page, deployment, role)

    keeper.goto("/staff/seals")
    # All faults at once, nothing lost.
    keeper.get_by_label("审批专用章").check()
    press(keeper, "提交申请")
    expect(keeper.locator("main")).to_contain_text("审批专用章要写明用途")
    expect(keeper.locator("main")).to_contain_text("审批专用章要列明可用于哪些事项")
    fits_the_screen(keeper)
    keeper.get_by_label("椭圆形").check()
    keeper.get_by_label("刻在章上的用途").fill(purpose)
    keeper.get_by_label("可用于哪些事项").fill("food-permit\nsignboard")
    press(keeper, "提交申请")
    mine = keeper.locator(".seal", has_text=purpose)
    expect(mine).to_contain_text("待审批")
    expect(mine.get_by_role("button", name="批准")).to_have_count(0)

    def step(page, button: str, state: str) -> None:
        page.goto("/staff/seals")
        seal = page.locator(".seal", has_text=purpose)
        found = seal.get_by_role("button", name=button, exact=False).first
        found.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".seal", has_text=purpose)).to_contain_text(state)

    step(approver, "批准", "待制作")
    step(maker, "制作", "待领取")
    step(keeper, "领取", "使用中")
    seal = keeper.locator(".seal", has_text=purpose)
    expect(seal.get_by_role("img")).to_be_visible()
    assert seal.get_by_role("img").evaluate("image => image.complete && image.naturalWidth > 0")
    fits_the_screen(keeper)
    shot(keeper, f"seals-{deployment.database}")
    step(keeper, "暂停使用", "暂停使用")
    step(approver, "恢复使用", "使用中")
    step(approver, "注销", "已注销")
    audit(deployment)


@pytest.mark.covers("R06.11")
def test_the_holder_finds_both_files_in_the_wallet(deployment, people, licence, new_page):  # noqa: F811
    sealed(people("mother"), licence, "ofd")
    page = new_page()
    sign_in(page, deployment, "mother")
    page.goto(f"/licences/{licence}")
    expect(page.get_by_role("link", name="下载盖章的 OFD")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载盖章的 PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
    fits_the_screen(page)
    shot(page, f"licence-sealed-{deployment.database}")
    assert people("entrepreneur").get(f"/api/v1/licences/{licence}/ofd").status_code == 404


def test_another_reader_opens_and_draws_our_document(people, licence, tmp_path):  # noqa: F811
    """easyofd reads the text and draws the page with the seal's red where the seal belongs; it verifies nothing."""
    file = tmp_path / "licence.ofd"
    file.write_bytes(sealed(people("mother"), licence, "ofd"))
    # In a process of its own: it changes fonts and logging for the whole process.
    script = f"""
import base64
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
pdfmetrics.registerFont(TTFont("宋体", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"))
from easyofd import OFD
ofd = OFD()
ofd.read(base64.b64encode(open({str(file)!r}, "rb").read()).decode(), save_xml=False)
pages = ofd.to_jpg()
assert len(pages) == 1, len(pages)
pages[0].save({str(tmp_path / "page.png")!r})
text = "".join(line["text"] for page in ofd.data[0]["page_info"].values() for line in page["text_list"])
print(text)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "出生医学证明" in done.stdout and "演练·无法律效力" in done.stdout
    page = Image.open(tmp_path / "page.png").convert("RGB")
    width, height = page.size
    red = [
        (x / width, y / height)
        for x in range(0, width, 6) for y in range(0, height, 6)
        if page.getpixel((x, y))[0] > 180 and max(page.getpixel((x, y))[1:]) < 60
    ]
    assert len(red) > 200, "no seal was drawn"
    assert all(0.5 < x < 0.95 for x, _ in red), "the seal is not where it belongs"
