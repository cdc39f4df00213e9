"""A person who uses nothing but the keyboard: Tab to get there, then Enter, Space, arrows and letters."""

import re

from playwright.sync_api import ElementHandle, Page, TimeoutError

FOCUSED = "document.activeElement"
DESCRIBE = """element => {
    const clean = text => (text || "").replace(/\\s+/g, " ").trim();
    const labelled = [...(element.labels || [])].map(label => clean(label.innerText));
    return {
        tag: element.tagName.toLowerCase(), type: element.type || "", id: element.id, name: element.name || "",
        text: labelled.join(" ") || clean(element.getAttribute("aria-label")) || clean(element.innerText),
    };
}"""


class Keyboard:
    """Moves through a page by Tab alone and fails when what is looked for can't be reached so."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, *, text: str | None = None, name: str | None = None, tag: str | None = None) -> dict:
        """Tabs on until the element that has the focus fits; at most once around the page."""
        first, steps = None, 0
        while True:
            focused = self.page.evaluate_handle(FOCUSED).as_element()
            found = focused.evaluate(DESCRIBE) if focused else {}
            if _fits(found, text, name, tag):
                self._is_visible(focused, found)
                return found
            steps += 1
            assert steps < 200, f"Tab never reaches {text or name}"
            self.page.keyboard.press("Tab")

    def _is_visible(self, focused: ElementHandle, found: dict) -> None:
        """Whoever looks must see where the focus is (WCAG 2.4.7, 2.4.11)."""
        ring = focused.evaluate("""element => {
            const seen = [element, element.closest("label"), element.parentElement].filter(Boolean);
            return seen.some(node => {
                const style = getComputedStyle(node);
                const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
                return isOutlined || style.boxShadow !== "none";
            });
        }""")
        assert ring, f"nothing shows that {found} has the focus"

    def press(self, text: str) -> None:
        """Follows a link or presses a button, and waits for the page that it leads to."""
        found = self.reach(text=text)
        assert found["tag"] in ("a", "button", "summary"), found
        if found["tag"] == "summary":
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, name: str, value: str) -> None:
        """Fills in the field with that name."""
        self.reach(name=name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(value)

    def choose(self, name: str, option: str) -> None:
        """Chooses one of a group of radio buttons, or of a list, by the arrow keys."""
        found = self.reach(name=name)
        if found["tag"] == "select":
            # A list is opened with the arrow keys or, closed, searched by the first letters: both set its value.
            for _ in range(40):
                if self.page.evaluate(f"{FOCUSED}.selectedOptions[0].text") == option:
                    return
                self.page.keyboard.press("ArrowDown")
            raise AssertionError(f"{name} has no {option}")
        for _ in range(20):
            found = self.page.evaluate_handle(FOCUSED).as_element().evaluate(DESCRIBE)
            if found["text"].startswith(option):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} has no {option}")

    def pick(self, name: str, file: str) -> None:
        """Opens a file field with the space bar and picks a file.

        Chromium without a screen now and then swallows the first press; a person presses again, and so do we.
        """
        for attempt in range(4):
            self.reach(name=name)
            try:
                with self.page.expect_file_chooser(timeout=8_000) as chooser:
                    self.page.keyboard.press("Space")
            except TimeoutError:
                continue
            chooser.value.set_files(file)
            return
        raise AssertionError(f"the space bar never opens the file field {name}")

    def tick(self, name: str) -> None:
        self.reach(name=name)
        self.page.keyboard.press("Space")


def _fits(found: dict, text: str | None, name: str | None, tag: str | None) -> bool:
    return bool(
        found
        and found["tag"] != "body"
        and (text is None or re.search(re.escape(text), found["text"]))
        and (name is None or found["name"] == name)
        and (tag is None or found["tag"] == tag)
        and (text or name or tag)
    )
