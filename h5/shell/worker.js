/*
 * The service worker. Files with a hash are kept for good; the pages that everybody may read are asked for first and
 * remembered for when there is no network. It never touches the API, signing in, the desk or anything personal.
 *
 * A new version waits until the tabs of the old one are closed (no skipWaiting): an open tab goes on finding the scripts
 * it began with.
 */
const version = "__VERSION__";
const files = "__FILES__";
const [shellCache, pageCache, pictureCache] = [`shell-${version}`, "pages", "pictures"];
const patience = 4000;
const most = { [pageCache]: 40, [pictureCache]: 80 };
/** Drawn by the server from public content, the same for everybody. */
const readable = new Set(["/", "/notices", "/notices/more", "/notice"]);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(shellCache).then((cache) => cache.addAll(["/shell", ...files])));
});

self.addEventListener("activate", (event) => event.waitUntil(begin()));

async function begin() {
  const ours = new Set([shellCache, pageCache, pictureCache]);
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !ours.has(name)).map((name) => caches.delete(name)));
  await self.clients.claim();
  // The page that brought the worker was fetched before it: it is the one most likely to be read again.
  for (const { url } of await self.clients.matchAll({ type: "window" })) {
    if (!readable.has(new URL(url).pathname) || (await caches.match(url, { ignoreVary: true }))) continue;
    const answer = await fetch(url).catch(() => null);
    if (answer?.status === 200) await put(pageCache, url, answer);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (/^\/(js|css)\//.test(pathname)) event.respondWith(kept(request, shellCache));
  // A signed address means a picture that is not for everybody.
  else if (search === "" && /^\/m\/[^/]+\.(jpg|png)$/.test(pathname)) event.respondWith(picture(event));
  else if (request.mode === "navigate" && !/^\/(trpc|auth|desk|media|m)(\/|$)/.test(pathname)) {
    event.respondWith(readable.has(pathname) ? page(event) : shell(request));
  }
});

/** The name says the content: what is kept is good. */
async function kept(request, name) {
  const found = await caches.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.status === 200) await put(name, request, answer.clone());
  return answer;
}

/**
 * A picture that is kept is shown at once, and asked for again behind it: its name says the content, but not that the
 * notice still stands. One that was withdrawn is kept no longer. Other files are the browser's own downloads.
 */
async function picture(event) {
  const { request } = event;
  const cache = await caches.open(pictureCache);
  const found = await cache.match(request, { ignoreVary: true });
  const fresh = fetch(request).then(async (answer) => {
    if (answer.status === 200 && !found) await put(pictureCache, request, answer.clone());
    if (answer.status === 404 || answer.status === 410) await cache.delete(request, { ignoreVary: true });
    return answer;
  });
  event.waitUntil(fresh.catch(() => undefined));
  return found ?? fresh;
}

/**
 * The page from the server. When it does not come in time, or the server cannot answer, the same page as it was seen last;
 * else we go on waiting. With no network at all the app comes up by itself and shows what it has kept.
 */
async function page(event) {
  const { request } = event;
  const fresh = fetch(request);
  event.waitUntil(
    fresh.then(
      (answer) => (answer.status === 200 && !answer.redirected ? put(pageCache, request, answer.clone()) : undefined),
      () => undefined,
    ),
  );
  const late = new Promise((resolve) => setTimeout(resolve, patience, null));
  const answer = await Promise.race([fresh.catch(() => null), late]);
  if (answer && answer.status < 500) return answer;
  const seen = await caches.match(request, { ignoreVary: true });
  return seen ?? fresh.catch(() => offline());
}

const shell = (request) => fetch(request).catch(() => offline());
const offline = async () => (await caches.match("/shell")) ?? Response.error();

async function put(name, request, answer) {
  const cache = await caches.open(name);
  await cache.put(request, answer);
  const keys = await cache.keys();
  const limit = most[name] ?? keys.length;
  await Promise.all(keys.slice(0, Math.max(0, keys.length - limit)).map((key) => cache.delete(key)));
}
