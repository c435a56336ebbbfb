import { describe, expect, it } from 'vitest'
import { commonText, hasDifferingNames, messageParts, templateText } from './message-template.ts'

const template = (text: string): string => templateText(messageParts(text))

describe('messageParts', () => {
  it.each([
    [
      'The current branch fix-12-a has no upstream branch',
      'The current branch <branch> has no upstream branch',
    ],
    [
      'seat 14C on flight AB1234 is taken since 2024-05-13',
      'seat 14C on flight <id> is taken since <date>',
    ],
    ["open './src/app/main.ts:12:3': permission denied", 'open <name>: permission denied'],
    ['cannot read src/app/main.ts in 3.5s', 'cannot read <path> in <duration>'],
    ['total is 1,203 but paid 833', 'total is <n> but paid <n>'],
    ['object 3f2a9bc4e1 not found', 'object <id> not found'],
    ['see https://example.com/x?y=1 or a@example.com', 'see <address> or <address>'],
    ['run 123e4567-e89b-12d3-a456-426614174000 ended', 'run <id> ended'],
  ])('cuts %j', (text, expected) => {
    expect(template(text)).toBe(expected)
  })

  it('keeps the words that say which error it is', () => {
    for (const text of [
      'requires lazy_html as a test dependency',
      'connection refused on port 5432',
      'sha256 mismatch for utf8 text',
      'undefined function get/2',
      'exit code 137',
    ]) {
      expect(template(text)).toBe(text)
    }
  })

  it('loses nothing of the text', () => {
    const text = 'flight AB1234 of "Ann" at /tmp/x1/y is not on 2024-05-13'

    const parts = messageParts(text)

    expect(parts.map((part) => (typeof part === 'string' ? part : part.value)).join('')).toBe(text)
  })

  it('recognises the values of an error in its fix', () => {
    const parts = messageParts('git push -u origin topic', [{ kind: 'branch', value: 'topic' }])

    expect(templateText(parts)).toBe('git push -u origin <branch>')
  })
})

describe('commonText', () => {
  const common = (...texts: readonly string[]): string =>
    commonText(texts.map((text) => messageParts(text)))

  it('shows a path or name that all agree on and hides one that differs', () => {
    expect(common('cannot read dist/app/x.css', 'cannot read dist/app/x.css')).toBe(
      'cannot read dist/app/x.css',
    )
    expect(common('no module "a"', 'no module "b"')).toBe('no module <name>')
  })

  it('shows a number or duration that several agree on and hides one that differs', () => {
    const told = (got: number): string => `code must be 5 digits in 30 s, got ${got}`

    expect(common(told(1099), told(4229))).toBe('code must be 5 digits in 30 s, got <number>')
    expect(common(told(1099))).toBe('code must be <number> digits in <duration>, got <number>')
  })

  it('never shows ids, dates, addresses or places on a machine, agreed or not', () => {
    const text = 'user AB1234 paid on 2024-05-13 at pay.acme.example from /home/ann/x.txt'

    expect(common(text, text)).toBe('user <id> paid on <date> at <address> from <path>')
  })

  it('shows an address of the machine itself that several agree on', () => {
    expect(common('refused by 127.0.0.1:5433', 'refused by 127.0.0.1:5433')).toBe(
      'refused by 127.0.0.1:5433',
    )
    expect(common('refused by 127.0.0.1:5433', 'refused by 127.0.0.1:6379')).toBe(
      'refused by <address>',
    )
    expect(common('refused by 127.0.0.1:5433')).toBe('refused by <address>')
  })

  it('calls a quoted number a number', () => {
    expect(common('got "1099"', 'got "4229"')).toBe('got <number>')
    expect(common('got "1099"', 'got "ten"')).toBe('got <number>')
  })

  it('tells errors about different things apart', () => {
    const [a, b] = ['no module "a"', 'no module "b"'].map((text) => messageParts(text))

    expect(hasDifferingNames([a ?? [], b ?? []])).toBe(true)
    expect(hasDifferingNames([a ?? [], a ?? []])).toBe(false)
  })
})
