import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './architecture/source-tree.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const PAGES = ['docs/threat-model.md', 'docs/data-flow.md']
const PATH = /`((?:src|test|scripts)\/[^`*]+\.ts)`/g

/** The rows of the table below a heading, as cells. */
function rows(page: string, heading: string): readonly (readonly string[])[] {
  const [, below = ''] = page.split(`\n## ${heading}\n`)
  const [section = ''] = below.split('\n## ')
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').slice(1, -1))
}

describe.each(PAGES)('%s', (path) => {
  const page = read(path)

  it('names tests and files that exist', () => {
    const named = [...page.matchAll(PATH)].map(([, file = '']) => file)

    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
  })

  it('fits on a page and a half', () => {
    expect(page.split('\n').length).toBeLessThanOrEqual(150)
  })
})

it('names a test for each threat, and for each way of data', () => {
  const threats = rows(read('docs/threat-model.md'), 'Threats')
  const flows = ['Comes in', 'Is kept', 'Goes out'].flatMap((name) =>
    rows(read('docs/data-flow.md'), name),
  )

  expect(threats.length).toBeGreaterThan(15)
  expect(flows.length).toBeGreaterThan(15)
  const untested = [...threats, ...flows].filter((cells) => !/\.test\.ts`/.test(cells.at(-1) ?? ''))
  expect(untested.map(([what]) => what)).toEqual([])
})

it('lists the hosts of providers as they stand in the code', () => {
  const source = read('src/models/open-model.ts')
  const fixed = [...source.matchAll(/'https:\/\/([^/']+)/g)].map(([, host]) => host)
  const listed = rows(read('docs/data-flow.md'), 'Hosts').flatMap(([, host = '']) =>
    [...host.matchAll(/`([a-z.]+)`/g)].map(([, name]) => name),
  )

  expect(fixed.length).toBeGreaterThan(1)
  expect(listed.toSorted()).toEqual(fixed.toSorted())
})

it('are found from SECURITY.md', () => {
  for (const path of PAGES) expect(read('SECURITY.md')).toContain(`(${path})`)
})
