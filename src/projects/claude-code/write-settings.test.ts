import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ClaudeHome } from '../claude-home.test-support.ts'
import type { SettingsEdit } from '../projects.ts'
import type { SettingsPlaces } from './agent-settings.ts'
import { planHookEdit } from './hook-edit.ts'
import { writeSettings } from './write-settings.ts'

const COMMAND = '/usr/bin/node /opt/reverie/bin/reverie.js hook session-end'
const TEXT = '{\n\t"model": "opus",\n\t"hooks": { "Stop": [] }\n}'

let home: ClaudeHome
let path: string
beforeEach(() => {
  home = new ClaudeHome()
  path = join(home.configFolder, 'settings.json')
})
afterEach(() => home[Symbol.dispose]())

const placesOf = ({ configFolder }: ClaudeHome): SettingsPlaces => ({
  configFolder,
  managedSettings: null,
})
const plan = (isOn = true): Promise<SettingsEdit> => planHookEdit(placesOf(home), COMMAND, isOn)
const write = (edit: SettingsEdit): Promise<void> => writeSettings(home.configFolder, edit)

describe('an edit of settings', () => {
  it('keeps the permissions of the file and leaves nothing beside it', async () => {
    home.write(path, TEXT)
    chmodSync(path, 0o640)

    await write(await plan())

    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(readdirSync(home.configFolder).toSorted()).toEqual(['projects', 'settings.json'])
    await write(await plan(false))
    expect(readFileSync(path, 'utf8')).toBe(TEXT)
  })

  it('makes a file that only its owner reads, and takes it away again', async () => {
    await write(await plan())
    expect(statSync(path).mode & 0o777).toBe(0o600)

    await write(await plan(false))
    expect(readdirSync(home.configFolder)).toEqual(['projects'])
  })

  it('is given up where the file has changed since it was planned', async () => {
    home.write(path, TEXT)
    const edit = await plan()
    writeFileSync(path, '{}')

    await expect(write(edit)).rejects.toMatchObject({ type: 'conflict_error' })
    expect(readFileSync(path, 'utf8')).toBe('{}')
  })

  it('goes through a link inside of the folder and through none that leads out', async () => {
    const real = home.write(join(home.configFolder, 'shared/settings.json'), TEXT)
    symlinkSync(real, path)
    await write(await plan())
    expect(readFileSync(real, 'utf8')).toContain(COMMAND)

    const other = new ClaudeHome()
    const outside = other.write(other.path('dotfiles/settings.json'), TEXT)
    symlinkSync(outside, join(other.configFolder, 'settings.json'))
    await expect(planHookEdit(placesOf(other), COMMAND, true)).rejects.toMatchObject({
      type: 'permission_error',
      message: expect.stringContaining(outside),
    })
    expect(readFileSync(outside, 'utf8')).toBe(TEXT)
    other[Symbol.dispose]()
  })

  it.each([
    ['comments', Buffer.from('{ /* mine */ }')],
    ['no text', Buffer.from('')],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('is refused with %s, which stay as they are', async (_what, bytes) => {
    writeFileSync(path, bytes)

    await expect(plan()).rejects.toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringContaining(path),
      next: expect.stringContaining('--print'),
      details: { path, hook: expect.stringContaining(COMMAND) },
    })
    expect(readFileSync(path)).toEqual(bytes)
  })
})
