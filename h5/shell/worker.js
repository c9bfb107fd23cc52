/* The service worker: files with a hash are kept for good, pages are asked for first and remembered for when there is no network. */
const version = "__VERSION__";
const files = "__FILES__";
const [shellCache, pageCache] = [`shell-${version}`, "pages"];
const patience = 4000;
const mostPages = 40;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(shellCache)
      .then((cache) => cache.addAll(["/shell", ...files]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name !== shellCache && name !== pageCache).map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (/^\/(trpc|auth|desk|media|healthz|readyz)(\/|$)/.test(url.pathname)) return;
  if (request.mode === "navigate") return event.respondWith(page(request));
  if (/^\/(js|css|m)\//.test(url.pathname)) event.respondWith(kept(request, url.pathname.startsWith("/m/")));
});

/** A hashed name never changes: what is kept is good. */
async function kept(request, picture) {
  const found = await caches.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) {
    const cache = await caches.open(picture ? pageCache : shellCache);
    await cache.put(request, answer.clone());
    if (picture) await trim(cache);
  }
  return answer;
}

/** The page from the server; without an answer in time the one seen last; else the app, which shows what it has kept. */
async function page(request) {
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok) {
      const cache = await caches.open(pageCache);
      await cache.put(request, answer.clone());
      await trim(cache);
    }
    return answer;
  });
  const late = new Promise((resolve) => setTimeout(resolve, patience, null));
  const answer = await Promise.race([fresh.catch(() => null), late]);
  if (answer) return answer;
  return (await caches.match(request, { ignoreVary: true })) ?? (await caches.match("/shell")) ?? fresh;
}

async function trim(cache) {
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - mostPages)).map((key) => cache.delete(key)));
}
