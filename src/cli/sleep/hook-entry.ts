import { endSession } from './session-end.ts'

/**
 * `reverie hook session-end` without the rest of the command, which takes longer to load than an agent
 * gives its hooks. `script` is what Node.js was started with.
 */
export async function runSessionEndHook(script: string): Promise<void> {
  const { stdin, env, execPath } = process
  const outcome = await endSession({
    stdin,
    env,
    now: () => new Date(),
    invocation: [execPath, script],
  })
  if (process.argv.includes('--verbose')) process.stderr.write(`${outcome.why}\n`)
  // Where an agent leaves the pipe open, reading from it would keep this process.
  stdin.destroy()
}
