// Makes the app installable. Plays the episodes that were kept on this device where the server cannot be reached, and says in words
// that the queue is away where the browser would show its own page. What is kept is put there by the pages (app.js).
const SHELL = "chaptercast-app-VERSION";
const EPISODES = "chaptercast-kept";
const PAGES = ["offline", "kept"].map((name) => new URL(name, location.href).pathname);
const PATIENCE_MS = 4000; // a home's address, asked from elsewhere, may not answer at all

addEventListener("install", (event) => {
  const requests = PAGES.map((path) => new Request(path, { cache: "reload", credentials: "same-origin" }));
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(requests)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith("chaptercast-app-") && name !== SHELL;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

// A player asks for parts; a kept recording is whole (RFC 9110, 14.2).
async function partOf(whole, range) {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range || "");
  if (!asked) return whole;
  const content = await whole.blob();
  const first = Number(asked[1]);
  const last = Math.min(asked[2] ? Number(asked[2]) : content.size - 1, content.size - 1);
  const type = whole.headers.get("Content-Type") || "audio/mpeg";
  if (first > last) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${content.size}` } });
  const headers = {
    "Accept-Ranges": "bytes",
    "Content-Length": String(last - first + 1),
    "Content-Range": `bytes ${first}-${last}/${content.size}`,
    "Content-Type": type,
  };
  return new Response(content.slice(first, last + 1, type), { status: 206, headers });
}

async function answer(request) {
  const { pathname, origin } = new URL(request.url);
  const isPage = request.mode === "navigate";
  const path = isPage && pathname.endsWith("/") ? `${pathname}index.html` : pathname;
  const kept = await caches.match(origin + path, { ignoreVary: true });
  const network = fetch(request);
  if (!kept) return isPage ? network.catch(() => caches.match(origin + PAGES[0], { ignoreVary: true })) : network;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const found = await Promise.race([network, late]).catch(() => undefined);
  if (found) {
    if (PAGES.includes(pathname) && found.ok) (await caches.open(SHELL)).put(origin + path, found.clone());
    return found;
  }
  network.catch(() => {}); // it may still fail
  return partOf(kept, request.headers.get("Range"));
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = url.origin === location.origin && request.method === "GET";
  const isPlayed = url.pathname.endsWith(".mp3") && !url.pathname.startsWith(new URL(".", location.href).pathname);
  if (isOurs && (request.mode === "navigate" || isPlayed)) event.respondWith(answer(request));
});
