import { holdsOneOf } from './looked-up-words.ts'
import { isReference } from './secret-likeness.ts'
import type { SecretRule } from './secret-rule.ts'

/** A command of these names up to where its option stands; never over a pipe or a line's end. */
const UP_TO = String.raw`\b[^\n|;&]{0,200}?[ \t]`
const VALUE = String.raw`["'\x60]?(?<secret>[^\s"'\x60|;&]{3,200})`
const isTyped = (text: string): boolean => !isReference(text)

/** Passwords as options of the commands that take them, and numbers with a check of their own. */
export const TYPED_RULES: readonly SecretRule[] = [
  {
    kind: 'password',
    pattern: new RegExp(String.raw`\bsshpass${UP_TO}-p[ \t]{0,3}${VALUE}`, 'g'),
    mayBeIn: holdsOneOf('sshpass'),
    accepts: isTyped,
  },
  {
    kind: 'password',
    pattern: new RegExp(
      String.raw`\b(?:mysql(?:dump|admin|import|show)?|mariadb(?:-dump|-admin)?)${UP_TO}(?:-p|--password=)${VALUE}`,
      'g',
    ),
    mayBeIn: holdsOneOf('mysql', 'mariadb'),
    accepts: isTyped,
  },
  {
    kind: 'password',
    pattern: new RegExp(
      String.raw`\b(?:curl|wget)${UP_TO}(?:-u[ \t]{0,3}|--user[ =])["']?[\w.@+-]{1,64}:${VALUE}`,
      'g',
    ),
    mayBeIn: holdsOneOf('curl', 'wget'),
    accepts: isTyped,
  },
  {
    kind: 'password',
    pattern: new RegExp(String.raw`\bredis-cli${UP_TO}-a[ \t]{1,3}${VALUE}`, 'g'),
    mayBeIn: holdsOneOf('redis-cli'),
    accepts: isTyped,
  },
  {
    // Visa, Mastercard, Discover: 4-4-4-4; American Express: 4-6-5.
    kind: 'card-number',
    pattern:
      /(?<![\w.-])(?:(?:4\d|5[1-5]|2[2-7]|6[05])\d{2}([ -]?)\d{4}\1\d{4}\1\d{4}|3[47]\d{2}([ -]?)\d{6}\2\d{5})(?![\w-]|\.\d)/g,
    accepts: isLuhn,
  },
  {
    // US social security numbers; the left out ones are never given.
    kind: 'social-security-number',
    pattern: /(?<![\w.-])(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-]|\.\d)/g,
    accepts: () => true,
  },
  {
    kind: 'social-security-number',
    pattern:
      /\b(?:ssn|social security (?:number|no\.?))\b(?:[ \t](?:is|was))?[:=#]?[ \t]{0,2}(?<secret>\d{3} ?\d\d ?\d{4})\b/gi,
    mayBeIn: holdsOneOf('ssn', 'social security'),
    accepts: () => true,
  },
]

/** The check digit of payment cards, ISO/IEC 7812-1. */
function isLuhn(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].map(Number).reverse()
  const sum = digits.reduce((total, digit, index) => {
    const value = index % 2 === 0 ? digit : digit * 2
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
