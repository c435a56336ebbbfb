import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { serverForTests } from './sdk/sdk-world.ts'

const EXAMPLES = new URL('../../examples/server/', import.meta.url)
const FROM_SOURCE = new URL('../support/reverie-from-source.ts', import.meta.url).href

/** What tells that an example did what it says, in order. */
const TELLING: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'anthropic-sdk.ts': [
    'says port 3000',
    /… .+/,
    /Dream drm_\w+: completed/,
    'supersede (applied)',
    '“The storefront dev server runs on port 3100 now, not 3000.”',
    '- The storefront dev server runs on port 3100.',
    '- We deploy on Tuesdays.',
    'has the new store at /mnt/memory/',
  ],
  'plain-fetch.ts': [
    'Imported 4 events, skipped {}.',
    /Dream drm_\w+: completed/,
    '“Refunds take 5 working days now, not 3 working days.”',
    'Search, now: /refunds.md - Refunds take 5 working days.',
    'Search, after revert: /refunds.md - Refunds take 3 working days.',
  ],
  'ai-sdk.ts': [
    'the answers of the agent are fixed data',
    'Agent: Noted: port 9090.',
    /Session sesn_\w+: 4 events/,
    /Dream drm_\w+: completed/,
    '- Mira reviews the code.',
    '- The API runs on port 9090.',
  ],
  'library.ts': [
    'completed, plan waiting',
    '“The storefront dev server runs on port 3100 now, not 3000.”',
    '- The storefront dev server runs on port 3100.',
    'Schedule ran: 1 new session',
    '- The storefront dev server runs on port 3200.',
    'ReverieError: ',
  ],
}

/** Only what another example imports. */
const PARTS: readonly string[] = ['fixed-answers.ts']

const server = serverForTests()

describe('every example of examples/server', () => {
  it('is run by this test', () => {
    const there = readdirSync(EXAMPLES).filter((name) => !PARTS.includes(name))

    expect(there.toSorted()).toEqual(Object.keys(TELLING).toSorted())
  })

  it.each(Object.keys(TELLING))('%s has less than 100 lines', (name) => {
    const text = readFileSync(new URL(name, EXAMPLES), 'utf8')

    expect(text.split('\n').length).toBeLessThanOrEqual(100)
  })

  it.each(Object.entries(TELLING))(
    '%s runs to its end and prints what it did',
    async (name, says) => {
      const { AI_MODEL: _, REVERIE_KEY: __, ...env } = process.env
      const path = fileURLToPath(new URL(name, EXAMPLES))
      // Fails for any other exit code than 0.
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--import', FROM_SOURCE, path],
        {
          env: { ...env, NODE_NO_WARNINGS: '1', REVERIE_URL: server().address },
        },
      )

      expect(inOrder(stdout, says)).toEqual(says)
    },
  )
})

/** Those that are found, each behind the one before it. */
function inOrder(text: string, says: readonly (string | RegExp)[]): readonly (string | RegExp)[] {
  let rest = text
  return says.filter((one) => {
    const at = typeof one === 'string' ? rest.indexOf(one) : rest.search(one)
    if (at >= 0) rest = rest.slice(at + 1)
    return at >= 0
  })
}
