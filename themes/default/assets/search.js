// The search page. The index is fetched when there is something to look for: the program comes
// with the first part of it, the other parts (by year) are merged into that.
const form = document.querySelector("[data-search]");
const field = form.elements.q, selects = [...form.querySelectorAll("select")];
const filters = form.querySelector(".search-filters");
const list = document.querySelector(".search-results"), count = document.querySelector(".search-count");
const more = document.querySelector(".search-more"), told = form.dataset;
const lang = document.documentElement.lang, AT_ONCE = 10, PAUSE_MS = 200;
const RANKING = { metaWeights: { title: 6, people: 3, date: 0, image: 0 } };
const days = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" });
let engine, found = [], shown = 0, turn = 0, timer;

const start = async () => {
  // Under a policy without 'wasm-unsafe-eval' Pagefind would wait for ever; this fails at once.
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const { indexes, integrity } = await (await fetch(told.search)).json();
  if (!indexes.length) return null;
  const [first, ...others] = indexes, program = `${first.path}pagefind.js`;
  ask(indexes);
  await checked(program, integrity);
  const { createInstance } = await import(program);
  const made = createInstance({
    basePath: first.path, metaCacheTag: first.version, ranking: RANKING, noWorker: true, excerptLength: 28,
  });
  await made.init();
  await Promise.all(others.map(({ path, version }) =>
    made.mergeIndex(path, { metaCacheTag: version, ranking: RANKING, excerptLength: 28 })));
  return made;
};

// What Pagefind will ask for one after the other is asked for at once: it takes as long to come.
const ask = (indexes) => {
  for (const { path, version, files } of indexes) {
    for (const file of [`pagefind-entry.json?ts=${version}`, ...files]) {
      const link = { rel: "preload", as: "fetch", crossOrigin: "", href: path + file };
      document.head.append(Object.assign(document.createElement("link"), link));
    }
  }
};

// A module can't be imported with a checksum, but it can be fetched with one just before.
const checked = (href, integrity) => new Promise((resolve, reject) => {
  const link = Object.assign(document.createElement("link"), { rel: "modulepreload", href, integrity });
  link.onload = resolve;
  link.onerror = reject;
  document.head.append(link);
});

const make = (name, className, ...inside) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
};

// Pagefind gives HTML with <mark> and escaped angle brackets; only text goes into the page.
const excerpt = (html) => html.split(/<\/?mark>/).map((piece, at) => {
  const text = piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return at % 2 ? make("mark", "", text) : text;
});

const result = ({ url, meta, content, filters: own, excerpt: html, plain_excerpt: plain }) => {
  const kind = form.elements.kind.querySelector(`[value="${own.kind[0]}"]`);
  const link = Object.assign(make("a", "", meta.title), { href: url });
  const words = [make("p", "search-meta", make("span", "", kind?.dataset.one || "")), make("h2", "search-title", link),
    make("p", "search-excerpt", content.startsWith(plain.slice(0, 20)) ? "" : "… ", ...excerpt(html), " …")];
  if (meta.date) {
    const day = make("time", "", days.format(new Date(meta.date)));
    day.dateTime = meta.date;
    words[0].append(day);
  }
  if (meta.people) words[0].append(make("span", "", meta.people));
  const item = make("li", "search-result", make("div", "", ...words));
  if (own.language?.[0] !== lang) words[1].lang = words[2].lang = own.language[0];
  if (meta.image) item.append(Object.assign(make("img"), { src: meta.image, alt: "", width: 120, height: 90, loading: "lazy" }));
  return item;
};

const next = async (mine = turn) => {
  const items = (await Promise.all(found.slice(shown, shown + AT_ONCE).map((one) => one.data()))).map(result);
  if (mine !== turn) return [];
  // The old ones go when the new ones are there, so that nothing jumps up and down again.
  if (!shown) list.replaceChildren();
  list.append(...items);
  shown += items.length;
  more.hidden = shown >= found.length;
  return items;
};

const asked = () => {
  const chosen = selects.filter((one) => one.value).map((one) => [one.name, one.value]);
  return { words: field.value.trim(), chosen };
};

const search = async () => {
  const mine = ++turn, { words, chosen } = asked();
  const query = new URLSearchParams([...(words ? [["q", words]] : []), ...chosen]).toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
  if (!query) return clear();
  list.ariaBusy = true;
  const wait = setTimeout(() => { if (mine === turn) count.textContent = told.busy; }, 400);
  try {
    engine ??= start();
    const at = await engine;
    const wanted = Object.fromEntries(chosen.map(([name, value]) => [name, [value]]));
    const answer = at ? await at.search(words || null, { filters: wanted }) : { results: [] };
    if (mine !== turn) return;
    // Where the words stand in nothing but a date or a picture's name, they were not meant.
    found = words ? answer.results.filter((one) => one.score > 0) : answer.results;
    shown = 0;
    const many = found.length === 1 ? told.one : told.many.replace("{n}", found.length);
    await next(mine);
    if (mine !== turn) return;
    count.textContent = found.length ? many : told.none;
  } catch (error) {
    console.error(error);
    engine = undefined;
    if (mine === turn) {
      clear();
      count.textContent = told.trouble;
    }
  } finally {
    clearTimeout(wait);
    if (mine === turn) list.ariaBusy = false;
  }
};

const clear = () => {
  found = [];
  list.replaceChildren();
  list.ariaBusy = false;
  count.textContent = "";
  more.hidden = true;
};

form.hidden = false;
document.querySelector(".search-without").hidden = true;
for (const [name, value] of new URLSearchParams(location.search)) {
  const control = form.elements[name];
  if (control) control.value = value;
}
filters.open = asked().chosen.length > 0;
form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
form.addEventListener("reset", (event) => {
  event.preventDefault();
  for (const one of selects) one.value = "";
  search();
});
form.addEventListener("input", () => {
  list.ariaBusy = true;
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE_MS);
});
more.addEventListener("click", async () => (await next())[0]?.querySelector("a").focus());
// Who comes back to their results stays where they were; on a phone the keyboard would cover half.
if (!location.search && !matchMedia("(pointer: coarse)").matches) field.focus();
search();
