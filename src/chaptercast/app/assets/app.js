// The queue as it changes: what the server tells is written where it stands, and said politely when a job gets somewhere.
const pageAt = async (path, request = {}) => {
  const answer = await fetch(path, { credentials: "same-origin", ...request });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

// A voice says a sentence without leaving the form: the server's page has what is to be played.
addEventListener("DOMContentLoaded", () => {
  const button = document.getElementById("page-hear");
  if (!button) return;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (button.ariaDisabled === "true") return;
    button.ariaDisabled = "true";
    say(button.dataset.waits);
    const body = new FormData(button.form);
    body.delete("upload");
    if (button.name) body.append(button.name, button.value);
    try {
      const page = await pageAt(button.formAction, { method: "POST", body });
      const fresh = page.getElementById("page-sample");
      const faults = page.querySelector("#page-faults li");
      document.getElementById("page-sample").replaceWith(document.adoptNode(fresh));
      const audio = fresh.querySelector("audio");
      if (audio) {
        say(button.dataset.plays);
        audio.play().catch(() => {}); // the browser says itself why it does not
      } else say((fresh.querySelector(".fault") || faults || fresh).textContent);
    } catch {
      say("");
    } finally {
      button.ariaDisabled = "false";
    }
  });
});

// While the feeds are asked: what there is to see changes in its place, and is said.
addEventListener("DOMContentLoaded", () => {
  const look = async () => {
    const old = document.getElementById("page-feeds");
    const fresh = (await pageAt(location.pathname).catch(() => document)).getElementById("page-feeds");
    if (!fresh || fresh === old || fresh.dataset.looking) {
      setTimeout(look, 1500);
      return;
    }
    const { activeElement } = document;
    const within = old.contains(activeElement) && activeElement.closest("li[id]");
    const wasWithin = old.contains(activeElement);
    old.replaceWith(document.adoptNode(fresh));
    say(fresh.dataset.looked);
    if (!wasWithin) return;
    const same = within && document.getElementById(within.id);
    ((same && same.querySelector(activeElement.localName)) || fresh.querySelector("a, button")).focus();
  };
  const feeds = document.getElementById("page-feeds");
  if (!feeds || !feeds.dataset.looking) return;
  document.body.classList.add("live");
  setTimeout(look, 1000);
});

addEventListener("DOMContentLoaded", () => {
  const problem = document.getElementById("page-faults") || document.getElementById("page-message");
  if (problem) problem.focus();
  const { live } = document.body.dataset;
  if (!live || !("EventSource" in globalThis)) return;
  document.body.classList.add("live");

  const list = document.getElementById("page-jobs");
  const empty = document.getElementById("page-empty");
  const quarters = new Map();
  const found = (id) => document.getElementById(`job-${id}`);

  // Puts what the server has of a job in the place of what stands here; who was within it stays within it.
  async function renew(job, element) {
    const page = element && element.dataset.page;
    const answer = await fetch(page ? location.pathname : `${live.replace(/events$/, "")}jobs/${job.id}/entry`, { credentials: "same-origin" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(`job-${job.id}`);
    if (!fresh) return;
    const old = found(job.id);
    if (!old) {
      if (!list) return;
      list.prepend(document.adoptNode(fresh));
    } else {
      const wasWithin = old.contains(document.activeElement);
      old.replaceWith(document.adoptNode(fresh));
      if (wasWithin) (fresh.querySelector("h3 a") || fresh.querySelector("a, button") || document.getElementById("page-main")).focus();
    }
    if (page) showKeeping();
    if (list) {
      list.hidden = false;
      empty.hidden = true;
    }
  }

  const heardOf = new Set();

  // What is spoken so far can be heard while the rest is being spoken. Who listens to it is not disturbed when the rest is there.
  async function offer(job, element) {
    const place = document.getElementById("page-heard");
    if (!job.heard || heardOf.has(job.id)) return;
    heardOf.add(job.id);
    if (!element.dataset.page) renew(job, element);
    else if (place && !place.firstElementChild) {
      const fresh = (await pageAt(location.pathname)).getElementById("page-so-far");
      if (fresh) place.replaceChildren(document.adoptNode(fresh));
    }
    say(job.heard);
  }

  function settle() {
    const place = document.getElementById("page-heard");
    const audio = place && place.querySelector("audio");
    if (!audio) return;
    const leave = () => {
      const wasWithin = place.contains(document.activeElement);
      place.replaceChildren();
      const listen = document.querySelector("[data-page] .actions a");
      if (wasWithin && listen) listen.focus();
    };
    if (!audio.currentTime) leave();
    else audio.addEventListener("error", leave);
  }

  // From the beginning to the whole, at the same place: what is heard so far has the same times.
  addEventListener("click", (event) => {
    const audio = document.querySelector("#page-heard audio");
    const link = event.target.closest && event.target.closest("[data-page] .actions a.strong");
    if (audio && link && audio.currentTime) {
      audio.pause();
      link.hash = `t=${Math.floor(audio.currentTime)}`;
    }
  });

  function told(job) {
    const element = found(job.id);
    if (!element && !list) return;
    if (!element || element.dataset.state !== job.state || element.dataset.run !== String(job.run)) {
      if (element) {
        element.dataset.state = job.state;
        element.dataset.run = job.run;
        say(job.announced);
      }
      if (job.state !== "running") settle();
      renew(job, element);
      return;
    }
    element.querySelector(".state").textContent = job.text;
    offer(job, element);
    const quarter = Math.floor(job.percent / 25);
    if (job.state === "running" && quarter > (quarters.get(job.id) || 0)) say(job.quarter);
    quarters.set(job.id, quarter);
  }

  const events = new EventSource(live);
  events.addEventListener("jobs", (event) => JSON.parse(event.data).forEach(told));
  events.addEventListener("gone", (event) => {
    for (const id of JSON.parse(event.data)) {
      const element = found(id);
      if (element && !element.dataset.page && !element.contains(document.activeElement)) element.remove();
    }
  });
});

// Episodes on this device. A page of the app puts them there; the service worker plays them where the server cannot be reached.
const KEPT = "chaptercast-kept";
const canKeep = "serviceWorker" in navigator && "caches" in globalThis && isSecureContext;
const noteOf = (path) => `/app/kept/${encodeURIComponent(path)}`;

const keptEpisodes = {
  async all() {
    const cache = await caches.open(KEPT);
    const notes = (await cache.keys()).filter((request) => new URL(request.url).pathname.startsWith("/app/kept/"));
    const kept = await Promise.all(notes.map(async (request) => (await cache.match(request)).json()));
    return kept.sort((one, other) => other.when - one.when);
  },
  async find(path) {
    const note = await (await caches.open(KEPT)).match(noteOf(path));
    return note && note.json();
  },
  async keep(path, title, run) {
    const cache = await caches.open(KEPT);
    const whole = async (address) => {
      const answer = await fetch(address, { cache: "reload", credentials: "same-origin" });
      if (answer.status !== 200) throw new Error(String(answer.status));
      return answer;
    };
    const page = await whole(path);
    const parsed = new DOMParser().parseFromString(await page.clone().text(), "text/html");
    const audio = new URL(parsed.querySelector("audio").getAttribute("src"), new URL(path, location.href)).href;
    await cache.put(audio, await whole(audio));
    await cache.put(path, page);
    const note = { path, title, run, audio, when: Date.now() };
    await cache.put(noteOf(path), new Response(JSON.stringify(note), { headers: { "Content-Type": "application/json" } }));
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  },
  async remove(note) {
    const cache = await caches.open(KEPT);
    await Promise.all([note.audio, note.path, noteOf(note.path)].map((address) => cache.delete(address)));
  },
};

async function showKeeping() {
  const place = document.getElementById("page-keep");
  if (!place || !canKeep) return;
  const [keep, remove] = place.querySelectorAll("button");
  const { path, title, run } = place.dataset;
  const show = async () => {
    const note = await keptEpisodes.find(path);
    keep.hidden = Boolean(note) && note.run === run;
    keep.textContent = note ? keep.dataset.anew : keep.dataset.first;
    remove.hidden = !note;
    place.hidden = false;
  };
  keep.addEventListener("click", async () => {
    if (keep.ariaDisabled === "true") return;
    keep.ariaDisabled = "true";
    say(place.dataset.waits);
    try {
      await keptEpisodes.keep(path, title, run);
      await show();
      remove.focus();
      say(place.dataset.done);
    } catch {
      say(place.dataset.failed);
    }
    keep.ariaDisabled = "false";
  });
  remove.addEventListener("click", async () => {
    await keptEpisodes.remove(await keptEpisodes.find(path));
    await show();
    keep.focus();
    say(place.dataset.removed);
  });
  await show();
}
addEventListener("DOMContentLoaded", showKeeping);

addEventListener("DOMContentLoaded", async () => {
  const place = document.getElementById("page-kept");
  if (!place) return;
  const [list, none, impossible] = ["list", "none", "impossible"].map((name) => document.getElementById(`page-kept-${name}`));
  if (!canKeep) return;
  impossible.hidden = true;
  const show = async () => {
    const kept = await keptEpisodes.all();
    none.hidden = kept.length > 0;
    list.hidden = !kept.length;
    list.replaceChildren(
      ...kept.map((note) => {
        const entry = document.getElementById("page-kept-entry").content.cloneNode(true);
        const link = entry.querySelector("a");
        link.href = note.path;
        link.textContent = note.title;
        const button = entry.querySelector("button");
        button.setAttribute("aria-label", button.dataset.label.replace("%", () => note.title));
        button.addEventListener("click", async () => {
          await keptEpisodes.remove(note);
          await show();
          (list.querySelector("a") || document.getElementById("page-main")).focus();
          say(place.dataset.removed);
        });
        return entry;
      }),
    );
  };
  await show();
});

addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      say(button.dataset.said);
    });
  }
});

if (canKeep) {
  addEventListener("load", () => {
    const manifest = document.querySelector("link[rel=manifest]");
    if (manifest) navigator.serviceWorker.register(new URL("service-worker.js", manifest.href), { scope: "/" }).catch(() => {});
  });
}
