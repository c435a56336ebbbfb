import { type Command, Option } from 'commander'
import { ReverieError } from '../../core/errors.ts'
import { DEFAULT_WORKSPACE, type KeyId, type WorkspaceId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import { SCOPES, type Scope } from '../../server/context.ts'
import type { ApiKey, KeyRing, NewKey } from '../../server/keys/key-ring.ts'
import { keyReport } from '../../wire/extensions/server-report.ts'
import { timestamp } from '../amounts.ts'
import type { CommandContext, CommandResult, Run } from '../command-run.ts'
import { examples } from '../help-text.ts'
import { labelled } from '../labelled.ts'
import { BLANK, type Line, line, span } from '../styled-line.ts'
import { parseUntil } from './until.ts'

/** Whoever may type here may make keys; a machine has no better name for them. */
const PERSON: Actor = { type: 'user_actor', userId: 'command-line' }

export function addKeyCommands(program: Command, run: Run): void {
  const group = program
    .command('key')
    .description('Make, list and end the keys of the server.')
    .addHelpText(
      'before',
      examples([
        ['reverie key create --name laptop', 'a key, shown once'],
        ['reverie key ls', 'what there is'],
        ['reverie key rotate key_4f2a --overlap 24h', 'replace one without a gap'],
        ['reverie key revoke key_4f2a', 'end it now'],
      ]),
    )
  addCreate(group, run)
  addList(group, run)
  addRotate(group, run)
  addRevoke(group, run)
}

interface CreateOptions {
  readonly name: string
  readonly workspace: string
  readonly scope: string
  readonly expires?: string
}

function addCreate(group: Command, run: Run): void {
  group
    .command('create')
    .description('Make a key and show it, this once. From the first one on, keys are needed.')
    .addOption(new Option('--name <name>', 'what it is for').default('unnamed'))
    .option('--workspace <id>', 'what it opens', DEFAULT_WORKSPACE)
    .option('--scope <list>', `by commas: ${SCOPES.join(', ')}`, 'read,write,dream')
    .option('--expires <when>', '90d, 4w or a date; else it does not end by itself')
    .addHelpText(
      'before',
      examples([
        ['reverie key create --name laptop', 'reads, writes and dreams'],
        ['reverie key create --name board --scope read --expires 90d', ''],
      ]),
    )
    .action((options: CreateOptions) =>
      run('key-create', (context) =>
        withKeys(context, async (keys) => {
          const { name, workspace, scope, expires } = options
          const draft = {
            name,
            workspaceId: workspaceOf(workspace),
            scopes: scopesOf(scope),
            expiresAt:
              expires === undefined ? null : parseUntil(expires, context.io.now(), '--expires'),
          }
          return told(await keys.create(draft, PERSON), null, context.out.width)
        }),
      ),
    )
}

function addList(group: Command, run: Run): void {
  group
    .command('ls')
    .description('List the keys, newest first, ended ones too; never the keys themselves.')
    .addHelpText('before', examples([['reverie key ls', 'names, scopes, ends']]))
    .action(() =>
      run('key-ls', (context) =>
        withKeys(context, async (keys) => {
          const all = await keys.list()
          return {
            data: { keys: all.map(keyReport) },
            view:
              all.length === 0
                ? [line('  There is no key; on this machine none is needed.')]
                : all.flatMap((key, n) => [
                    ...(n === 0 ? [] : [BLANK]),
                    ...keyView(key, context.out.width),
                  ]),
            next:
              all.length === 0
                ? [{ command: 'reverie key create --name <name>', why: 'make one' }]
                : [],
          }
        }),
      ),
    )
}

function addRotate(group: Command, run: Run): void {
  group
    .command('rotate')
    .description('Make a key like another one, which ends after a while.')
    .argument('<key>', 'id of the old key')
    .option('--overlap <time>', 'how long the old one stays good: 24h, 7d, or to a date', '24h')
    .addHelpText('before', examples([['reverie key rotate key_4f2a --overlap 7d', '']]))
    .action((id: string, { overlap }: { readonly overlap: string }) =>
      run('key-rotate', (context) =>
        withKeys(context, async (keys) => {
          const ends = parseUntil(overlap, context.io.now(), '--overlap')
          const made = await keys.rotate(await whole(id, keys), ends, PERSON)
          return told(made, made.old, context.out.width)
        }),
      ),
    )
}

function addRevoke(group: Command, run: Run): void {
  group
    .command('revoke')
    .description('End a key at once.')
    .argument('<key>', 'id of the key')
    .addHelpText('before', examples([['reverie key revoke key_4f2a', 'no request passes with it']]))
    .action((id: string) =>
      run('key-revoke', (context) =>
        withKeys(context, async (keys) => {
          const key = await keys.revoke(await whole(id, keys), PERSON)
          return { data: keyReport(key), view: keyView(key, context.out.width) }
        }),
      ),
    )
}

async function withKeys(
  { io }: CommandContext,
  work: (keys: KeyRing) => Promise<CommandResult>,
): Promise<CommandResult> {
  const open = await io.openKeys({ env: io.env, now: io.now })
  try {
    return await work(open.keys)
  } finally {
    await open.close()
  }
}

function told({ key, plain }: NewKey, old: ApiKey | null, width: number): CommandResult {
  return {
    data: { ...keyReport(key), key: plain, old: old === null ? null : keyReport(old) },
    view: [...labelled('Key', plain, width), ...keyView(key, width)],
    ...(old === null
      ? {}
      : { after: labelled('Old key', `${old.id} ends ${timestamp(old.expiresAt)}`, width) }),
    warnings: ['The key is shown this once: Reverie keeps only its hash.'],
    next: [{ command: 'reverie serve', why: 'serve; clients send the key' }],
  }
}

function keyView(key: ApiKey, width: number): Line[] {
  const { id, name, start, workspaceId, scopes, createdAt, expiresAt, revokedAt } = key
  const end =
    revokedAt !== null
      ? `revoked ${timestamp(revokedAt)}`
      : expiresAt === null
        ? 'does not end by itself'
        : `ends ${timestamp(expiresAt)}`
  return [
    line('  ', span(id, 'strong'), `  ${name}`),
    ...labelled('', `${start}…, made ${timestamp(createdAt)}, ${end}`, width),
    ...labelled('Opens', `${workspaceId}: ${scopes.join(', ')}`, width),
  ]
}

/** An id may be shortened as long as it is unique. */
async function whole(id: string, keys: KeyRing): Promise<KeyId> {
  const found = (await keys.list()).filter((key) => key.id.startsWith(id))
  const exact = found.find((key) => key.id === id) ?? (found.length === 1 ? found[0] : undefined)
  if (exact !== undefined) return exact.id
  const what = found.length === 0 ? 'There is no key' : 'More than one key begins with'
  throw new ReverieError(
    found.length === 0 ? 'not_found_error' : 'invalid_request_error',
    `${what} "${id}".`,
    { next: 'List them with `reverie key ls`.' },
  )
}

function scopesOf(list: string): readonly Scope[] {
  return list.split(',').map((word) => {
    const scope = SCOPES.find((one) => one === word.trim())
    if (scope !== undefined) return scope
    throw new ReverieError('invalid_request_error', `"${word.trim()}" is no scope.`, {
      next: `Give --scope one or more of ${SCOPES.join(', ')}, by commas.`,
    })
  })
}

/** `team-a` is short for `wrkspc_team-a`. */
function workspaceOf(name: string): WorkspaceId {
  return (name.startsWith('wrkspc_') ? name : `wrkspc_${name}`) as WorkspaceId
}
