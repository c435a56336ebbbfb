import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withHook, withoutHook } from './hook-text.ts'

const COMMAND = '/usr/bin/node /opt/reverie/bin/reverie.js hook session-end'
const ENTRY = { hooks: [{ type: 'command', command: COMMAND, timeout: 10 }] }

type Settings = Record<string, unknown>

/** What the settings mean with one more entry at the end of a session. */
function expected(before: Settings): Settings {
  const hooks = (before.hooks ?? {}) as Settings
  return {
    ...before,
    hooks: { ...hooks, SessionEnd: [...((hooks.SessionEnd ?? []) as object[]), ENTRY] },
  }
}

const key = fc.constantFrom('model', 'env', 'permissions', 'ключ', 'a"b', '__proto__x')
const others = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 3 })
const group = fc.record(
  {
    matcher: fc.constantFrom('', 'logout'),
    hooks: fc.array(fc.constantFrom({ type: 'command', command: 'say bye' }), { maxLength: 2 }),
  },
  { requiredKeys: ['hooks'] },
)
const hooks = fc.record(
  { Stop: fc.array(group, { maxLength: 2 }), SessionEnd: fc.array(group, { maxLength: 2 }) },
  { requiredKeys: [] },
)
const settings: fc.Arbitrary<Settings> = fc
  .tuple(others, fc.option(hooks, { nil: undefined }), others)
  .map(([first, held, last]) => ({
    ...first,
    ...(held === undefined ? {} : { hooks: held }),
    ...Object.fromEntries(Object.entries(last).map(([name, value]) => [`z${name}`, value])),
  }))

/** The same settings as different hands write them. */
const written: fc.Arbitrary<string> = fc
  .tuple(
    settings,
    fc.constantFrom('', '  ', '    ', '\t'),
    fc.constantFrom('', '\n', '\r\n', ' \n\n'),
  )
  .chain(([value, indent, end]) => {
    const text = JSON.stringify(value, null, indent) + end
    return fc.constantFrom(text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`, loosely(text))
  })

/** Blanks where JSON allows them: in and behind brackets. */
function loosely(text: string): string {
  const loose = text.replace(/^\{/, '{ ').replaceAll('[]', '[ ]').replaceAll('{}', '{\n}')
  return isSound(loose) ? loose : text
}

const RUNS = Number(process.env.REVERIE_HOOK_RUNS ?? 80)

describe('a hook in settings', () => {
  it('says one thing more, and its removal gives the same bytes back', () => {
    fc.assert(
      fc.property(written, (before) => {
        const after = withHook(before, COMMAND)

        expect(parsed(after)).toEqual(expected(parsed(before)))
        expect(withoutHook(after, COMMAND)).toBe(before)
        expect(withHook(after, COMMAND)).toBe(after)
      }),
      { numRuns: RUNS },
    )
  })

  it('keeps every byte of the rest in its place', () => {
    fc.assert(
      fc.property(written, (before) => {
        const after = withHook(before, COMMAND)
        const [start, end] = [commonStart(before, after), commonEnd(before, after)]

        expect(start + end).toBeGreaterThanOrEqual(before.length)
      }),
      { numRuns: RUNS },
    )
  })

  it('makes the file where there is none, and its removal takes the file away', () => {
    const after = withHook(null, COMMAND)

    expect(JSON.parse(after)).toEqual({ hooks: { SessionEnd: [ENTRY] } })
    expect(withoutHook(after, COMMAND)).toBeNull()
    expect(withoutHook(null, COMMAND)).toBeNull()
  })

  it('is as Claude Code itself would write it into settings of its own', () => {
    const before = `${JSON.stringify({ model: 'opus', hooks: { Stop: [] } }, null, 2)}\n`

    const after = withHook(before, COMMAND)

    expect(after).toBe(`${JSON.stringify(JSON.parse(after), null, 2)}\n`)
  })

  it('leaves when other settings have changed, and they stay as they are', () => {
    const after = withHook('{\n  "model": "opus"\n}\n', COMMAND)
    const changed = after.replace(/\n\}\n$/, ',\n  "theme": "dark"\n}\n')

    expect(withoutHook(changed, COMMAND)).toBe('{\n  "model": "opus",\n  "theme": "dark"\n}\n')
    expect(withoutHook(JSON.stringify(JSON.parse(withHook(null, COMMAND))), COMMAND)).toBe('{}\n')
  })

  it('leaves a group that somebody put it into, with what else is in it', () => {
    const mixed = {
      hooks: { SessionEnd: [{ hooks: [{ type: 'command', command: 'say bye' }, ...ENTRY.hooks] }] },
    }

    const rest = withoutHook(JSON.stringify(mixed), COMMAND) ?? ''

    expect(JSON.parse(rest)).toEqual({
      hooks: { SessionEnd: [{ hooks: [{ type: 'command', command: 'say bye' }] }] },
    })
  })

  it('is known by its end, so that one from elsewhere is replaced, and every one goes', () => {
    const elsewhere = "'/home/me/old place/reverie/src/cli/main.ts' hook session-end"
    const before = withHook('{"model":"opus"}', elsewhere)

    const after = withHook(before, COMMAND)
    const twice = JSON.stringify({ hooks: { SessionEnd: [ENTRY, ENTRY] } })

    expect(JSON.parse(after).hooks.SessionEnd).toEqual([ENTRY])
    expect(withoutHook(after, COMMAND)).toBe('{"model":"opus"}')
    expect(withoutHook(twice, COMMAND)).toBe('{}\n')
  })

  it('never takes a hook of somebody else for ours', () => {
    for (const command of [
      'my-reverie-like hook session-end',
      'echo reverie hook session-end now',
      'say bye',
    ]) {
      const text = JSON.stringify({
        hooks: { SessionEnd: [{ hooks: [{ type: 'command', command }] }] },
      })
      expect(withoutHook(text, COMMAND)).toBe(text)
    }
  })

  it.each([
    ['comments', '{\n  // mine\n  "model": "opus"\n}'],
    ['a trailing comma', '{"model": "opus",}'],
    ['nothing', ''],
    ['a list', '[]'],
    ['hooks of another kind', '{"hooks": []}'],
    ['ends of another kind', '{"hooks": {"SessionEnd": {}}}'],
    ['too many levels', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`],
  ])('refuses settings with %s', (_what, text) => {
    expect(() => withHook(text, COMMAND)).toThrow(SyntaxError)
    expect(() => withoutHook(text, COMMAND)).toThrow(SyntaxError)
  })
})

/** False where brackets stood in a string. */
function isSound(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    return !(error instanceof SyntaxError)
  }
}

function parsed(text: string): Settings {
  return JSON.parse(text.replace(/^\uFEFF/, ''))
}

function commonStart(a: string, b: string): number {
  let n = 0
  while (n < a.length && a[n] === b[n]) n += 1
  return n
}

function commonEnd(a: string, b: string): number {
  let n = 0
  while (n < a.length && a.at(-1 - n) === b.at(-1 - n)) n += 1
  return n
}
