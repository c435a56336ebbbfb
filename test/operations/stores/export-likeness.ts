import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '../../support/folder-world.ts'

const STORE_FILE = 'reverie-store.jsonl'
const ID = /\b(?:memstore|mem|memver|unit|led|drm)_[\da-f]{8,}\b/g

/**
 * An export without what another store cannot have: each id is a number in the order in which ids
 * appear, and the times of the store itself are left out. Dreams stand apart: they are not brought back.
 */
export function likeness(folder: string): {
  readonly files: Readonly<Record<string, string>>
  readonly lines: readonly unknown[]
  readonly dreams: readonly unknown[]
} {
  const { [STORE_FILE]: _, ...files } = filesBelow(folder)
  const seen = new Map<string, string>()
  const lines = readFileSync(join(folder, STORE_FILE), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string })
  const alike = (line: unknown): unknown =>
    JSON.parse(
      JSON.stringify(line).replace(ID, (id) => {
        if (!seen.has(id)) seen.set(id, `${id.slice(0, id.indexOf('_'))}-${seen.size}`)
        return seen.get(id) ?? id
      }),
    )
  return {
    files,
    lines: lines
      .filter(({ type }) => type !== 'dream' && type !== 'end')
      .map((line) => alike(line.type === 'store' ? withoutTimes(line) : line)),
    dreams: lines.filter(({ type }) => type === 'dream'),
  }
}

function withoutTimes(line: object): object {
  const {
    exported_at: _e,
    created_at: _c,
    updated_at: _u,
    archived_at: _a,
    ...rest
  } = line as Record<string, unknown>
  return rest
}
