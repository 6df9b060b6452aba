/**
 * Keeps the page's own files, so that it opens where the network is away and says so. What the interface answers is never kept: what a
 * person may see is decided anew at each request.
 */
const KEPT = 'bailiwick-pages'

self.addEventListener('install', (event) => {
  event.waitUntil(keepPage().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate' && !/^\/(api|access)\//.test(pathname)) event.respondWith(openPage(request))
  else if (pathname.startsWith('/assets/') || pathname === '/icon.svg') event.respondWith(findFile(request))
})

/** The page, and the files that it names. */
async function keepPage() {
  const cache = await caches.open(KEPT)
  const response = await fetch('/', { cache: 'no-cache', headers: { accept: 'text/html' } })
  if (!response.ok) return
  const page = await response.clone().text()
  await cache.put('/', response)
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file]) => file)
  await cache.addAll(files)
}

async function openPage(request) {
  try {
    const response = await fetch(request)
    if (response.ok) await (await caches.open(KEPT)).put('/', response.clone())
    return response
  } catch (error) {
    const kept = await caches.match('/')
    if (kept) return kept
    throw error
  }
}

/** Files are named by their content, so a kept one is the right one. */
async function findFile(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) await (await caches.open(KEPT)).put(request, response.clone())
  return response
}
