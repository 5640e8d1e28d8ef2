// Lets the device sign in place of a code; without this file the page offers the app for codes.

const form = document.querySelector("[data-passkey]");
const find = (name) => document.querySelector(`[data-passkey-${name}]`);
const button = find("button");

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const opened = (known) => known.map((key) => ({ ...key, id: toBytes(key.id) }));

// The service writes bytes as text; the browser wants them as bytes.
function read({ dataset }) {
  const options = JSON.parse(dataset.options);
  options.challenge = toBytes(options.challenge);
  if (options.user) options.user.id = toBytes(options.user.id);
  if (options.excludeCredentials) options.excludeCredentials = opened(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = opened(options.allowCredentials);
  return { publicKey: options };
}

function written({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const texts = parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]);
  return JSON.stringify({ id, rawId: toText(rawId), type, response: Object.fromEntries(texts) });
}

async function sign(event) {
  event.preventDefault();
  find("note").textContent = "";
  try {
    find("signed").value = written(await navigator.credentials[form.dataset.passkey](read(form)));
    form.submit();
  } catch {
    find("note").textContent = form.dataset.failed;
  }
}

if (form && window.PublicKeyCredential) {
  button.hidden = false;
  find("none")?.remove();
  if (form.dataset.passkey === "create") form.addEventListener("submit", sign);
  else button.addEventListener("click", sign);
}
