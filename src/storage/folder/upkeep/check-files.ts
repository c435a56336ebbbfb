import { join } from 'node:path'
import type { Damage, Findings } from '../../port/state-upkeep.ts'
import { entriesOf, isDatabaseFile, modeOf, type StateFolderParts } from './state-entries.ts'

/** Permissions, files that are not ours, what a crash left behind. Changes nothing. */
export function checkFiles({ home, databaseName, isPassing, isOurs }: StateFolderParts): Findings {
  const damages: Damage[] = []
  const own = modeOf(home)
  if (own === null) return { checked: { files: 0 }, damages: [gone(home)] }
  if ((own & OTHERS) !== 0) damages.push(tooOpen(home, own, '700'))
  const entries = entriesOf(home)
  for (const { path, kind, mode } of entries) {
    const full = join(home, path)
    if (kind === 'other') {
      damages.push({ where: full, what: 'It is neither a file nor a folder. Remove it.' })
    } else if ((mode & OTHERS) !== 0) {
      damages.push(tooOpen(full, mode, kind === 'file' ? '600' : '700'))
    }
    if (/\.journal(?:\.tmp)?$/.test(path)) {
      const next = 'Run `reverie status`, which finishes it or takes it back.'
      damages.push({ where: full, what: `A write into a memory folder was cut off. ${next}` })
    }
    if (
      kind === 'file' &&
      !isDatabaseFile(path, databaseName) &&
      !isPassing(path) &&
      !isOurs(path)
    ) {
      damages.push({ where: full, what: 'It is no file of Reverie. Move it away.' })
    }
  }
  if (!entries.some(({ path }) => path === databaseName))
    damages.push(gone(join(home, databaseName)))
  return { checked: { files: entries.filter(({ kind }) => kind === 'file').length }, damages }
}

/** Bits of everybody but the owner. */
const OTHERS = 0o077

function tooOpen(where: string, mode: number, wanted: string): Damage {
  const found = (mode & 0o777).toString(8)
  return { where, what: `Others may read it: its mode is ${found}. Run \`chmod ${wanted}\` on it.` }
}

function gone(where: string): Damage {
  return { where, what: 'It is not there. Restore a backup.' }
}
