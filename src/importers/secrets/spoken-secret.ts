import { holdsOneOf, type LookedUpWords } from './looked-up-words.ts'
import { isNoSecretWord, namesNoSecret } from './plain-words.ts'
import { isPassword, isUuid, isValue } from './secret-likeness.ts'
import type { SecretRule } from './secret-rule.ts'

/** What people call a password, whatever comes of it. */
const PASSWORD =
  'pass(?:word|phrase|wort|code|wd)|pass[ -](?:word|phrase|code)|kennwort|pw|(?:wi-?fi|wlan) key'
const KEY = '(?:api|secret|access|private|signing|encryption|license)[-_ ]?key|token|secret'
const PIN = 'pin(?:[- ](?:code|number))?|(?:access|alarm|door|entry|gate|security|unlock)[- ]code'
const LOGIN = 'log-?in|credentials?|creds|zugangsdaten|anmeldedaten'

/**
 * `password for the root of db1`: only a preposition or who uses it goes on from the noun, so that
 * the token count and the login page are no credentials.
 */
const WORD = String.raw`[ \t]{1,2}[\p{L}\d_.@'’/-]{1,60}`
const WHOSE = String.raw`(?:[ \t]{1,2}(?:for|of|on|to|at|in|that|which|i|we|you|für|von|vom|zu|zum|zur|auf|am|im|des|der)(?:${WORD}){1,5}?)?`
const QUOTE = String.raw`\*{0,2}["'\x60“„]?`
const VERB = String.raw`\*{0,2}[ \t]{1,3}(?:is|was|are|ist|war|sind|lautet)(?:[ \t](?:now|still|currently|just|jetzt|noch|(?:now[ \t])?(?:set|changed|reset)[ \t]to))?:?[ \t]{1,3}${QUOTE}`
const SIGN = String.raw`\*{0,2}[ \t]{0,3}[:=]\*{0,2}[ \t]{0,3}${QUOTE}`
/** Up to the end of the word, without what ends a sentence. */
const END = String.raw`(?=[.,:;?)\]}*]{0,4}(?:["'\x60”“\\<>\s]|$))`
const CLAUSE_END = String.raw`(?=[.,;!?)]{1,3}(?:["'\x60”\s]|$)|["'\x60”\n]|$)`
const VALUE = String.raw`(?<secret>[^\s"'\x60“”\\<>]{4,200}?)${END}`
const NO_UNIT = String.raw`(?![ \t]{0,2}(?:%|bits?\b|bytes?\b|char|days?\b|digits?\b|hours?\b|letters?\b|min|seconds?\b|symbols?\b|times\b|users?\b|words?\b|zeichen\b))`

function said(noun: string, link: string, value: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\d])(?:${noun})${WHOSE}(?:${link})${value}`, 'giu')
}

/** `that`, `with`, `must`: the words of grammar are short. */
const LINKING_CHARS_MAX = 5

const isSecretWord = (text: string): boolean => isValue(text) && !namesNoSecret(text)
const isSpokenKey = (text: string): boolean =>
  text.length >= 8 && /\d/.test(text) && /[a-z]/i.test(text) && isSecretWord(text) && !isUuid(text)

/** Of the words of a passphrase one may be an adjective, but none holds a sentence together. */
function isPhrase(text: string): boolean {
  const plain = text.split(/[ -]/).filter(isNoSecretWord)
  return plain.length <= 1 && plain.every((word) => word.length > LINKING_CHARS_MAX)
}

const holdsPassword = holdsOneOf('pass', 'kennwort', 'pw', 'fi key', 'wlan key')
const holdsCode = holdsOneOf(' code', '-code')
const holdsGuarded = holdsOneOf('access', 'alarm', 'door', 'entry', 'gate', 'security', 'unlock')
const holdsPin = (text: LookedUpWords): boolean =>
  text.has('pin') || (holdsCode(text) && holdsGuarded(text))

/** Secrets as people tell them in a sentence, behind the noun that says what they are. */
export const SPOKEN_RULES: readonly SecretRule[] = [
  {
    kind: 'password',
    mayBeIn: holdsPassword,
    pattern: said(PASSWORD, `${VERB}|${SIGN}`, VALUE + NO_UNIT),
    accepts: (text) => isSecretWord(text) && isPassword(text) && !isUuid(text),
  },
  {
    kind: 'password',
    mayBeIn: holdsPassword,
    pattern: said(PASSWORD, VERB, String.raw`(?<secret>\d{4,5})(?![\w.%-]*\w)${NO_UNIT}`),
    accepts: () => true,
  },
  {
    // One word without a digit is a password only where the sentence ends with it.
    kind: 'password',
    mayBeIn: holdsPassword,
    pattern: said(PASSWORD, VERB, String.raw`(?<secret>\p{L}{5,40})${CLAUSE_END}`),
    accepts: (text) => isValue(text) && !isNoSecretWord(text),
  },
  {
    kind: 'password',
    mayBeIn: holdsPassword,
    pattern: said(
      PASSWORD,
      VERB,
      String.raw`(?<secret>\p{L}{3,20}(?:[ -]\p{L}{3,20}){3,9})${CLAUSE_END}`,
    ),
    accepts: isPhrase,
  },
  {
    kind: 'secret',
    mayBeIn: holdsOneOf('key', 'token', 'secret'),
    pattern: said(KEY, `${VERB}|${SIGN}`, VALUE),
    accepts: isSpokenKey,
  },
  {
    kind: 'pin',
    mayBeIn: holdsPin,
    pattern: said(PIN, `${VERB}|${SIGN}`, String.raw`(?<secret>\d{4,8})(?![\w.%-]*\w)${NO_UNIT}`),
    accepts: () => true,
  },
  {
    kind: 'password',
    mayBeIn: holdsOneOf('login', 'log-in', 'cred', 'zugangsdaten', 'anmeldedaten'),
    pattern: said(
      LOGIN,
      `${VERB}|${SIGN}`,
      String.raw`[\w.@+-]{2,64}(?:[ \t]{1,2}[/|][ \t]{1,2}|,[ \t]|:[ \t]?|[ \t](?:and|with|und|mit)[ \t](?:password[ \t]|passwort[ \t])?)["'\x60]?(?!/)${VALUE}`,
    ),
    accepts: (text) => isSecretWord(text) && isPassword(text),
  },
]
