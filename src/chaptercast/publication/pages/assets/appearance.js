"use strict";
// Shared by all pages: what the reader chose is kept in this browser only, and where that is not allowed, for this visit.
const root = document.documentElement;
root.classList.add("js");

const kept = {
  get(name) {
    try {
      return localStorage.getItem(`chaptercast:${name}`);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(`chaptercast:${name}`, value);
    } catch {
      // A browser that keeps nothing still plays.
    }
  },
};

const appearance = {
  size: Number(kept.get("size")) || 100,
  setTheme(theme) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  },
  setSize(percent) {
    this.size = Math.min(250, Math.max(70, percent));
    root.style.setProperty("--scale", this.size / 100);
  },
};
appearance.setTheme(kept.get("theme"));
appearance.setSize(appearance.size);

function say(text) {
  document.getElementById("page-status").textContent = text;
}

addEventListener("DOMContentLoaded", () => {
  const theme = document.querySelector("[data-setting=theme]");
  theme.value = root.dataset.theme || "";
  theme.addEventListener("change", () => {
    appearance.setTheme(theme.value);
    kept.set("theme", theme.value);
  });
  for (const button of document.querySelectorAll("[data-size-step]")) {
    button.addEventListener("click", () => {
      appearance.setSize(appearance.size + Number(button.dataset.sizeStep));
      kept.set("size", appearance.size);
      say(button.dataset.says.replace("%", appearance.size));
    });
  }
});
