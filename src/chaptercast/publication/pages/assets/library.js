// The library page: the list narrows while the reader types; how much is left is said once the typing pauses.
addEventListener("DOMContentLoaded", () => {
  const PAUSE_MS = 500;
  const search = document.getElementById("page-search");
  const forms = JSON.parse(document.getElementById("page-status").dataset.forms);
  const plural = new Intl.PluralRules(document.querySelector(".search").lang || root.lang);
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const episodes = Array.from(document.querySelectorAll(".episodes > li"), (item) => ({
    item,
    text: plain(item.textContent),
  }));
  let announcing = 0;

  search.addEventListener("input", () => {
    const terms = plain(search.value).split(/\s+/u).filter(Boolean);
    let count = 0;
    for (const { item, text } of episodes) {
      const found = terms.every((term) => text.includes(term));
      if (item.hidden === found) item.hidden = !found;
      count += found;
    }
    clearTimeout(announcing);
    announcing = setTimeout(() => {
      const form = forms[plural.select(count)] ?? forms.other;
      say(terms.length ? form.replace("{n}", count) : "");
    }, PAUSE_MS);
  });
});
