import { valueKey } from '../values.ts'
import type { ListChange } from './list-change.ts'
import type { KeyedNote } from './profile-field.ts'
import { isMannerOver, mannerOf } from './style-news.ts'

/**
 * The line of a list with its members exchanged; null where nothing of it changes, where what is
 * given up does not stand in it, or where nothing would be left.
 */
export function changedList(note: KeyedNote, change: ListChange): string | null {
  const members = note.value.split(/\s*[,;]\s*/).filter((member) => member !== '')
  const isOver = (member: string): boolean =>
    note.field === 'style'
      ? isMannerOver(member, change)
      : change.gone.some((one) => isSameMember(member, one))
  const kept = members.filter((member) => !isOver(member))
  const come = change.come.filter((one) => !kept.some((member) => isHeldBy(note, member, one)))
  if (kept.length === members.length && come.length === 0) return null
  const next = [...kept, ...come]
  return next.length === 0 ? null : `${note.key}${next.join(', ')}`
}

function isHeldBy({ field }: KeyedNote, member: string, one: string): boolean {
  if (isSameMember(member, one)) return true
  const [known, wanted] = [mannerOf(member), mannerOf(one)]
  return field === 'style' && known !== null && wanted !== null && known.side === wanted.side
}

/** "Docs" is "Google Docs"; "C" is not "C++". */
function isSameMember(member: string, one: string): boolean {
  const [left, right] = [member, one].map((name) => name.trim().toLowerCase())
  if (left === right) return true
  const [a, b] = [valueKey(member), valueKey(one)]
  const isPlain = /^[\p{L}\d ]+$/u.test(`${left}${right}`)
  return isPlain && a !== '' && (a === b || a.endsWith(` ${b}`) || b.endsWith(` ${a}`))
}
