import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ReverieError } from '../../core/errors.ts'
import { KEY_VARIABLES } from '../../settings.ts'
import { runCli } from '../test-support/run-cli.test-support.ts'
import { hideKeys } from './hide-keys.ts'

const key = fc.stringMatching(/^sk-[A-Za-z0-9_-]{20,60}$/)
const keys = fc.tuple(key, key, key)
const command = fc.constantFrom(
  ['config'],
  ['doctor'],
  ['status'],
  ['show', 'drm_'],
  ['dream', './memory', '--model', 'openai/big'],
)
const more = fc.subarray(['--json', '--verbose'])

it('no command prints a key, not even when an error has it in it', async () => {
  await fc.assert(
    fc.asyncProperty(keys, command, more, async (values, argv, options) => {
      const env = Object.fromEntries(KEY_VARIABLES.map((name, n) => [name, values[n] ?? '']))
      const said = `The request with ${values.join(' and ')} was refused.`
      const failures = [
        null,
        new Error(said),
        new ReverieError('authentication_error', said, { next: `Look at ${values[0]}.` }),
      ]
      for (const failure of failures) {
        const { stdout, stderr } = await runCli([...argv, ...options], { env, world: { failure } })
        // A line's end may stand in a word that is wider than the line.
        const printed = `${stdout}${stderr}`.replace(/\s+/g, '')
        for (const value of values) expect(printed).not.toContain(value)
      }
    }),
    { numRuns: 25 },
  )
})

it('says which key stood there, the longest first', () => {
  const env = { OPENAI_API_KEY: 'sk-12345678', ANTHROPIC_API_KEY: 'sk-12345678-long' }

  expect(hideKeys('a sk-12345678-long b sk-12345678', env)).toBe(
    'a [ANTHROPIC_API_KEY] b [OPENAI_API_KEY]',
  )
})

it('leaves words alone where no key is set', () => {
  expect(hideKeys('a word', { OPENAI_API_KEY: '', REVERIE_MODEL_KEY: undefined })).toBe('a word')
})
