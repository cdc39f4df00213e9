// Keeps what is typed and not yet sent, with the account and not in this browser, and offers it again when the page is
// opened: after a closed browser, an empty battery, a session that ended. Without this file the forms work all the same.
(() => {
  "use strict";
  const address = "/api/v1/me/kept-inputs";
  const page = location.pathname;
  const pathOf = (form) => decodeURIComponent(new URL(form.action, location.href).pathname);
  const controls = (form) => [...form.elements].filter((control) =>
    control.name && !["hidden", "file", "password", "submit", "button"].includes(control.type) && control.type !== "fieldset");
  const isChoice = (control) => control.type === "checkbox" || control.type === "radio";
  const read = (form) => controls(form)
    .filter((control) => !isChoice(control) || control.checked)
    .map((control) => ({ name: control.name, value: control.value }));
  const forget = (form, token, keepalive = false) => fetch(`${address}?${new URLSearchParams({ form })}`, {
    method: "DELETE", headers: { "X-CSRF-Token": token }, keepalive,
  }).catch(() => {});
  const text = (fields) => JSON.stringify(fields.filter((field) => field.value !== ""));

  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const token = form.elements._csrf?.value;
    if (!token) return;
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": token };
    let timer = 0;
    let last = text(read(form));
    let isSent = false;
    const keep = async () => {
      clearTimeout(timer);
      const fields = read(form);
      if (isSent || text(fields) === last) return;
      last = text(fields);
      const body = JSON.stringify({ page, form: pathOf(form), fields });
      try {
        // keepalive lets it go out while the page is being closed; browsers take no more than 64 KB of such.
        const answer = await fetch(address, { method: "PUT", headers, body, keepalive: body.length < 20000 });
        if (!answer.ok) last = "";
      } catch {
        last = ""; // Tried again with the next key, or when the network is back.
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 1200);
    });
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      isSent = true;
      // The server forgets what was sent to the form's own address; a button may send it to another.
      if (event.submitter?.hasAttribute("formaction")) forget(pathOf(form), token, true);
    });
    window.addEventListener("online", keep);
    window.addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
  });

  const put = (form, fields) => {
    const left = [];
    const values = Map.groupBy?.(fields, (field) => field.name) ??
      fields.reduce((map, field) => map.set(field.name, [...(map.get(field.name) ?? []), field]), new Map());
    controls(form).filter(isChoice).forEach((control) => {
      control.checked = (values.get(control.name) ?? []).some((field) => field.value === control.value);
    });
    values.forEach((same, name) => {
      const places = controls(form).filter((control) => control.name === name);
      if (places.length === 0) left.push(...same.filter((field) => field.value !== ""));
      places.filter((control) => !isChoice(control)).forEach((control, index) => {
        if (same[index]) control.value = same[index].value;
      });
    });
    return left;
  };

  const offer = (form, kept) => {
    const note = Object.assign(document.createElement("div"), { className: "note kept" });
    note.setAttribute("role", "status");
    const when = new Date(kept.kept_at).toLocaleString("zh-CN", {
      month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai",
    });
    const words = Object.assign(document.createElement("p"), { textContent: `您${when}在这里填过内容，还没有提交。` });
    const button = (label, style) => Object.assign(document.createElement("button"), {
      type: "button", className: `btn btn--small ${style}`, textContent: label,
    });
    const restore = button("接着填", "");
    const discard = button("不要了", "btn--quiet");
    const actions = Object.assign(document.createElement("p"), { className: "kept__actions" });
    actions.append(restore, discard);
    note.append(words, actions);
    restore.addEventListener("click", () => {
      const left = put(form, kept.fields);
      words.textContent = left.length ? "已经填回来了。这些内容在表上找不到原来的位置，请自己抄一下：" : "已经填回来了，请核对后提交。";
      actions.remove();
      left.forEach((field) => note.append(Object.assign(document.createElement("p"), { textContent: field.value })));
      form.dispatchEvent(new Event("input", { bubbles: true }));
      controls(form).find((control) => control.value !== "" && !isChoice(control))?.focus();
    });
    discard.addEventListener("click", async () => {
      await forget(kept.form, form.elements._csrf.value);
      note.remove();
    });
    const fold = form.closest("details");
    if (fold) fold.open = true;
    form.prepend(note);
  };

  const forms = [...document.querySelectorAll("form[data-keep]")];
  if (forms.length === 0) return;
  fetch(`${address}?${new URLSearchParams({ page })}`)
    .then((answer) => (answer.ok ? answer.json() : { inputs: [] }))
    .then(({ inputs }) => inputs.forEach((kept) => {
      const form = forms.find((one) => pathOf(one) === kept.form);
      if (form && text(read(form)) !== text(kept.fields)) offer(form, kept);
    }))
    .catch(() => {});
})();
