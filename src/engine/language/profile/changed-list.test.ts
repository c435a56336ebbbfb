import { expect, test } from 'vitest'
import { changedList } from './changed-list.ts'
import { keyedNote } from './profile-field.ts'

function changed(line: string, come: readonly string[], gone: readonly string[]): string | null {
  const note = keyedNote(line)
  return note === null ? null : changedList(note, { come, gone })
}

test('a member that came is added, one that went leaves', () => {
  expect(changed('tools: trello, Miro', ['Asana'], ['Trello'])).toBe('tools: Miro, Asana')
  expect(changed('Tools: Trello', ['Asana'], [])).toBe('Tools: Trello, Asana')
})

test('a list that says it already stays as it is', () => {
  expect(changed('tools: Google Docs, Miro', ['Docs'], ['Slack'])).toBeNull()
})

test('a list is never emptied', () => {
  expect(changed('tools: Trello', [], ['Trello'])).toBeNull()
})

test('"C" is another tool than "C++"', () => {
  expect(changed('tools: C++, Make', [], ['C'])).toBeNull()
})

test('a manner gives way to another of its dimension alone', () => {
  const line = 'communication style: detailed, bullets, friendly'
  expect(changed(line, ['concise'], [])).toBe('communication style: bullets, friendly, concise')
  expect(changed(line, ['formal'], ['bullets'])).toBe('communication style: detailed, formal')
})
