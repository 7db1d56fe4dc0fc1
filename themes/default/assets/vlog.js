// A vlog's page: speed, moments to jump to, the sentence that is being said, players elsewhere.
const figure = document.querySelector("[data-vlog]");
const player = figure?.querySelector("video, audio");

// `#t=80`, `#t=80s`, `#t=1m20s`, `#t=1h2m3s`: a moment in seconds, or nothing.
const momentOf = (hash) => {
  const found = /^#t=(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?$/.exec(hash);
  if (!found || !(found[1] || found[2] || found[3])) return null;
  return (Number(found[1]) || 0) * 3600 + (Number(found[2]) || 0) * 60 + (Number(found[3]) || 0);
};
const hashOf = (seconds) => {
  const whole = Math.floor(seconds), minutes = Math.floor(whole / 60);
  return `#t=${minutes ? `${minutes}m` : ""}${whole % 60}s`;
};

if (player) {
  const jump = (seconds, play) => {
    const go = () => { player.currentTime = seconds; };
    if (player.readyState > 0) go();
    else { player.addEventListener("loadedmetadata", go, { once: true }); player.preload = "metadata"; player.load(); }
    if (play) player.play().catch(() => { /* the reader presses play */ });
    player.scrollIntoView({ block: "nearest" });
  };

  const lines = [...document.querySelectorAll(".transcript li[data-at]")];
  for (const line of lines) {
    const link = document.createElement("a");
    link.dataset.at = line.dataset.at;
    link.append(...line.childNodes);
    line.append(link);
  }
  // Chapters, sentences, and what the text itself links to: [after 36 seconds](#t=36s).
  for (const link of document.querySelectorAll('a[data-at], a[href^="#t="]')) {
    const at = Number(link.dataset.at ?? momentOf(link.hash));
    if (link.dataset.at) link.href = hashOf(at);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      jump(at, true);
    });
  }

  let current = null;
  player.addEventListener("timeupdate", () => {
    const now = player.currentTime;
    const said = lines.find((line) => now >= Number(line.dataset.at) && now < Number(line.dataset.until)) ?? null;
    if (said === current) return;
    current?.removeAttribute("aria-current");
    said?.setAttribute("aria-current", "true");
    current = said;
  });

  const label = document.createElement("label");
  const select = document.createElement("select");
  for (const speed of [0.75, 1, 1.25, 1.5, 2]) select.add(new Option(`${speed}×`, speed, speed === 1, speed === 1));
  select.addEventListener("change", () => { player.playbackRate = player.defaultPlaybackRate = Number(select.value); });
  label.append(`${figure.dataset.speed} `, select);
  label.className = "speed";
  figure.querySelector("figcaption").append(label);

  const arrive = (play) => {
    const moment = momentOf(location.hash);
    if (moment !== null) jump(moment, play);
  };
  addEventListener("hashchange", () => arrive(true));
  arrive(false);
}

for (const place of document.querySelectorAll("[data-embed]")) {
  const button = place.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = place.dataset.title;
    frame.allow = "fullscreen; picture-in-picture; encrypted-media";
    frame.referrerPolicy = "strict-origin";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-forms allow-popups allow-popups-to-escape-sandbox");
    frame.src = place.dataset.embed;
    place.querySelector("img")?.remove();
    button.remove();
    place.prepend(frame);
    frame.focus();
  });
}
