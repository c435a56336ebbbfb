import { statfs } from 'node:fs/promises'
import { LIMITS } from '../../config.ts'
import { INSTALLATION } from '../../core/ids.ts'
import type { ServerPorts } from '../context.ts'

/** Whether the server can do its work; false names what it cannot. */
export interface Readiness {
  /** A row can be written and read back. A schema that is not ours is refused at the start. */
  readonly storage: boolean
  /** There is room on the disk of the state folder. */
  readonly disk: boolean
}

/** `home` is the state folder; null = there is none. */
export async function readiness(ports: ServerPorts, home: string | null): Promise<Readiness> {
  return { storage: await canWrite(ports), disk: home === null || (await hasRoom(home)) }
}

/** One row, written again each time. */
async function canWrite({ storage, now }: ServerPorts): Promise<boolean> {
  const at = now().toISOString()
  const { documents } = storage.inWorkspace(INSTALLATION)
  try {
    await documents.put({ kind: 'delivery', id: PROBE, tags: [], createdAt: at, body: `"${at}"` })
    return (await documents.get('delivery', PROBE)) !== null
  } catch (error) {
    // It is what was asked; the log of the request that fails has more.
    if (error instanceof Error) return false
    throw error
  }
}

const PROBE = 'readiness'

async function hasRoom(home: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(home)
  return bavail * bsize >= LIMITS.diskFreeBytesMin
}
