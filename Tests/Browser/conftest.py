"""Fixtures of the API and browser suites; README.md beside this file says how to use them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from harness.api import Api
from harness.browser import DESKTOP, PHONE, Viewport, launch, new_context, shot, watched
from harness.deployment import Deployment, sample_deployment
from harness.people import People

# Each database with one of the two programs that serve: two deployments exercise all four.
SERVED_BY = {"sqlite": "yiciban", "postgres": "yiciban-server"}


@pytest.fixture(scope="session", params=SERVED_BY)
def deployment(request, tmp_path_factory) -> Iterator[Deployment]:
    """The running sample deployment, shared by the session's tests: leave no state that another test minds."""
    database = request.param
    with sample_deployment(tmp_path_factory.mktemp(database), database, SERVED_BY[database]) as running:
        yield running


@pytest.fixture
def api(deployment) -> Iterator[Api]:
    """An HTTP session of nobody in particular."""
    with Api(deployment.url) as session:
        yield session


@pytest.fixture(scope="session")
def people(deployment) -> Iterator[People]:
    """The deployment's people at the HTTP API, each signed in once: `people("mother")`."""
    with People(deployment) as everyone:
        yield everyone


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(params=[PHONE, DESKTOP], ids=lambda viewport: viewport.name)
def viewport(request) -> Viewport:
    return request.param


@pytest.fixture
def new_page(request, browser, viewport, deployment):
    """Opens pages that share nothing: `new_page()` for each person of a story, `new_page(java_script_enabled=False)`.

    A test that fails leaves a picture of each of its pages among the screenshots.
    """
    contexts, pages = [], []

    def open_page(**options) -> Page:
        context = new_context(browser, viewport, base_url=deployment.url, **options)
        contexts.append(context)
        page = context.new_page()
        guard = watched(page)
        pages.append((guard.__enter__(), guard))
        return page

    yield open_page
    if request.node.stash.get(FAILED, False):
        for number, (page, _) in enumerate(pages, start=1):
            shot(page, f"failed-{request.node.originalname}-{deployment.database}-{number}")
    for context in contexts:
        context.close()
    for _, guard in pages:
        guard.__exit__(None, None, None)


@pytest.fixture
def page(new_page) -> Page:
    """A page at phone width and at desktop width."""
    return new_page()


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
