/** `reverie-server.ts <state folder>`: serves it; tells its parent the address. */
import { openServer } from '../../../src/reverie.ts'

const [home = ''] = process.argv.slice(2)
const server = await openServer({ home, port: 0 })
process.once('disconnect', () => void server.stop().then(() => process.exit(0)))
process.send?.(server.address)
