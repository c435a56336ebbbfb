/** Words that stand where a secret will be, in examples and templates. */
const PLACEHOLDER =
  /^(?:x{3,}|\*{2,}|\.{2,}|-+|change[-_]?me|dummy|example|fake|foo(?:bar)?|my[-_]?(?:password|secret|token)|none|null|pass(?:word|wd)?|placeholder|pw|redacted|sample|secret|test|todo|token|true|false|undefined|user(?:name)?|your[-_].*|.*example.*)$/i

/** `$NAME`, `${...}`, `%NAME%`, `%s`, `<name>`, `{name}`, `&name`: text that points to a secret. */
const REFERENCE = /^(?:\$[A-Za-z_]\w*|\$[{(].*|%[A-Z_]+%|%[a-z]|[<{[(].*|[&*@][A-Za-z_.]+)$/

/** A path through code or a file system: `process.env.TOKEN`, `z.string()`, `./key.pem`, `/etc/key`. */
const CODE_PATH =
  /^(?:[A-Za-z_$][\w$]*(?:(?:\?\.|\.|::|->)[A-Za-z_$#][\w$]*)+[;,]?|[A-Za-z_$][\w$.]*\(.*|\.{0,2}\/[\w./-]*|~\/.*|[a-z]+:\/\/.*)$/

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const HEX = /^(?:0x)?[0-9a-f]{16,}$/i
const DIGEST = /^(?:sha(?:1|256|384|512)|md5)[-:]/i

/** Bits of a character drawn from the text: 0 for `aaaa`, about 4 for random base64 of 20. */
export function entropyPerChar(text: string): number {
  const counts = new Map<string, number>()
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
  const length = [...text].length
  return [...counts.values()].reduce(
    (bits, count) => bits - (count / length) * Math.log2(count / length),
    0,
  )
}

/** What stands where a secret will be, or for one that was taken out. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text) || REFERENCE.test(text) || entropyPerChar(text) < 1.5
}

/** What names a place where a secret comes from: a variable, a template's slot. */
export function isReference(text: string): boolean {
  return REFERENCE.test(text)
}

export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** False for what stands in for a secret, points to one, or fingerprints public bytes. */
export function isValue(text: string): boolean {
  return !(isPlaceholder(text) || CODE_PATH.test(text) || DIGEST.test(text))
}

/** Git SHAs, checksums, UUIDs: random, and public. */
export function isFingerprint(text: string): boolean {
  return UUID.test(text) || HEX.test(text) || DIGEST.test(text)
}

/** What a machine made: long, letters and digits, hardly a repeated character. */
export function isRandom(text: string): boolean {
  const isMixed = /\d/.test(text) && /[A-Za-z]/.test(text)
  return text.length >= 16 && isMixed && !isWords(text) && entropyPerChar(text) >= 3.2
}

/** `a-name-of-2-words`: what people write where a token would have no vowels to speak of. */
function isWords(text: string): boolean {
  const parts = text.split(/[-_.]/)
  return parts.length >= 3 && parts.every((part) => /^(?:[A-Z]?[a-z]*|\d{1,4})$/.test(part))
}

/** What a person or a machine took as a password; only trusted beside the word that says so. */
export function isPassword(text: string): boolean {
  const isMixed = /[A-Za-z]/.test(text) && /[\d!#$%^&*+=?~@]/.test(text)
  return text.length >= 6 && (isMixed || /^\d{6,}$/.test(text)) && entropyPerChar(text) >= 2
}
