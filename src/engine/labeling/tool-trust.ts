import type { ToolCall } from '../../core/session-event.ts'
import type { Trust } from '../../core/trust.ts'

/** Tools whose results bring in text that strangers wrote, by a part of their names. */
const FETCHING_TOOL =
  /fetch|search|browse|browser|http|url|e-?mail|inbox|message|ticket|scrape|crawl|download|calendar|slack|discord|telegram|whatsapp|imap|rss|notion|confluence|jira|zendesk|hubspot|salesforce|intercom|webhook/i
/** The same, where they stand as words of their own: `get_page`, `readComments`. */
const STRANGERS_WORDS: ReadonlySet<string> = new Set(
  'web mail gmail outlook sms chat page pages site website feed feeds news article articles blog tweet tweets post posts reddit wiki wikipedia forum comment comments review reviews issue issues discussion discussions attachment attachments contact contacts drive whois voicemail transcript transcripts'.split(
    ' ',
  ),
)
/** Other agents' reports: their words, however sure they sound. */
const DELEGATING_TOOL =
  /^(?:task|agent|subagent|delegate|dispatch_agent|task_?output|agent_?output)$/i
/** What a server of others answers. */
const OTHERS_SERVER = /^mcp__/
/** The call is not known: nobody can say that its output is a local action's own. */
const UNKNOWN_TOOL = 'unknown'

/**
 * Who stands behind the result of a tool: `tool` for a local action's own output, `external` for
 * text that it brought in, `assistant` for what another agent says. `input` is the call's, as JSON.
 */
export function trustOfResult({ name }: Pick<ToolCall, 'name'>, input: string | null): Trust {
  if (OTHERS_SERVER.test(name) || name === UNKNOWN_TOOL) return 'external'
  if (DELEGATING_TOOL.test(name)) return 'assistant'
  if (FETCHING_TOOL.test(name) || readsStrangers(name)) return 'external'
  return input !== null && bringsIn(input) ? 'external' : 'tool'
}

/** What acts on a page or a post tells of its own action: `post_entry`, `create_page`. */
const ACTS =
  /^(?:add|assign|book|cancel|close|comment|contact|create|delete|drive|edit|mail|merge|open|post|publish|remove|rename|reply|review|set|submit|tweet|update|write)$/

function readsStrangers(name: string): boolean {
  const words = wordsOf(name).filter((word) => word !== '')
  return !ACTS.test(words[0] ?? '') && words.some((word) => STRANGERS_WORDS.has(word))
}

/** `getPage`, `get_page` and `get-page` are get and page. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z\d]+/)
}

const AT_COMMAND = String.raw`(?:^|[|;&(\x60]|\bsudo|\bxargs|-c\s+["']|\btimeout \d+\w?|\btime)\s*`
/** Commands that print what a host sends. */
const TRANSFER = new RegExp(
  String.raw`${AT_COMMAND}(?:curl|wget|lynx|w3m|elinks|httpie|xh|aria2c|yt-dlp|ftp|sftp|telnet|iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b`,
  'm',
)
const REMOTE_TEXT = new RegExp(
  String.raw`${AT_COMMAND}(?:mutt|neomutt|himalaya|notmuch|mail|mailx|fetchmail|getmail|whois|dig|gh\s+(?:api|search|(?:issue|pr|release|gist|discussion|run)\s+(?:view|list|diff|status|checks))|glab\s+(?:api|(?:issue|mr)\s+(?:view|list|diff|note))|npm\s+(?:view|info|show|search)|pip3?\s+(?:search|index)|ssh)\b`,
  'm',
)
const CODE_THAT_FETCHES =
  /\b(?:requests\.(?:get|post|request)|urllib|urlopen|httpx\.|aiohttp|axios|http\.client|fetch)\s*[.(]/
const LOCAL_HOST =
  /\b(?:https?:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|host\.docker\.internal)(?::\d+)?\b/i
const OTHER_HOST =
  /\bhttps?:\/\/(?!localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal)[^\s"'\\]/i
/** Files that came from somewhere else. */
const OUTSIDE_FILE =
  /(?:^|[\s"'/\\~])(?:downloads?|inbox|maildir|mailbox|attachments|incoming|node_modules|site-packages|third[_-]party|vendor)[\\/]|\.(?:eml|mbox|msg|ics|vcf|mht|mhtml)\b/i

/** Whether a call by its arguments brings in what strangers wrote. */
function bringsIn(input: string): boolean {
  const words = textsIn(input).join('\n')
  if (REMOTE_TEXT.test(words) || OUTSIDE_FILE.test(words)) return true
  if (!TRANSFER.test(words) && !CODE_THAT_FETCHES.test(words)) return false
  return OTHER_HOST.test(words) || !LOCAL_HOST.test(words)
}

/** The texts among the arguments of a call; of a call that is no JSON, all of it. */
function textsIn(input: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(input)
    if (typeof value !== 'object' || value === null) return [String(value)]
    return Object.values(value).filter((one) => typeof one === 'string')
  } catch {
    return [input]
  }
}
