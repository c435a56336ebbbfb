/** Writes `schemas/<name>.schema.json` for everything that `--json` prints. `--check` only compares. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { jsonSchemaText, REPORT_NAMES } from '../src/wire/extensions/json-schemas.ts'

const folder = fileURLToPath(new URL('../schemas/', import.meta.url))
mkdirSync(folder, { recursive: true })

const drifted = REPORT_NAMES.filter((name) => {
  const file = `${folder}${name}.schema.json`
  return !existsSync(file) || readFileSync(file, 'utf8') !== jsonSchemaText(name)
})

if (process.argv.includes('--check')) {
  for (const name of drifted)
    console.error(`schemas/${name}.schema.json is not what src/wire says.`)
  process.exitCode = drifted.length === 0 ? 0 : 1
} else {
  for (const name of drifted) {
    writeFileSync(`${folder}${name}.schema.json`, jsonSchemaText(name))
    console.log(`schemas/${name}.schema.json`)
  }
}
