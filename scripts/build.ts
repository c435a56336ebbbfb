/** Builds `dist/` from `src/`, with the page of the API and the list of all that comes along. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Lock, sbomOf } from './sbom.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

rmSync(`${root}dist`, { recursive: true, force: true })
execFileSync(
  process.execPath,
  [`${root}node_modules/typescript/bin/tsc`, '-p', 'tsconfig.build.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
)

// The API page draws itself with this; where it is not installed, the page is a plain list.
const page = `${root}node_modules/@scalar/api-reference/dist/browser/standalone.js`
if (existsSync(page)) {
  mkdirSync(`${root}dist/api-page`, { recursive: true })
  copyFileSync(page, `${root}dist/api-page/standalone.js`)
}

const lock: Lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'))
writeFileSync(`${root}dist/sbom.cdx.json`, `${JSON.stringify(sbomOf(lock), null, 2)}\n`)
