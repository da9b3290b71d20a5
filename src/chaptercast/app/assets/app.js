// The queue as it changes: what the server tells is written where it stands, and said politely when a job gets somewhere.
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
    if (list) {
      list.hidden = false;
      empty.hidden = true;
    }
  }

  function told(job) {
    const element = found(job.id);
    if (!element && !list) return;
    if (!element || element.dataset.state !== job.state || element.dataset.run !== String(job.run)) {
      if (element) {
        element.dataset.state = job.state;
        element.dataset.run = job.run;
        say(job.announced);
      }
      renew(job, element);
      return;
    }
    element.querySelector(".state").textContent = job.text;
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

if ("serviceWorker" in navigator && isSecureContext) {
  addEventListener("load", () => {
    const manifest = document.querySelector("link[rel=manifest]");
    if (manifest) navigator.serviceWorker.register(new URL("service-worker.js", manifest.href)).catch(() => {});
  });
}
