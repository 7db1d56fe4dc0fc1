// In a preview only: shows what was saved as soon as it is made, and what is wrong.
const own = document.querySelector("script[data-number]");
let number = own.dataset.number;
let source = null;

const bare = (html) => html.replace(/ data-number="\d+"/, "");
const styleless = (html) => bare(html).replace(/<link rel="stylesheet"[^>]*>/g, "");
const load = async () => (await fetch(location.href, { cache: "no-store" })).text();

// Who is typing is not interrupted: the page waits until the text is sent or taken away.
const isTyping = () => {
  const fields = [...document.querySelectorAll("textarea, [contenteditable=true]")];
  return fields.some((one) => one === document.activeElement || (one.value ?? one.textContent).trim());
};
let waiting = null;

function reload() {
  clearTimeout(waiting);
  if (isTyping()) waiting = setTimeout(reload, 500);
  else location.reload();
}

async function remember() {
  const html = await load();
  const found = / data-number="(\d+)"/.exec(html);
  if (found && found[1] !== number) reload();
  source = html;
}
const remembered = remember();

function swapStyles(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const old = [...document.querySelectorAll('link[rel="stylesheet"]')];
  const links = [...fresh.querySelectorAll('link[rel="stylesheet"]')].map((link) => document.importNode(link));
  let left = links.length;
  for (const link of links) {
    link.addEventListener("load", () => { left -= 1; if (left === 0) for (const one of old) one.remove(); });
    document.head.append(link);
  }
}

async function renew() {
  await remembered;
  const html = await load();
  if (bare(html) === bare(source)) return;
  if (styleless(html) !== styleless(source)) { reload(); return; }
  source = html;
  swapStyles(html);
}

function showTrouble(html, labels) {
  let panel = document.querySelector(".plein-trouble");
  if (!html) { panel?.remove(); return; }
  if (panel?.dataset.html === html) return;
  panel?.remove();
  panel = document.createElement("section");
  panel.className = "plein-trouble";
  panel.setAttribute("role", "alert");
  panel.dataset.html = html;
  document.body.append(panel);
  panel.innerHTML = html;
  const hide = document.createElement("button");
  hide.type = "button";
  hide.textContent = labels.hide;
  hide.addEventListener("click", () => { panel.classList.toggle("plein-small"); hide.textContent = panel.classList.contains("plein-small") ? labels.show : labels.hide; });
  panel.prepend(hide);
}

let events = null;
function listen() {
  if (events) return;
  events = new EventSource("/_plein/events");
  events.onmessage = ({ data }) => {
    const state = JSON.parse(data);
    showTrouble(state.trouble, state.labels);
    if (state.number !== number) { number = state.number; renew(); }
  };
}
// A browser allows few open connections to one server: a tab that nobody sees lets go of its own.
addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") listen();
  else { events?.close(); events = null; }
});
if (document.visibilityState === "visible") listen();
