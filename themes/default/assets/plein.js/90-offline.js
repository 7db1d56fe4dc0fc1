// Reading without a connection, where the site stands at its own address: never in a preview.
{
  const worker = document.documentElement.dataset.offline;
  const home = document.querySelector("link[rel=canonical]")?.href || "";
  if (worker && "serviceWorker" in navigator && home.startsWith(location.origin + "/")) {
    navigator.serviceWorker.register(worker).catch(() => {});
  }
}
