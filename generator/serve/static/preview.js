// In a preview only: shows what was saved as soon as it is made, and what is wrong.
const own = document.querySelector("script[data-plein-page]");
let number = null;
let source = null;

const bare = (html) => html.replace(/ data-plein-page="\w+"/, "");
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
  const found = / data-plein-page="(\w+)"/.exec(html);
  if (found && found[1] !== own.dataset.pleinPage) reload();
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

// Running text, with which no script has anything to do: it may change while the page stands.
const TEXT = new Set("P UL OL LI DL DT DD BLOCKQUOTE H2 H3 H4 H5 H6 HR BR EM STRONG A CODE SUP SUB DEL INS MARK ABBR SPAN TIME META".split(" "));
const isData = (node) => node.nodeName === "SCRIPT" && node.type === "application/ld+json";
const isText = (node) => node.nodeType !== Node.ELEMENT_NODE
  ? !node.data.trim() || TEXT.has(node.parentNode.nodeName) || isData(node.parentNode)
  : TEXT.has(node.nodeName) && ![...node.attributes].some(({ name }) => name.startsWith("data-") || name.startsWith("on")) && [...node.childNodes].every(isText);
const same = (one, other) => one?.isEqualNode(other) ?? false;

// What to do to a page that came of `old` to make it one of `fresh`; null: more than running text.
function edits(old, fresh, live) {
  if (same(old, fresh)) return [];
  if (live && old.nodeName === fresh.nodeName && same(old.cloneNode(), fresh.cloneNode()) && (old.nodeName !== "SCRIPT" || isData(old))) {
    const found = editsInside([...old.childNodes], [...fresh.childNodes], live);
    if (found) return found;
  }
  return isText(old) && isText(fresh) && same(live, old) ? [() => live.replaceWith(document.importNode(fresh, true))] : null;
}

function editsInside(old, fresh, live) {
  let start = 0, end = 0;
  while (start < Math.min(old.length, fresh.length) && same(old[start], fresh[start])) start += 1;
  while (end < Math.min(old.length, fresh.length) - start && same(old.at(-1 - end), fresh.at(-1 - end))) end += 1;
  const gone = old.slice(start, old.length - end), come = fresh.slice(start, fresh.length - end);
  const here = [...live.childNodes].slice(start, start + gone.length);
  if (gone.length === come.length) {
    const found = gone.map((one, at) => edits(one, come[at], here[at]));
    if (found.every(Boolean)) return found.flat();
  }
  if (![...gone, ...come].every(isText) || !gone.every((one, at) => same(here[at], one))) return null;
  const next = live.childNodes[start + gone.length] ?? null;
  return [() => { for (const one of here) one.remove(); for (const one of come) live.insertBefore(document.importNode(one, true), next); }];
}

const parsed = (html) => new DOMParser().parseFromString(bare(html), "text/html").documentElement;

async function renew() {
  await remembered;
  const html = await load();
  if (bare(html) === bare(source)) return;
  if (styleless(html) === styleless(source)) swapStyles(html);
  else {
    const found = edits(parsed(source), parsed(html), document.documentElement);
    if (!found) { reload(); return; }
    for (const edit of found) edit();
  }
  source = html;
}
let renewing = Promise.resolve();

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
    if (state.number !== number) { number = state.number; renewing = renewing.then(renew, renew); }
  };
}
// A browser allows few open connections to one server: a tab that nobody sees lets go of its own.
addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") listen();
  else { events?.close(); events = null; }
});
if (document.visibilityState === "visible") listen();
