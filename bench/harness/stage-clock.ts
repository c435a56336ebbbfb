/** Time of the processor that this process has used, in ms. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Adds the time since the last event to the stage that the event ends; `first` runs from `start`. */
export function stageClock(
  stages: Map<string, number>,
  first: string,
  start: number,
): (progress: { readonly stage: string }) => void {
  let current = first
  let since = start
  return ({ stage }) => {
    const now = cpuMs()
    stages.set(current, (stages.get(current) ?? 0) + now - since)
    current = stage
    since = now
  }
}
