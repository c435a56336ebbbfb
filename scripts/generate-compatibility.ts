/** Writes docs/compatibility.md from what the official client can ask for. `--check` only compares. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Anthropic from '@anthropic-ai/sdk'
import { VERSION } from '@anthropic-ai/sdk/version'
import { compatibilityPage, withoutStanding } from './compatibility-page.ts'
import { sdkMethods } from './sdk-methods.ts'

const file = fileURLToPath(new URL('../docs/compatibility.md', import.meta.url))
const methods = await sdkMethods(
  (fetch) => new Anthropic({ apiKey: 'none', baseURL: 'http://127.0.0.1', maxRetries: 0, fetch }),
)
const open = withoutStanding(methods)
const page = compatibilityPage(VERSION, methods)
const isSame = existsSync(file) && readFileSync(file, 'utf8') === page

if (open.length > 0) {
  console.error(`Nobody has said where these stand: ${open.join(', ')}`)
  process.exitCode = 1
} else if (process.argv.includes('--check')) {
  if (!isSame) console.error('docs/compatibility.md is not what the data say.')
  process.exitCode = isSame ? 0 : 1
} else if (!isSame) {
  writeFileSync(file, page)
  console.log('docs/compatibility.md')
}
