import type { Bell } from './context.ts'

/** Wakes the listeners of this process, each once for each ring; nobody is told of a past one. */
export function createBell(): Bell {
  const listening = new Map<string, Set<() => void>>()
  return {
    ring(name) {
      for (const heard of [...(listening.get(name) ?? [])]) heard()
    },
    listen(name, heard) {
      const own = (): void => heard()
      const all = listening.get(name) ?? new Set()
      listening.set(name, all.add(own))
      return () => {
        all.delete(own)
        if (all.size === 0 && listening.get(name) === all) listening.delete(name)
      }
    },
  }
}
