import type { SessionId } from '../../core/ids.ts'
import type { FolderOperations, Restored, Verification } from '../../reverie.ts'
import { AT } from './builders.test-support.ts'

const MEMORIES = ['/home/me/shop/memory']

/** Nothing is damaged. */
export const FAKE_VERIFICATION: Verification = { checked: { files: 3, pages: 120 }, damages: [] }

export const FAKE_RESTORED: Restored = {
  home: '/home/me/.local/state/reverie',
  takenAt: AT,
  files: 1,
  movedTo: '/home/me/.local/state/reverie.before-2026-11-20',
  memoryFolders: MEMORIES,
}

/** Upkeep of which everything succeeds, unless `guard` throws. */
export function fakeUpkeep(guard: () => void): FolderOperations['upkeep'] {
  return {
    async verify() {
      guard()
      return FAKE_VERIFICATION
    },
    async backup() {
      guard()
      const files = [{ name: 'reverie.db', bytes: 4_096, sha256: 'a'.repeat(64) }]
      return { folder: '/home/me/copy', files, takenAt: AT, memoryFolders: MEMORIES }
    },
    async purge({ isTrial }) {
      guard()
      const why = 'every dream over it was decided 30 days ago or earlier'
      return { sessions: [{ id: 'sesn_1' as SessionId, why }], events: 12, isDone: !isTrial }
    },
  }
}
