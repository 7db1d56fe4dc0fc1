// Ctrl+K (or ⌘K) leads to the search page from everywhere.
{
  const link = document.querySelector("a[aria-keyshortcuts]");
  if (link) addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    const field = document.getElementById("search-q");
    if (field) field.select();
    else location.assign(link.href);
  });
}
