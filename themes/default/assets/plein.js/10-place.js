// The reader's own location and language: kept in this browser, and only after they chose.
{
  const keep = (key, value) => {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch { /* a browser that keeps nothing */ }
  };
  const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const PLACE = "plein:place", LANGUAGE = "plein:language";

  const show = () => {
    const own = kept(PLACE);
    for (const section of document.querySelectorAll("[data-places]")) {
      let known = false;
      for (const one of section.querySelectorAll("[data-place]")) {
        one.hidden = one.dataset.place !== own;
        known ||= !one.hidden;
      }
      section.querySelector("[data-choose]").hidden = known;
    }
    for (const button of document.querySelectorAll("[data-own]")) {
      const words = button.querySelector("span");
      button.dataset.ask ??= words.textContent;
      button.setAttribute("aria-pressed", button.dataset.own === own);
      words.textContent = button.dataset.own === own ? button.dataset.chosen : button.dataset.ask;
    }
  };
  show();
  addEventListener("pageshow", show);
  addEventListener("click", ({ target }) => {
    const own = target.closest("[data-own]");
    if (own) keep(PLACE, kept(PLACE) === own.dataset.own ? "" : own.dataset.own);
    const forget = target.closest("[data-forget]");
    if (forget) keep(PLACE, "");
    if (own || forget) show();
    if (forget) document.querySelector("[data-choose] a")?.focus();
    const language = target.closest("[data-language]");
    if (language) keep(LANGUAGE, language.dataset.language);
  });

  // Who comes in by the front door of another language is shown to their own.
  const other = document.querySelector(`[data-language="${CSS.escape(kept(LANGUAGE) || "-")}"]`);
  const inside = document.referrer.startsWith(location.origin + "/");
  if (other && !inside && document.body.classList.contains("page-home")) location.replace(other.href);
}
