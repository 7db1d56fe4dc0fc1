// Which must-reads this reader has opened: known to this browser only.
{
  const KEY = "plein:opened";
  const opened = () => {
    try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; }
  };
  const here = document.querySelector("article[data-must]");
  if (here) {
    const current = new Set(opened()).add(here.dataset.must);
    try { localStorage.setItem(KEY, JSON.stringify([...current])); } catch { /* a browser that keeps nothing */ }
  }
  const show = () => {
    const known = new Set(opened());
    for (const strip of document.querySelectorAll("[data-must-list]")) {
      const items = [...strip.querySelectorAll("[data-must]")];
      for (const item of items) item.toggleAttribute("data-opened", known.has(item.dataset.must));
      const left = items.filter((item) => !known.has(item.dataset.must)).length;
      const line = strip.querySelector("[data-left]");
      line.hidden = false;
      line.textContent = left === 0 ? line.dataset.none : left === 1 ? line.dataset.one : line.dataset.left.replace("{n}", left);
    }
  };
  show();
  // A page that comes back from the browser's own memory, and another tab.
  addEventListener("pageshow", show);
  addEventListener("storage", show);
}
