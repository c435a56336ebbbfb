/**
 * Writes docs/with-a-model.md: the example of the web shop dreamt by rules alone and with a model,
 * measured against examples/shop/expected.json, with every change of both.
 *
 *   node scripts/compare-shop.ts --model <address or cassette:folder> [--record <folder>]
 *     [--family <name>] [--made "file relay"] [--date YYYY-MM-DD]
 *
 * `--record` keeps the answers as a cassette; from it the same page comes without any model.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type CassetteManifest, MANIFEST_FILE, readManifest } from '../src/models/cassette-file.ts'
import { createReverie, type DreamOutcome } from '../src/reverie.ts'
import { comparisonPage } from './comparison-page.ts'

const EXIT_USAGE = 64
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SHOP = join(ROOT, 'examples/shop')
/** The day of the dream: the same page on every day. */
const NOW = '2026-11-20T03:00:00.000Z'

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    record: { type: 'string' },
    family: { type: 'string' },
    made: { type: 'string', default: 'file relay' },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
  },
})
const { model, record } = values
if (model === undefined) {
  console.error('Give --model: an address of an endpoint, provider/name, or cassette:<folder>.')
  process.exitCode = EXIT_USAGE
} else {
  const embedded = await dreamt('none')
  const withModel = await dreamt(model)
  if (record !== undefined) describe(record)
  const expected = JSON.parse(readFileSync(join(SHOP, 'expected.json'), 'utf8'))
  const folder = record ?? (model.startsWith('cassette:') ? model.slice('cassette:'.length) : null)
  const page = comparisonPage({ embedded, withModel, expected, answers: manifestIn(folder) })
  writeFileSync(join(ROOT, 'docs/with-a-model.md'), page)
}

/** One dream over a copy of the example, with a state folder of its own. */
async function dreamt(name: string): Promise<DreamOutcome> {
  const home = mkdtempSync(join(tmpdir(), 'reverie-compare-'))
  const reverie = await createReverie({ home: join(home, 'state'), now: () => new Date(NOW) })
  try {
    cpSync(join(SHOP, 'memory'), join(home, 'memory'), { recursive: true })
    return await reverie.dream({
      memory: join(home, 'memory'),
      sessions: [join(SHOP, 'sessions')],
      model: name,
      ...(name === 'none' ? {} : { smallModel: name }),
      ...(record === undefined || name === 'none' ? {} : { cassette: record }),
    })
  } finally {
    await reverie.close()
    rmSync(home, { recursive: true })
  }
}

function manifestIn(folder: string | null): CassetteManifest | null {
  if (folder === null || !existsSync(join(folder, MANIFEST_FILE))) return null
  return readManifest(readFileSync(join(folder, MANIFEST_FILE), 'utf8'))
}

/** The dream knows who was asked, not who answered: a relay may have anybody behind it. */
function describe(folder: string): void {
  const manifest = manifestIn(folder)
  if (manifest === null) throw new Error(`${folder} holds no cassette: the dream asked nothing.`)
  const { made, family, date } = values
  const told = { ...manifest, made, model_family: family ?? null, recorded_at: date }
  writeFileSync(join(folder, MANIFEST_FILE), `${JSON.stringify(told, null, 2)}\n`)
}
