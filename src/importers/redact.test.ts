import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../core/ids.ts'
import { findSecretKinds, secretRedactor } from './redact.ts'

/** Joined here, so that no scanner takes this file for a leak. */
const token = (...parts: readonly string[]): string => parts.join('')
const BODY = 'k3Yx9Qm2Vt7Lb5Nc8Rd1Wf6Hs4Jp0ZaTgEuX2mB7qP'
const body = (length: number): string =>
  BODY.repeat(Math.ceil(length / BODY.length)).slice(0, length)
const keyBlock = (name: string, lines: number): string =>
  [
    `-----BEGIN ${name}-----`,
    ...Array.from({ length: lines }, () => `MII${body(61)}`),
    `-----END ${name}-----`,
  ].join('\n')

const redact = async (text: string): Promise<string> => (await secretRedactor()(text)).text

const SECRETS: readonly (readonly [kind: string, secret: string])[] = [
  ['aws-access-key', token('AKIA', 'QJ7M2XVN4LBZ6TKD')],
  ['github-token', token('ghp_', body(36))],
  ['github-token', token('github_pat_', body(22), '_', body(42), body(17))],
  ['gitlab-token', token('glpat-', body(20))],
  ['slack-token', token('xoxb-', '2871650913-', '4410928375610-', body(24))],
  ['api-key', token('sk-', 'proj-', body(48))],
  ['api-key', token('sk-ant-', 'api03-', body(92))],
  ['stripe-key', token('sk_', 'live_', body(24))],
  ['google-api-key', token('AIza', body(35))],
  ['api-key', token('SG.', body(22), '.', body(43))],
  ['api-key', token('npm_', body(36))],
  ['api-key', token('hf_', body(34))],
  ['api-key', token('gsk_', body(52))],
  ['api-key', token('dop_v1_', sha256('a'))],
  ['api-key', token('hvs.', body(92))],
  ['api-key', token('pypi-', 'AgE', body(60))],
  ['api-key', token('glsa_', body(32), '_', 'a1b2c3d4')],
  ['api-key', token('shpat_', sha256('b').slice(0, 32))],
  ['jwt', token('eyJ', body(20), '.eyJ', body(40), '.', body(43))],
  ['webhook-url', token(body(9), '/', body(11), '/', body(24))],
]

describe('secrets', () => {
  it.each(SECRETS)('takes out a %s wherever it stands', async (kind, secret) => {
    const held = kind === 'webhook-url' ? `https://hooks.slack.com/services/${secret}` : secret
    const places = [
      held,
      `use ${held}, please`,
      `"${held}"`,
      `KEY=${held}\n`,
      `line\\n${held}\\n`,
      `(${held})`,
    ]

    for (const place of places) {
      const clean = await redact(place)

      expect([place, clean.includes(secret)]).toEqual([place, false])
      expect(clean).toMatch(/\[redacted:[a-z-]+\]/)
    }
    expect(findSecretKinds(held)).toContain(kind)
  })

  it.each([
    [
      'a secret key beside its id',
      `${token('AKIA', 'QJ7M2XVN4LBZ6TKD')} ${token('wJ4lrXUtnFEM1/K7MDENG/', 'bPxRfiCYzQ8tLm2vNk')}`,
    ],
    [
      'a named secret key',
      `aws_secret_access_key = ${token('wJ4lrXUtnFEM1/K7MDENG/', 'bPxRfiCYzQ8tLm2vNk')}`,
    ],
    ['a bearer header', `Authorization: Bearer ${body(32)}`],
    ['a basic header', `-H 'authorization: Basic ${token('YWxhZGRpbjpv', 'cGVuc2VzYW1lMTI=')}'`],
    ['a password in a setting', 'DB_PASSWORD=hunter2!x'],
    ['a password in JSON', '{"password": "tr0ub4dor&3"}'],
    ['a password in JSON in JSON', '{\\"password\\": \\"tr0ub4dor&3\\"}'],
    ['a password in words', 'The password is Xk9!mQ2z, please keep it.'],
    ['a password of curl', 'curl -u admin:s3cr3tPw https://example.org'],
    ['a token in YAML', `api_token: ${body(32)}`],
    ['a key in code', `const apiKey = '${body(32)}'`],
    ['a hex key that says so', `client_secret=${sha256('c').slice(0, 32)}`],
  ])('takes out %s', async (_name, text) => {
    const value =
      text
        .split(/[\s'"\\]+/)
        .filter((word) => word.length >= 8)
        .at(-1) ?? ''

    expect(await redact(text)).toContain('[redacted:')
    expect(findSecretKinds(await redact(text))).toEqual([])
    expect(value).not.toBe('')
  })

  it.each(['$ecret1!', '@Dm1n!2024', 'aB3;xy,z!9', '&7x<Q>p2', '12345678'])(
    'takes out all of the quoted password %s',
    async (password) => {
      expect(await redact(`password: "${password}"`)).toBe('password: "[redacted:password]"')
    },
  )

  it('takes the password out of a URL and leaves the rest', async () => {
    const text = 'postgres://app:s3cr3t-pw@db.internal:5432/shop'

    expect(await redact(text)).toBe(
      'postgres://app:[redacted:url-credentials]@db.internal:5432/shop',
    )
  })

  it.each(['RSA PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'])(
    'takes out a whole %s, also cut off or as JSON text',
    async (name) => {
      const block = keyBlock(name, 6)

      expect(await redact(`key:\n${block}\nend`)).toBe('key:\n[redacted:private-key]\nend')
      expect(await redact(JSON.stringify({ key: block }))).toBe('{"key":"[redacted:private-key]"}')
      expect(await redact(block.slice(0, -60))).toBe('[redacted:private-key]')
    },
  )

  it('cannot be switched off by the text itself', async () => {
    const text = `// secretlint-disable\n${token('ghp_', body(36))}\n// secretlint-disable-line`

    expect(await redact(text)).not.toContain(BODY.slice(0, 20))
  })

  it('tells the kind of each secret and finds none in what it returns', async () => {
    const { text, kinds } = await secretRedactor()(SECRETS.map(([, secret]) => secret).join('\n'))

    expect(kinds.length).toBeGreaterThanOrEqual(SECRETS.length - 1)
    expect(findSecretKinds(text)).toEqual([])
  })

  it('returns the same string, and remembers nothing wrong, when it reads a text twice', async () => {
    const clean = 'a plain text of some length '.repeat(20)
    const dirty = `${clean}${token('ghp_', body(36))}`
    const redactor = secretRedactor()

    for (let n = 0; n < 2; n += 1) {
      expect(await redactor(clean)).toEqual({ text: clean, kinds: [] })
      expect(await redactor(dirty)).toEqual({
        text: `${clean}[redacted:github-token]`,
        kinds: ['github-token'],
      })
    }
  })
})

describe('what only looks like a secret', () => {
  const hex = sha256('seed')
  const base64 = Buffer.from(hex, 'hex').toString('base64')

  it.each([
    ['a commit', `commit ${hex.slice(0, 40)}`],
    ['a short commit', `fixed in ${hex.slice(0, 7)}`],
    ['a checksum', `sha256:${hex}`],
    ['a checksum file', `${hex}  reverie-0.1.0.tgz`],
    ['an integrity hash', `"integrity": "sha512-${base64}${base64.slice(0, 42)}=="`],
    ['a UUID', '0f0e0d0c-0b0a-4908-8706-050403020100'],
    ['a UUID called token', 'token: 0f0e0d0c-0b0a-4908-8706-050403020100'],
    ['a lock file', `resolved "https://example.org/a/-/a-1.0.0.tgz#${hex.slice(0, 40)}"`],
    ['a digest called key', `key: ${hex}`],
    ['an id of ours', `sevt_${hex.slice(0, 24)}`],
    ['code that reads a password', 'const password = process.env.DB_PASSWORD'],
    [
      'code that passes a token',
      'fetch(url, { headers: { authorization: `Bearer $' + '{token}` } })',
    ],
    ['a type', 'interface Login { password: string; token: string | null }'],
    ['a schema', 'password: z.string().min(12), apiKey: config.apiKey'],
    ['a shell variable', 'export GITHUB_TOKEN=$GH_TOKEN API_KEY="$' + '{KEY}"'],
    ['a placeholder', 'password=changeme token=<your-token> API_KEY=your-api-key'],
    ['a manual', token('sk-', 'xxxxxxxxxxxxxxxxxxxxxxxx ', 'ghp_', 'x'.repeat(36))],
    ['prose', 'The password is required; a token is a word, and the secret is out.'],
    ['token counts', 'max_tokens: 4096, total_tokens=123456, token_count: 98765432'],
    ['a URL with a port', 'http://localhost:3000/@user and git@github.com:a/b.git'],
    ['a package with a scope', 'https://cdn.example.org/npm/@scope/pkg@1.2.3/dist/index.js'],
    ['a public key', `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${body(43)} mia@laptop`],
    ['a mention of a key block', 'look for "-----BEGIN PRIVATE KEY-----" in the file'],
    ['a slug with numbers', 'secret-not-for-production-use-minimum-64-bytes-long'],
    ['a hyphenated package', 'sk-learn-compatible-estimators-for-2026'],
  ])('keeps %s', async (_name, text) => {
    expect(await redact(text)).toBe(text)
  })

  it('keeps at least 99 of 100 lines of identifiers', async () => {
    const lines = Array.from({ length: 1_000 }, (_, n) => {
      const of = sha256(String(n))
      const uuid = `${of.slice(0, 8)}-${of.slice(8, 12)}-4${of.slice(13, 16)}-a${of.slice(17, 20)}-${of.slice(20, 32)}`
      return (
        [
          `commit ${of.slice(0, 40)}`,
          `id=${uuid}`,
          `${of}  file-${n}.tar.gz`,
          `etag: "${of.slice(0, 32)}"`,
        ][n % 4] ?? ''
      )
    })

    const kept = await Promise.all(lines.map(async (line) => (await redact(line)) === line))

    expect(kept.filter((isKept) => !isKept).length).toBeLessThanOrEqual(10)
  })
})

describe('any text', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(...SECRETS.map(([, secret]) => secret)),
    fc.constantFrom(
      'password=',
      'token: "',
      ' Bearer ',
      'https://a:',
      '@b.c/',
      '\\n',
      '[redacted:',
      ']',
      'AKIA',
    ),
  )

  it('is redacted once and for all', async () => {
    const redactor = secretRedactor()
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const once = (await redactor(pieces.join(''))).text
        expect(await redactor(once)).toEqual({ text: once, kinds: [] })
      }),
      { seed: 3, numRuns: 400 },
    )
  })

  it.each([
    'password=',
    '-----BEGIN PRIVATE KEY-----',
    'https://a:',
    'eyJ'.repeat(3),
    'AKIA0000',
    'sk-',
    'aws secret ',
    'authorization: ',
    `${'a'.repeat(500)} `,
    'xoxb-1-',
  ])('of 200 kB is read in time, also when it repeats %j', async (part) => {
    const text = part.repeat(Math.ceil(200_000 / part.length))
    const start = performance.now()

    await redact(text)

    expect(performance.now() - start).toBeLessThan(2_000)
  })
})
