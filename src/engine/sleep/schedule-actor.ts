import type { ScheduleId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'

/** Who acts when a schedule does. */
export function scheduleActor(id: ScheduleId): Actor {
  return { type: 'user_actor', userId: id }
}
