import { expect, test } from 'vitest'
import { FolderWorld } from '../support/folder-world.ts'

const GATEWAY = '- The stock gateway runs in Oregon.\n'

test('a note that moves to another memory in a merge gets no remark at its old place', async () => {
  await using world = await FolderWorld.open({
    'list.md': `# List\n\n- The stock worker runs in Oregon.\n${GATEWAY}`,
    'stock-gateway.md': `# Stock gateway\n\n${GATEWAY}`,
  })
  world.say('monday', ['The stock worker now runs in Milan.'])

  const { dream, changes } = await world.dream()
  await world.reverie.apply(dream.id)

  expect(changes.map(({ kind }) => kind)).toEqual(['supersede', 'merge'])
  expect(world.files()).toMatchObject({
    'list.md': '# List\n\n- The stock worker runs in Milan.\n',
    'stock-gateway.md': `# Stock gateway\n\n${GATEWAY}`,
  })
})
