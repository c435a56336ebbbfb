/** What is said of a password, a token or a key that is not told: its state, its place, its kind. */
const SAID_OF_ONE: ReadonlySet<string> = new Set(
  `about above absent accessible active actually again alike all already also alright always and
  another any anything available away bad base basic because before being below best better between
  blank both broken but case char clear clean client common compliant confidential consistent correct
  corrupt critical current currently data dead default derived different down due either email else
  empty enough essential even ever exactly exempt expired external fake false fine first fixed for
  free fresh from full generic global gone good great hard hash hashes here hidden how immutable
  implicit important impossible incomplete incorrect insecure inside int integer intact internal
  into invalid irrelevant it its itself just kept known last leaked least less local long longer
  lost mandatory meant mine missing more most much naive needed never new next nil none normal not
  nothing now null number obsolete off okay old once only open optional other ours out outdated over
  passed perhaps permanent personal plain plaintext present private probably prod production
  protected public pure quite random rather raw read ready real really redundant required reset right
  safe same secret secure sensitive sent set shared short shorter simple simply single slow small
  some something soft stale static still strict string strong stronger such temporary test
  text that the their them then there these they this those through thus told too transient trivial
  am are been can could did do does done had has have he her him i may me must my she should we would you
  everybody everyone everything nobody someone something somebody so by one two three four five six
  true truncated two unavailable unchanged undefined under unique unknown unsafe unset until unused
  up us useless usually valid vault very visible void was weak weaker what when where whether which
  while whitespace who was well were will with within without working works written wrong yes yet your yours

  abgelaufen aber alles alt auch aus bei bekannt bereits dann das dein den der die dies dort egal
  eine einem einen einer einfach erforderlich falsch fehlt frei für geheim gleich gut hier immer
  inzwischen jetzt kein keine kurz lang leer mein mehr mit nicht nichts noch notwendig nur nötig
  oder optional pflicht richtig schlecht schon schwach sehr sein sicher stark und unbekannt ungültig
  unsicher unser veraltet vom von vorhanden weg wichtig wie wieder zu zum zur über`.split(/\s+/),
)

/** Participles, adverbs and adjectives: states, not names. */
const STATE = /(?:ed|ing|ly|able|ible|ful|less|ive|ous|ish|ical|ier|iert|bar|lich|los|haft)$/i
const PARTICIPLE = /^(?:ge|ver|be|ent|er|ab|un)\p{L}{3,}(?:t|en)$/iu

/** A word that is no password behind "the password is". */
export function isNoSecretWord(word: string): boolean {
  return SAID_OF_ONE.has(word.toLowerCase()) || STATE.test(word) || PARTICIPLE.test(word)
}

const ALGORITHM =
  /^(?:sha-?\d{1,3}|md5|s?crypt\d*|bcrypt\w*|argon2\w*|pbkdf2[\w-]*|base-?(?:32|58|64)[\w-]*|aes[-\w]*|oauth[\d.]*|utf-?\d+|ascii|[ehpr]s\d{3}|ed25519|rsa-?\d*|x\.?509|[12]password|k8s|2fa)$/i
const FILE =
  /^[\w./@-]+\.(?:cfg|conf|db|env|html?|ini|js|json|key|md|pem|php|py|rb|rs|sh|sql|toml|tsx?|txt|xml|ya?ml)$/i
const CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/
const AMOUNT = /^[~≈]?\d[\d.,]*(?:[-–+xk%]|st|nd|rd|th|ms|min|[kmg]?b|[a-z]{1,6})?\d{0,3}$/i
const VERSION = /^v?\d+(?:\.\d+)+$/
const HANDLE = /^[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})*$/
const CODE =
  /^(?:[A-Za-z]\w*)?[([{].*|.*[)\]}>]$|^[\w$]+(?:\.[\w$[\]]+)+$|=>|[/\\]|==|&&|\|\||^#|^@\w+$|^[^A-Za-z\d]/

/** A word with digits or signs that names a thing: a file, a constant, an algorithm, an amount. */
export function namesNoSecret(text: string): boolean {
  const isAmount = AMOUNT.test(text) && !/^\d{6,}$/.test(text)
  return (
    isAmount || [ALGORITHM, FILE, CONSTANT, VERSION, HANDLE, CODE].some((shape) => shape.test(text))
  )
}
