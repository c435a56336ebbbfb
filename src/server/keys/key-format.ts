import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const PREFIX = 'rvk_'
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM_CHARS = 30
const CHECK_CHARS = 6
const SHAPE = /^rvk_[0-9A-Za-z]{36}$/

/** Of a key, what people may see of it again: enough to tell two apart. */
const SHOWN_CHARS = 8

/** A fresh key: prefix, 30 random characters (178 bits) and a check sum that scanners can verify. */
export function newPlainKey(): string {
  const random = Array.from({ length: RANDOM_CHARS }, () => ALPHABET[randomInt(ALPHABET.length)])
  return withCheck(`${PREFIX}${random.join('')}`)
}

/** Whether a text has the shape of a key and its check sum: what is not one is not looked up. */
export function isPlainKey(text: string): boolean {
  return SHAPE.test(text) && withCheck(text.slice(0, -CHECK_CHARS)) === text
}

/** The start of a key, as lists show it. */
export function shownStart(plain: string): string {
  return plain.slice(0, SHOWN_CHARS)
}

function withCheck(text: string): string {
  let rest = crc32(text)
  let check = ''
  for (let count = 0; count < CHECK_CHARS; count += 1) {
    check = `${ALPHABET[rest % ALPHABET.length]}${check}`
    rest = Math.floor(rest / ALPHABET.length)
  }
  return text + check
}
