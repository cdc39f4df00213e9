// Passkeys (WebAuthn): the form carries what the authenticator said; everything is judged by the server.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const key = (id) => ({ type: "public-key", id: bytes(id) });

  const make = async (form, data) => {
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: bytes(data.challenge), rp: { id: data.party, name: data.site },
        user: { id: bytes(data.user), name: data.login, displayName: data.name },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
        excludeCredentials: data.known.split(" ").filter(Boolean).map(key),
        authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
        attestation: "none", timeout: 120000,
      },
    });
    form.elements.client_data.value = text(made.response.clientDataJSON);
    form.elements.attestation.value = text(made.response.attestationObject);
  };

  const use = async (form, data) => {
    const found = await navigator.credentials.get({
      publicKey: {
        challenge: bytes(data.challenge), rpId: data.party, userVerification: "required", timeout: 120000,
      },
    });
    form.elements.credential.value = text(found.rawId);
    form.elements.client_data.value = text(found.response.clientDataJSON);
    form.elements.authenticator.value = text(found.response.authenticatorData);
    form.elements.signature.value = text(found.response.signature);
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    // At another address of this machine, such as one by number, a passkey would be bound to the wrong name.
    if (!window.PublicKeyCredential || location.origin !== form.dataset.origin) return;
    const part = form.closest("[data-passkey-part]") || form;
    part.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const note = form.querySelector("[data-passkey-note]");
      note.hidden = true;
      try {
        await (form.dataset.passkey === "make" ? make : use)(form, form.dataset);
        form.submit();
      } catch (error) {
        // Whoever closes the browser's question has changed its mind: nothing is sent.
        note.hidden = false;
      }
    });
  });
})();
