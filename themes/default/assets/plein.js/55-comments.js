// Comments: who asks for them gets the rest of the script, and only then the service.
{
  const ask = document.querySelector("[data-comments]");
  if (ask) {
    const stored = (() => { try { return localStorage.getItem("plein:comments"); } catch { return null; } })();
    const { consent, host, script } = ask.dataset;
    const load = () => import(script).then((module) => module.show(ask));
    const soon = () => {
      const watch = new IntersectionObserver((seen) => {
        if (seen.some((one) => one.isIntersecting)) { watch.disconnect(); load(); }
      }, { rootMargin: "200px" });
      watch.observe(document.getElementById("comments"));
    };
    ask.hidden = false;
    ask.querySelector("[data-comments-open]").addEventListener("click", load);
    if (consent === "always") load();
    else if (stored === host || (consent === "visible" && stored !== "no")) soon();
  }
}
