"""One page of each type in the demo, per language."""

PLACES = {
    "nl": (
        "/", "/nieuws/", "/nieuws/2025/", "/vlogs/", "/overleg/", "/vragen/", "/complimenten/",
        "/mensen/", "/moet-je-weten/", "/besluiten/", "/archief/", "/archief/2026/",
        "/archief/2026/11/", "/zoeken/", "/onderwerpen/", "/onderwerpen/water/",
        "/locaties/elzermond/", "/waarden/samen/", "/series/deur-open/", "/404.html",
        "/nieuws/2026-11-10-kluisje-leeg/", "/overleg/2026-11-17-mt-winter/", "/huisregels/",
        "/mensen/henk-tolsma/", "/abonneren/", "/vlogs/2026-11-12-klaar-voor-de-storm/",
        "/vragen/2026-11-12-natte-jas/", "/complimenten/2026-11-20-thank-you-henk/",
    ),
    "en": (
        "/en/", "/en/news/", "/en/vlogs/", "/en/meetings/", "/en/questions/", "/en/kudos/",
        "/en/people/", "/en/need-to-know/", "/en/decisions/", "/en/archive/",
        "/en/archive/2026/", "/en/archive/2026/11/", "/en/topics/", "/en/topics/water/",
        "/en/locations/elzermond/", "/en/values/samen/", "/en/series/deur-open/", "/en/404.html",
        "/en/news/2026-11-10-kluisje-leeg/", "/en/subscribe/", "/en/search/", "/en/news/2025/",
        "/en/meetings/2026-11-17-mt-winter/", "/en/huisregels/", "/en/people/henk-tolsma/",
        "/en/vlogs/2026-11-12-klaar-voor-de-storm/", "/en/questions/2026-11-12-natte-jas/",
        "/en/kudos/2026-11-20-thank-you-henk/",
    ),
}  # fmt: skip
