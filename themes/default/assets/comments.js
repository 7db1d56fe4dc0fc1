// Brings the comments of a page in, tells when they don't come, and forgets when asked to.
const KEY = "plein:comments";
const PATIENCE_MS = 4000;

// The server that a reader lets comments come from, or "no".
const keep = (answer) => {
  try { localStorage.setItem(KEY, answer); } catch { /* a browser that keeps nothing */ }
};

// Services label their fields with a placeholder at most; a screen reader needs a name.
// Their headings skip a level below ours.
const label = (place) => {
  for (const heading of place.querySelectorAll("h4")) heading.ariaLevel = "3";
  for (const field of place.querySelectorAll("textarea, input:not([type=hidden], [type=submit], [type=button])")) {
    if (!field.labels?.length && !field.ariaLabel && field.placeholder) field.ariaLabel = field.placeholder;
  }
};

// Some services follow light and dark only when told so, in an option or in an attribute.
const tellScheme = (whom, name) => {
  const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  if (whom instanceof Element) whom.setAttribute(name, scheme);
  else whom[name] = scheme;
};

const start = async (place, embed) => {
  const root = embed.content.cloneNode(true).firstElementChild;
  const { commentsGlobal, commentsOptions, commentsModule, commentsCall, commentsScheme } = root.dataset;
  const options = commentsOptions ? JSON.parse(commentsOptions) : {};
  if (commentsScheme) tellScheme(commentsOptions ? options : root.firstElementChild, commentsScheme);
  if (commentsGlobal) window[commentsGlobal] = options;
  place.replaceChildren(root);
  if (commentsModule) (await import(commentsModule))[commentsCall](options);
};

const answered = (place, embed) => new Promise((resolve, reject) => {
  const ready = embed.content.firstElementChild.dataset.commentsReady;
  const stop = (end) => { watch.disconnect(); clearTimeout(clock); end(); };
  const look = () => { label(place); if (place.querySelector(ready)) stop(resolve); };
  const watch = new MutationObserver(look);
  const clock = setTimeout(() => stop(reject), PATIENCE_MS);
  watch.observe(place, { childList: true, subtree: true });
  place.addEventListener("error", () => stop(reject), { capture: true, once: true });
  start(place, embed).then(look, () => stop(reject));
});

export const show = async (ask) => {
  const section = ask.closest(".comments");
  const part = (name) => section.querySelector(`[data-comments-${name}]`);
  const place = part("place"), wait = part("wait"), trouble = part("trouble"), stop = part("stop");
  ask.hidden = trouble.hidden = true;
  wait.hidden = false;
  part("again").onclick = () => show(ask);
  stop.firstElementChild.onclick = () => { keep("no"); location.reload(); };
  try {
    await answered(place, part("embed"));
    new MutationObserver(() => label(place)).observe(place, { childList: true, subtree: true });
    if (ask.dataset.consent !== "always") { keep(ask.dataset.host); stop.hidden = false; }
  } catch {
    place.replaceChildren();
    trouble.hidden = false;
  }
  wait.hidden = true;
};
