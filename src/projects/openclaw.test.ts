import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ClaudeHome } from './claude-home.test-support.ts'
import { openClawWatch } from './openclaw.ts'

let home: ClaudeHome
beforeEach(() => {
  home = new ClaudeHome()
})
afterEach(() => home[Symbol.dispose]())

type Env = Readonly<Record<string, string>>

const dreams = async (folder: string, env: Env = {}): Promise<boolean> =>
  (await openClawWatch({ home: home.home, env }).otherDreamers(folder)).length > 0
const config = (text: string, folder = '.openclaw'): string =>
  home.write(home.path(folder, 'openclaw.json'), text)

const ON = '{plugins:{entries:{"memory-core":{config:{dreaming:{enabled:true}}}}}}'

describe('OpenClaw', () => {
  it('dreams over its workspace and the folders in it where somebody switched it on', async () => {
    const path = config(
      `// mine\n${ON.replace('enabled:true', "enabled: true, frequency: '0 3 * * *',")}`,
    )
    const workspace = home.path('.openclaw/workspace')
    home.write(join(workspace, 'MEMORY.md'), '# Memory\n')

    const [dreamer] = await openClawWatch({ home: home.home, env: {} }).otherDreamers(workspace)

    expect(dreamer?.why).toBe(
      `plugins.entries.memory-core.config.dreaming.enabled is on in ${path}`,
    )
    expect(await dreams(join(workspace, 'memory'))).toBe(true)
    expect(await dreams(home.path('.openclaw/workspace-of-others'))).toBe(false)
    expect(await dreams(home.path('shop/memory'))).toBe(false)
  })

  it.each([
    ['there is no configuration', null],
    ['nothing is said of it', '{}'],
    ['it is off', ON.replace('true', 'false')],
    ['the plugin is off', ON.replace('{config', '{enabled:false,config')],
    ['another plugin holds the memories', ON.replace('{entries', '{slots:{memory:"none"},entries')],
    ['its value is no flag', ON.replace('true', '"true"')],
    ['the configuration is broken', `${ON}}`],
    ['the configuration is nested without an end', '['.repeat(5_000)],
  ])('does not dream where %s', async (_what, text) => {
    if (text !== null) config(text)

    expect(await dreams(home.path('.openclaw/workspace'))).toBe(false)
  })

  it('dreams by the settings of the plugin that holds the memories, and by modes of old', async () => {
    config(
      '{plugins:{slots:{memory:"lancedb"},entries:{lancedb:{config:{dreaming:{enabled:true}}}}}}',
    )
    expect(await dreams(home.path('.openclaw/workspace'))).toBe(true)
    config('{plugins:{entries:{"memory-core":{config:{dreaming:{mode:"rem"}}}}}}')
    expect(await dreams(home.path('.openclaw/workspace'))).toBe(true)
    config('{plugins:{entries:{"memory-core":{config:{dreaming:{mode:"off"}}}}}}')
    expect(await dreams(home.path('.openclaw/workspace'))).toBe(false)
  })

  it('has its workspaces where configuration and environment say', async () => {
    const agents =
      '{defaults:{workspace:"~/base"},list:[{id:"ada",workspace:"~/ada"},{id:"bo"}],entries:{cy:{}}}'
    config(ON.replace(/\}$/, `,agents:${agents}}`))
    for (const name of ['base', 'ada', 'base/bo', '.openclaw/workspace-cy']) {
      expect(await dreams(home.path(name))).toBe(true)
    }
    expect(await dreams(home.path('own'), { OPENCLAW_WORKSPACE_DIR: home.path('own') })).toBe(true)
    const elsewhere = config(ON, 'state')
    expect(
      await dreams(home.path('state/workspace'), { OPENCLAW_STATE_DIR: home.path('state') }),
    ).toBe(true)
    expect(
      await dreams(home.path('.openclaw/workspace'), { OPENCLAW_CONFIG_PATH: elsewhere }),
    ).toBe(true)
    config(ON, '.openclaw-work')
    expect(await dreams(home.path('.openclaw-work/workspace'), { OPENCLAW_PROFILE: 'work' })).toBe(
      true,
    )
  })
})
