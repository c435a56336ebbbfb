import { type JsonItem, type JsonNode, jsonTree, memberOf, valueAt } from './json-tree.ts'

/** The end of our command, whatever starts it. */
const OURS = /(?:^|[\s/\\'"])(?:reverie(?:\.js)?|main\.[jt]s)['"]? hook session-end$/
/** Claude Code ends the hooks of a session's end after 1.5 s unless one of them asks for more. */
const TIMEOUT_SECONDS = 10
const BOM = '\uFEFF'
const STEP_DEFAULT = '  '

/**
 * Settings with a hook that runs a command when a session ends: everything else keeps its bytes. A
 * hook of ours that is there gets the command. Null = no file. Throws SyntaxError for what is not JSON
 * or has another shape where hooks stand.
 */
export function withHook(text: string | null, command: string): string {
  if (text === null) return `${JSON.stringify({ hooks: hooksOf(command) }, null, STEP_DEFAULT)}\n`
  const settings = readSettings(text)
  const { body, root, hooks, ends } = settings
  const [ours] = hooksIn(settings, command)
  if (ours !== undefined) {
    const { start, end } = ours.command
    return settings.mark + body.slice(0, start) + JSON.stringify(command) + body.slice(end)
  }
  if (hooks === null) return appended(settings, root, 'hooks', hooksOf(command))
  if (ends === null) return appended(settings, hooks, 'SessionEnd', [entryOf(command)])
  return appended(settings, ends, null, entryOf(command))
}

/**
 * Settings without our hook: exactly as before `withHook` where nothing else has changed since, else
 * without it and what it alone filled. Null = no file is left. Throws as `withHook`.
 */
export function withoutHook(text: string | null, command: string): string | null {
  if (text === null) return null
  const settings = readSettings(text)
  const [ours, another] = hooksIn(settings, command)
  if (ours === undefined) return text
  const written = String(valueAt(settings.body, ours.command))
  const before = [null, ...ours.within.map((place) => removed(settings, place))]
  // What adding the hook turns into this text is what was there before.
  const exact = before.find((candidate) => withHook(candidate, written) === text)
  if (exact !== undefined) return exact
  const place = ours.within.findLast(({ container }) => container.items.length > 1)
  const rest = place === undefined ? `${settings.mark}{}\n` : removed(settings, place)
  return another === undefined ? rest : withoutHook(rest, command)
}

interface Settings {
  /** A byte order mark, or nothing. */
  readonly mark: string
  readonly body: string
  readonly root: JsonNode
  readonly hooks: JsonNode | null
  readonly ends: JsonNode | null
}

function readSettings(text: string): Settings {
  const mark = text.startsWith(BOM) ? BOM : ''
  const body = text.slice(mark.length)
  const root = jsonTree(body)
  if (root.kind !== 'object') throw new SyntaxError('it holds no object')
  const hooks = memberOf(root, 'hooks')?.node ?? null
  if (hooks !== null && hooks.kind !== 'object') throw new SyntaxError('"hooks" is no object')
  const ends = hooks === null ? null : (memberOf(hooks, 'SessionEnd')?.node ?? null)
  if (ends !== null && ends.kind !== 'array') throw new SyntaxError('"SessionEnd" is no list')
  return { mark, body, root, hooks, ends }
}

/** An item of a container. */
interface Place {
  readonly container: JsonNode
  readonly item: JsonItem
}

interface FoundHook {
  readonly command: JsonNode
  /** The places that hold it, the outermost first. */
  readonly within: readonly Place[]
}

function hooksIn({ body, root, hooks, ends }: Settings, command: string): readonly FoundHook[] {
  const hooksItem = memberOf(root, 'hooks')
  const endsItem = hooks === null ? null : memberOf(hooks, 'SessionEnd')
  if (hooks === null || ends === null || hooksItem === null || endsItem === null) return []
  const outer = [
    { container: root, item: hooksItem },
    { container: hooks, item: endsItem },
  ]
  return ends.items.flatMap((entry) => {
    const list = memberOf(entry.node, 'hooks')?.node
    return (list?.items ?? []).flatMap((item) => {
      const found = memberOf(item.node, 'command')?.node
      if (list === undefined || found === undefined) return []
      const value = valueAt(body, found)
      if (typeof value !== 'string' || (value !== command && !OURS.test(value))) return []
      const inner = [
        { container: ends, item: entry },
        { container: list, item },
      ]
      return [{ command: found, within: [...outer, ...inner] }]
    })
  })
}

/**
 * The text with one more item at the end of a container. Nothing but the item comes in where it was
 * empty, so that what was there before can always be told.
 */
function appended(
  settings: Settings,
  container: JsonNode,
  key: string | null,
  value: unknown,
): string {
  const { mark, body } = settings
  const [first] = container.items
  const last = container.items.at(-1)
  const space = first === undefined ? '' : body.slice(container.start + 1, first.start)
  const base = /\n([ \t]*)$/.exec(space)?.[1] ?? null
  const rootSpace = body.slice(settings.root.start + 1, settings.root.items[0]?.start ?? 0)
  const step = /\n([ \t]+)$/.exec(rootSpace)?.[1] ?? STEP_DEFAULT
  const newline = body.includes('\r\n') ? '\r\n' : '\n'
  const lines = JSON.stringify(value, null, step).replaceAll('\n', newline + (base ?? ''))
  const item = key === null ? lines : `${JSON.stringify(key)}: ${lines}`
  const at = last?.node.end ?? container.start + 1
  const between = last === undefined ? '' : base === null ? ', ' : `,${newline}${base}`
  return mark + body.slice(0, at) + between + item + body.slice(at)
}

function removed({ mark, body }: Settings, { container, item }: Place): string {
  const at = container.items.indexOf(item)
  const before = container.items[at - 1]
  const after = container.items[at + 1]
  const start = before?.node.end ?? item.start
  const end = before === undefined && after !== undefined ? after.start : item.node.end
  return mark + body.slice(0, start) + body.slice(end)
}

function hooksOf(command: string): unknown {
  return { SessionEnd: [entryOf(command)] }
}

function entryOf(command: string): unknown {
  return { hooks: [{ type: 'command', command, timeout: TIMEOUT_SECONDS }] }
}
