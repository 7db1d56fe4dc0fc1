// Copying an address, and the device's own way of sharing.
{
  const canonical = document.querySelector("link[rel=canonical]")?.href || location.href;
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    const words = button.querySelector("[aria-live]"), before = words.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.text || canonical);
      words.textContent = button.dataset.copy;
      setTimeout(() => { words.textContent = before; }, 4000);
    });
  }
  for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share) continue;
    button.hidden = false;
    const what = { title: document.querySelector("h1").textContent, url: canonical };
    button.addEventListener("click", () => navigator.share(what).catch(() => {}));
  }
}
