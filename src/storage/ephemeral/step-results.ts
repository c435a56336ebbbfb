import type { StepResults } from '../storage.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Recorded results of steps of one workspace; the first one recorded under a key stays. */
export function ephemeralStepResults(access: WorkspaceAccess): StepResults {
  return {
    get: (key) => access.read((data) => data.steps.get(key)),
    put: (key, result) =>
      access.write((data) => {
        data.steps.insert([key], result)
      }),
    getAll: (keys) =>
      access.read(
        (data) =>
          new Map(
            keys.flatMap((key) => {
              const result = data.steps.get(key)
              return result === null ? [] : [[key, result] as const]
            }),
          ),
      ),
    putAll: (results) =>
      access.write((data) => {
        for (const [key, result] of results) data.steps.insert([key], result)
      }),
  }
}
