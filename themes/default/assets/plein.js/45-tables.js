// A table that fits needs no stop for the keyboard; one that scrolls keeps it.
{
  const seen = new ResizeObserver((all) => {
    for (const { target } of all) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  for (const one of document.querySelectorAll(".table")) seen.observe(one);
}
