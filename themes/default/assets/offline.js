// The service worker: what was read and the current must-reads open without a connection.
// sw.js sets `plein` and imports this. The network always goes first, so that nobody reads
// an old version while there is a connection; what the site has taken back leaves the device.
const PAGES = "plein-pages", FILES = "plein-files", PHOTOS = "plein-photos", MOST = 60, HOUR = 3600e3;
let swept = 0;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((files) => files.addAll(plein.files)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || request.headers.has("range")) return;
  if (request.mode === "navigate") {
    event.respondWith(page(request));
    event.waitUntil(sweep());
  } else if (pathname.startsWith(plein.base + "assets/") && !pathname.startsWith(plein.base + "assets/search/")) {
    event.respondWith(file(request, FILES));
  } else if (request.destination === "image") {
    event.respondWith(file(request, PHOTOS));
  }
});

async function page(request) {
  const cache = await caches.open(PAGES), key = new URL(request.url).pathname;
  let answer;
  try {
    answer = await fetch(request);
    if (answer.status === 404 || answer.status === 410) await cache.delete(key);
    await answer.clone().blob();
  } catch {
    return (await cache.match(key)) || offline(key);
  }
  if (answer.ok && !answer.redirected) await keep(cache, key, answer.clone()).catch(() => {});
  return answer;
}

async function file(request, where) {
  const cache = await caches.open(where), known = await cache.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await keep(cache, request, answer.clone()).catch(() => {});
  return answer;
}

// The oldest makes room for the newest, but never what every page looks like. What is kept
// stays until all of the new has come.
async function keep(cache, key, answer) {
  await cache.put(key, answer);
  const all = (await cache.keys()).filter((one) => !plein.files.includes(new URL(one.url).pathname));
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map((one) => cache.delete(one)));
}

// Once an hour: the must-reads as they are now, and away with what is gone.
async function sweep() {
  if (Date.now() - swept < HOUR) return;
  swept = Date.now();
  try {
    const cache = await caches.open(PAGES);
    for (const one of await cache.keys()) {
      const { status } = await fetch(one.url, { method: "HEAD", cache: "no-cache" });
      if (status === 404 || status === 410) await cache.delete(one);
    }
    for (const list of plein.mustReads) {
      const { items } = await (await fetch(list + "feed.json", { cache: "no-cache" })).json();
      for (const url of [list, ...items.map((item) => new URL(item.url).pathname)]) {
        const answer = await fetch(url);
        if (answer.ok && !answer.redirected) await keep(cache, url, answer);
      }
    }
  } catch {
    swept = 0;
  }
}

function offline(path) {
  const tree = Object.keys(plein.words).sort((a, b) => b.length - a.length).find((one) => path.startsWith(one));
  const [lang, title, text] = plein.words[tree];
  const html = `<!DOCTYPE html><html lang="${lang}"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1><p>${text}</p>`;
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
