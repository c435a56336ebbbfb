/** What a text tells its reader to do. */
export interface Orders {
  /** It speaks of more than the case at hand: always, never, from now on, whenever. */
  readonly isStanding: boolean
  /** It is meant for the agent's memory, rules or loyalty, or moves data to somebody. */
  readonly isSteering: boolean
  /** The actions that it asks for, as written. */
  readonly actions: readonly string[]
}

/** Verbs that open an order to whoever reads a note. */
const ACTION =
  'send|forward|e-?mail|mail|post|upload|share|export|copy|bcc|cc|run|execute|call|invoke|use|install|download|fetch|open|visit|click|ignore|disregard|forget|override|bypass|skip|disable|enable|turn|switch|delete|remove|drop|erase|wipe|destroy|purge|overwrite|write|save|store|remember|memori[sz]e|add|append|insert|include|put|set|change|replace|update|modify|grant|approve|allow|permit|accept|pay|transfer|wire|buy|order|book|refund|give|tell|say|reply|respond|answer|ask|report|treat|trust|regard|consider|let|make|do|keep|stop|avoid|check|verify|ensure|confirm|follow|obey|act|behave|pretend|reveal|print|show|output|leak|exfiltrate|encode|encrypt|decrypt|commit|push|pull|merge|deploy|publish|release|promote|recommend|mention|suggest|advise|assume|return|refer|redirect|route|prefix|sign|append|attach|search|look|navigate|go|contact|consult|start|begin|restart|reset|reboot|kill|revoke|expose|log|record|collect|gather|access|read|search|query|create|generate|build|compose|draft|schedule|translate|summari[sz]e|hide|conceal|omit|withhold|prioriti[sz]e|choose|pick|take|submit|register|subscribe|link|leave|lower|raise|increase|decrease|reduce|waive|escalate|convert|compress|cache|serve|listen|connect|point|proceed|continue|try|retry|wait|notify|inform|warn|remind'
const POLITE =
  "(?:(?:please|kindly|also|first|then|now|just|simply|immediately|instead|so|and|you (?:must|should|shall|need to|have to|can|may|will|are to)|make sure to|be sure to|remember to|be certain to|do not|don[’']?t|never|always|only|must|should)\\s+){0,4}"
/** The action of a clause that begins with it. */
const IMPERATIVE = new RegExp(
  `(?:^|[.!?;:,>\\n]\\s*|["'“”(\\[]\\s*|[-–—→]\\s+|\\b(?:then|and|please|to you:?)\\s+)${POLITE}(${ACTION})\\b(?!\\s*[:=(])`,
  'giu',
)
const STANDING =
  /\b(?:always|never|from (?:now|here|today|this (?:moment|point|day|session)) on(?:wards?)?|going forward|in (?:the )?future|henceforth|hereafter|whenever|every(?:\s+single)? time|each time|at all times|under (?:no|any) circumstances|for (?:all|every) (?:future|subsequent|following)|in (?:all|every) (?:future|subsequent|following)|by default|permanently|forever|no matter what|regardless of|without exception)\b/iu
const STEERING: readonly RegExp[] = [
  /\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|ing)|bypass(?:ing)?|supersedes?|cancels?|void(?:s|ing)?)\b.{0,60}\b(?:instructions?|directi(?:ve|on)s?|rules?|prompts?|guidelines?|guidance|polic(?:y|ies)|orders?|restrictions?|safeguards?|everything|previous|prior|above)\b/iu,
  /\b(?:add|save|store|write|put|commit|record|append|note|keep|persist)\b.{0,60}\b(?:your|the (?:agent|assistant|model)['’]?s?|its|long[- ]?term|permanent|persistent)\s+(?:long[- ]term\s+|permanent\s+)?(?:memory|memories|notes?|context|knowledge)\b/iu,
  /\b(?:assistants?|agents?|ais?|llms?|(?:language )?models?|chat ?bots?|bots?|dreamers?)\b.{0,30}\b(?:must|should|shall|has to|have to|needs? to|ought to|will always|may never|is (?:now )?(?:allowed|required|authori[sz]ed|instructed)|are (?:now )?(?:allowed|required|authori[sz]ed|instructed))\b/iu,
  /\b(?:send|forward|e-?mail|mail|post|upload|copy|bcc|cc|share|export|transfer|submit|report|leak|deliver|wire|pay|refund)(?:s|ed|ing)?\b.{0,80}(?:\bto\b.{0,60}(?:https?:|[\w.+-]+@[\w-]+|\b(?:server|endpoint|webhook|url|address|account|attacker|inbox)\b))/iu,
  /\b(?:system prompt|developer mode|jailbreak|you are now|new (?:system )?(?:instructions?|directives?|rules?|polic(?:y|ies))\s*[:-]|as an ai|do anything now|without (?:asking|telling|confirmation|approval|verification|review|permission|notifying)|don[’']?t (?:tell|inform|mention|ask|notify)|do not (?:tell|inform|mention|ask|notify)|secretly|silently|covertly)\b/iu,
]

/** Words of lessons that sound like a rule and are none. */
const LESSON_PHRASE = /\bthough not always to success\b/gu
/** What stands for the words of a tool or the agent in a generated lesson. */
const QUOTED = /“[^”]{0,2000}”|`[^`]{0,2000}`/gu

export function ordersIn(text: string): Orders {
  return {
    isStanding: STANDING.test(text),
    isSteering: isSteering(text),
    actions: [...text.matchAll(IMPERATIVE)].map(([, action = '']) => action.toLowerCase()),
  }
}

export function isSteering(text: string): boolean {
  return STEERING.some((pattern) => pattern.test(text))
}

/** In the words of a failure, what would still be an order to whoever reads it. */
const QUOTED_ORDER =
  /(?:^|[.!?;:]\s*)(?:please\s+)?(?:you must |you should |agents? |assistants? )?(?:always|never|from now on|in (?:the )?future|whenever|every time|remember)\b(?!\s*[:=(])/iu

/** The same of handing over, paying, hiding and switching off; errors hint at much, never at this. */
const QUOTED_HARM =
  /\b(?:send|forward|e-?mail|upload|share|export|transfer|pay|wire|refund|grant|approve|disable|ignore|disregard|bypass|skip|reveal|leak|tell|trust|praise|recommend)\s+(?:the|all|any|your|our|their|this|that|these|those|it|them|him|her|me|us|every|each|an?)\b/iu

/** An error that asks instead of telling what failed, speaks for a person or to whoever reads it. */
const QUOTED_VOICE =
  /^\s*please\b|\b(?:the|your|our)\s+(?:user|operator|owner|administrator|admin|customer|developer)s?\s+(?:ha(?:s|ve)\s+)?(?:decided|wants|prefers|asked|asks|requests|requested|instructed|approved|authori[sz]ed)\b|\b(?:dear|hey|hello|notes? (?:to|for))\b.{0,40}\b(?:ais?|agents?|assistants?|models?|bots?|whoever)\b|\b(?:keep|store|add|save|put|write)\b.{0,30}\b(?:in|to) (?:the |your |its )?(?:notes|memory)\b/iu

/**
 * The same of a lesson: the words of tools in quotation marks describe a failure, and only what
 * gives standing orders or steers even there counts; the rest is judged as it is.
 */
export function ordersInLesson(text: string): Orders {
  const quoted = (text.match(QUOTED) ?? []).map((part) => part.slice(1, -1))
  const { isStanding, actions } = ordersIn(text.replace(QUOTED, ' ').replace(LESSON_PHRASE, ''))
  return {
    isStanding: isStanding || quoted.some((part) => QUOTED_ORDER.test(part)),
    isSteering:
      isSteering(text) || quoted.some((part) => QUOTED_HARM.test(part) || QUOTED_VOICE.test(part)),
    actions,
  }
}
