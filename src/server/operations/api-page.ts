import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Nothing of the page comes from another host, and nothing goes there. */
export const PAGE_POLICY: string = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Beside the built files; where they run from source, in the package itself. */
const PLACES = [
  new URL('../../api-page/standalone.js', import.meta.url),
  new URL(
    '../../../node_modules/@scalar/api-reference/dist/browser/standalone.js',
    import.meta.url,
  ),
]

/** The script that draws the API page; null = it is not there. */
export function pageScript(): Uint8Array<ArrayBuffer> | null {
  const found = PLACES.map((place) => fileURLToPath(place)).find((path) => existsSync(path))
  return found === undefined ? null : new Uint8Array(readFileSync(found))
}

/** Draws the page; everything that would ask another host is off. */
export const START_SCRIPT: string = `Scalar.createApiReference('#page', ${JSON.stringify({
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
})})`

export const PAGE: string = html(
  '<div id="page"></div><script src="/docs/reference.js"></script><script src="/docs/start.js"></script>',
)

/** A list of the routes, for where the script is missing. */
export function plainPage(document: ApiDocument): string {
  const rows = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, operation]) => {
      const { summary = '' } = (operation ?? {}) as { readonly summary?: string }
      return `<tr><td>${method.toUpperCase()}</td><td><code>${escaped(path)}</code></td><td>${escaped(summary)}</td></tr>`
    }),
  )
  return html(
    `<h1>Reverie</h1><p><a href="/openapi.json">OpenAPI</a></p><table>${rows.join('')}</table>`,
  )
}

export interface ApiDocument {
  readonly paths?: Readonly<Record<string, object | undefined>>
}

function html(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Reverie API</title></head><body>${body}</body></html>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}
