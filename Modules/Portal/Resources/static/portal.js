// Enhancement only: every page works without this file.
(() => {
  "use strict";
  const form = (node) => node.closest("form");

  // Bring the list of errors to the reader, as a page load alone does not announce it.
  document.querySelector("[data-focus]")?.focus();

  // Warn before typed answers are lost.
  let dirty = false;
  document.addEventListener("input", (event) => {
    if (form(event.target)?.hasAttribute("data-guard")) dirty = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });

  // A second press of the same button must not send the form twice. The guard ends after a while, because an
  // answer may be a download, after which this page stays, and when the back button restores the page.
  const release = (sender) => {
    delete sender.dataset.sent;
    sender.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const sender = event.target;
    if (sender.method !== "post") return;
    if (sender.dataset.sent) return event.preventDefault();
    sender.dataset.sent = "yes";
    dirty = false;
    sender.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(release, 8000, sender);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  // Say at once that a chosen file is too large, instead of after the upload.
  document.addEventListener("change", (event) => {
    const input = event.target;
    const limit = Number(input.dataset?.maxBytes);
    if (input.type !== "file" || !limit) return;
    const tooLarge = [...input.files].find((file) => file.size > limit);
    input.setCustomValidity(tooLarge ? `“${tooLarge.name}”超过 ${Math.floor(limit / 1048576)} MB，请换一张较小的照片或压缩后再选。` : "");
    input.reportValidity();
  });

  // Say at once that a number or a day lies outside of its bounds, which stand in the hint, instead of after sending.
  const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text);
  document.addEventListener("change", (event) => {
    const input = event.target;
    const { min, max } = input.dataset ?? {};
    if (!min && !max) return;
    const value = input.value.trim();
    const rank = isDay(min ?? max) ? (text) => (isDay(text) ? Number(text.replaceAll("-", "")) : NaN) : Number;
    const isOutside = value !== "" && ((min && rank(value) < rank(min)) || (max && rank(value) > rank(max)));
    const hint = document.getElementById(`${input.id}-hint`)?.textContent;
    input.setCustomValidity(isOutside ? `请核对：${hint ?? "超出了范围"}` : "");
    input.reportValidity();
  });

  // Show what the checker finds while the form is filled in: the form is sent with "check", nothing is kept, and the
  // part of the answer that the form names takes its place here.
  document.querySelectorAll("form[data-check]").forEach((editor) => {
    let timer = 0;
    let latest = 0;
    const check = async () => {
      const turn = ++latest;
      const body = new URLSearchParams(new FormData(editor));
      body.set("check", "yes");
      try {
        const answer = await fetch(editor.action, { method: "POST", body });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const found = page.getElementById(editor.dataset.check);
        if (turn === latest && answer.ok && found) document.getElementById(found.id).replaceWith(found);
      } catch {
        // Without a network the findings come when the form is sent.
      }
    };
    editor.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(check, 600);
    });
  });

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
