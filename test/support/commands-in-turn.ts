/**
 * Run in a child process: the command lines of its only argument, a JSON list, one after the other
 * in this process. Prints a JSON list of their exit codes.
 */
import { main } from '../../src/cli/main.ts'

const commands: readonly (readonly string[])[] = JSON.parse(process.argv[2] ?? '[]')
const write = process.stdout.write.bind(process.stdout)
process.stdout.write = () => true
const codes: number[] = []
for (const argv of commands) codes.push(await main(argv))
write(`${JSON.stringify(codes)}\n`)
