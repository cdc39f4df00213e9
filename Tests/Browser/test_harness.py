"""The harness itself: what the other tests take for granted."""

import pytest

from harness.browser import new_context, shot, watched
from harness.postgres import cluster, run_sql, temporary_database

CHINESE_PAGE = "<!doctype html><html lang=zh-CN><meta name=viewport content='width=device-width'><h1>一次办</h1>"


def test_a_page_has_the_width_of_its_terminal(browser, viewport):
    with new_context(browser, viewport) as context:
        page = context.new_page()
        page.set_content(CHINESE_PAGE)
        assert page.evaluate("window.innerWidth") == viewport.width
        assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Shanghai"


def test_chinese_text_is_drawn_with_a_chinese_font(browser, viewport):
    """Without a font every character would be the same empty box."""
    with new_context(browser, viewport) as context:
        page = context.new_page()
        page.set_content(CHINESE_PAGE)
        pictures = []
        for character in "办证":
            page.locator("h1").evaluate("(heading, text) => { heading.textContent = text }", character)
            pictures.append(page.locator("h1").screenshot())
        assert pictures[0] != pictures[1]
        assert shot(page, "harness").stat().st_size > 0


def test_a_failing_script_fails_the_test(browser, viewport):
    with new_context(browser, viewport) as context:
        page = context.new_page()
        with pytest.raises(AssertionError, match="页面脚本出错"), watched(page):
            page.set_content("<script>throw new Error('broken')</script>")


def test_each_database_is_empty_and_dropped_afterwards():
    with temporary_database() as conninfo:
        parameters = dict(pair.split("=", 1) for pair in conninfo.split())
        run_sql("CREATE TABLE witness (id BIGINT)", parameters)
        with temporary_database() as other:
            neighbour = dict(pair.split("=", 1) for pair in other.split())
            assert run_sql("SELECT to_regclass('witness') IS NULL", neighbour) == "t"
    name = parameters["dbname"]
    assert run_sql(f"SELECT count(*) FROM pg_database WHERE datname = '{name}'") == "0"


def test_the_cluster_listens_on_loopback_alone():
    assert cluster()["host"] == "127.0.0.1"
    assert run_sql("SHOW listen_addresses") == "127.0.0.1"
