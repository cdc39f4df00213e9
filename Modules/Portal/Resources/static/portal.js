// Enhancement only: every page works without this file.
(() => {
  "use strict";
  const form = (node) => node.closest("form");

  // Bring the list of errors to the reader, as a page load alone does not announce it.
  document.querySelector("[data-focus]")?.focus();

  // A link into a folded part unfolds it.
  const unfold = () => {
    let part = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const target = part;
    for (; part; part = part.parentElement?.closest("details")) if (part.matches("details")) part.open = true;
    if (target?.closest("form.editor")) {
      target.scrollIntoView({ block: "center" });
      target.querySelector("input:not([type=hidden]), select, textarea")?.focus({ preventScroll: true });
    }
  };
  window.addEventListener("hashchange", unfold);
  unfold();

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
  // parts of the answer that the form names take their places here. Where another choice needs other controls beside
  // it (data-reshape), these come from the answer too.
  document.querySelectorAll("form[data-check]").forEach((editor) => {
    let timer = 0;
    let latest = 0;
    const put = (page, place) => {
      const found = page.getElementById(place.id);
      if (!found || found.outerHTML === place.outerHTML) return;
      const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
      place.replaceWith(found);
      if (focused) document.getElementById(focused)?.focus();
    };
    const check = async (shape) => {
      const turn = ++latest;
      const body = new URLSearchParams(new FormData(editor));
      body.set("check", "yes");
      try {
        const answer = await fetch(editor.action, { method: "POST", body });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (turn !== latest || !answer.ok) return;
        const places = [document.getElementById(editor.dataset.check), ...document.querySelectorAll("[data-live]")];
        places.forEach((place) => put(page, place));
        if (shape) put(page, shape);
      } catch {
        // Without a network the findings come when the form is sent.
      }
    };
    editor.addEventListener("input", (event) => {
      clearTimeout(timer);
      timer = setTimeout(check, event.target.matches("[data-reshape]") ? 0 : 600, event.target.closest("[data-shape]"));
    });
    editor.addEventListener("submit", () => clearTimeout(timer));
  });

  // A finding leads to its line where the file is shown as text.
  document.addEventListener("click", (event) => {
    const line = Number(event.target.closest?.("[data-line]")?.dataset.line);
    const area = document.querySelector(".yaml textarea");
    if (!line || !area) return;
    event.preventDefault();
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    area.scrollTop = Math.max(0, (line - 6) * (area.scrollHeight / Math.max(1, lines.length)));
  });

  // The devices of a window: a card reader, a document camera and a signature pad, which a small program on the clerk's
  // own machine answers for. Without it everything is typed and chosen by hand.
  const devices = document.body.dataset.devices;
  if (devices) {
    const ask = async (path, method) => {
      const answer = await fetch(devices + path, { method });
      if (answer.ok) return answer;
      throw new Error((await answer.json().catch(() => ({}))).message ?? "设备没有回应，请检查连接后再试。");
    };
    const attempt = async (status, work) => {
      status.textContent = "请稍候…";
      try {
        await work();
        status.textContent = "已读入，请核对。";
      } catch (error) {
        status.textContent = error instanceof TypeError ? "设备程序没有运行，请手工填写或选择文件。" : error.message;
      }
    };
    document.querySelectorAll("[data-read-card]").forEach((button) => {
      const sheet = form(button);
      const status = sheet.querySelector("[data-device-status]");
      button.closest(".devices").hidden = false;
      const read = () => attempt(status, async () => {
        const card = await (await ask("/v1/card", "GET")).json();
        for (const name of ["name", "id_number", "address"]) {
          const input = sheet.elements[name];
          if (input && card[name]) input.value = card[name];
        }
        sheet.elements.checked?.focus();
      });
      button.addEventListener("click", read);
      document.addEventListener("keydown", (event) => {
        if (event.altKey && event.key.toLowerCase() === "r") {
          event.preventDefault();
          read();
        }
      });
    });
    const take = async (input, path, name) => {
      const picture = await (await ask(path, "POST")).blob();
      const files = new DataTransfer();
      files.items.add(new File([picture], name, { type: picture.type }));
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      return picture;
    };
    document.querySelectorAll("input[type=file]").forEach((input) => {
      // The document camera takes the place of a telephone's.
      if (input.hasAttribute("capture")) return void (input.closest(".field").hidden = true);
      const isPad = input.hasAttribute("data-pad");
      const status = Object.assign(document.createElement("span"), { role: "status", className: "small" });
      const button = Object.assign(document.createElement("button"), {
        type: "button", className: "btn btn--quiet btn--small devicebtn", textContent: isPad ? "从签字板读入" : "用高拍仪拍",
      });
      button.addEventListener("click", () => attempt(status, async () => {
        if (!isPad) return void (await take(input, "/v1/scan", `高拍仪-${Date.now()}.jpg`));
        const picture = await take(input, "/v1/signature", "签名.png");
        const shown = Object.assign(new Image(), { alt: "读入的签名", className: "signed" });
        const reader = new FileReader();
        reader.addEventListener("load", () => { shown.src = reader.result; });
        reader.readAsDataURL(picture);
        form(input).querySelector(".signed")?.remove();
        status.after(shown);
        const choice = form(input).querySelector("input[name=signature][value=pad]");
        if (choice) choice.checked = true;
      }));
      input.after(button, status);
    });
  }

  // Keys for those who work here all day: one letter each, listed under "?", and to be switched off for who speaks to the
  // computer (WCAG 2.1.4).
  const keyed = [...document.querySelectorAll("[data-key]")];
  const lines = [...document.querySelectorAll("[data-lines] tbody a")];
  if (keyed.length || lines.length) {
    const back = document.querySelector(".back");
    if (back) {
      back.dataset.key = "u";
      keyed.push(back);
    }
    const isOn = () => localStorage.getItem("yiciban-keys") !== "off";
    const entry = (key, title) => {
      const row = document.createElement("div");
      row.append(Object.assign(document.createElement("dt"), { textContent: title }));
      const value = document.createElement("dd");
      value.append(Object.assign(document.createElement("kbd"), { textContent: key }));
      row.append(value);
      return row;
    };
    const dialog = Object.assign(document.createElement("dialog"), { className: "keys" });
    dialog.setAttribute("aria-labelledby", "keys-title");
    const list = Object.assign(document.createElement("dl"), { className: "sum" });
    if (lines.length) list.append(entry("j", "下一件"), entry("k", "上一件"), entry("回车", "打开这一件"));
    keyed.forEach((node) => list.append(entry(node.dataset.key, node.dataset.keyTitle ?? node.textContent.trim())));
    list.append(entry("?", "打开这张表"));
    const choice = Object.assign(document.createElement("label"), { className: "choice" });
    const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: isOn() });
    box.addEventListener("change", () => localStorage.setItem("yiciban-keys", box.checked ? "on" : "off"));
    choice.append(box, Object.assign(document.createElement("span"), { textContent: "使用单键快捷键" }));
    const close = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: "关闭" });
    close.addEventListener("click", () => dialog.close());
    dialog.append(
      Object.assign(document.createElement("h2"), { id: "keys-title", textContent: "键盘快捷键" }), list, choice, close);
    const opener = Object.assign(document.createElement("button"), {
      type: "button", className: "btn btn--quiet btn--small keys-opener", textContent: "键盘快捷键（?）",
    });
    opener.addEventListener("click", () => dialog.showModal());
    document.querySelector("main").append(opener, dialog);
    const step = (by) => {
      const at = lines.indexOf(document.activeElement);
      lines[Math.min(lines.length - 1, Math.max(0, at < 0 ? 0 : at + by))]?.focus();
    };
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || dialog.open) return;
      if (event.target.closest("input:not([type=checkbox], [type=radio]), select, textarea")) return;
      if (event.key !== "?" && !isOn()) return;
      const node = keyed.find((one) => one.dataset.key === event.key);
      if (event.key === "?") dialog.showModal();
      else if (event.key === "j") step(1);
      else if (event.key === "k") step(-1);
      else if (node) {
        node.scrollIntoView({ block: "center" });
        node.focus();
        if (node.matches("summary")) node.parentElement.open = true;
        else if (node.matches("a, [data-key-press]")) node.click();
      } else return;
      event.preventDefault();
    });
  }

  // What changes by itself, such as a payment, is shown without reloading; without scripts there is a link to do it.
  const live = document.querySelector("[data-live]");
  if (live) {
    // Pages that many look at for a long time, such as a ticket's, ask less often.
    const pause = Number(live.dataset.liveEvery || 2) * 1000;
    const look = async () => {
      if (!document.hidden) {
        try {
          const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
          const next = reply.ok && new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("[data-live]");
          const now = document.querySelector("[data-live]");
          if (next && next.dataset.live !== now.dataset.live) {
            now.replaceWith(next);
            next.querySelector("[data-live-focus]")?.focus();
            if (next.dataset.live === "done") return;
          }
        } catch {
          // The network is away for a moment; the next look finds it again.
        }
      }
      setTimeout(look, pause);
    };
    if (live.dataset.live !== "done") setTimeout(look, pause);
  }

  // A kiosk goes back to its beginning by itself, so that nobody sees the number of who stood there before.
  const home = document.querySelector("a[data-return-after]");
  if (home) {
    setTimeout(() => home.click(), Number(home.dataset.returnAfter) * 1000);
  }

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
