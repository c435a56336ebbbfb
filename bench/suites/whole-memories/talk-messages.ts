import type { Message } from '../../harness/dream-cases.ts'

const TURN = /^([A-Z][\w .-]{0,30}): /

/** "Alice: ..." line by line, as people who tell one agent; a headline without a speaker goes. */
export function talkMessages(transcript: string, at: string): readonly Message[] {
  return turnsOf(transcript).map((content) => ({ role: 'user', content, at }))
}

/** What is said at each turn, without the speaker. */
export function turnsOf(transcript: string): readonly string[] {
  const turns: string[] = []
  for (const line of transcript.split('\n')) {
    const turn = TURN.exec(line)
    if (turn !== null && !line.endsWith(':')) turns.push(line.slice(turn[0].length))
    else if (turns.length > 0 && line.trim() !== '') turns.push(`${turns.pop()}\n${line}`)
  }
  return turns
}
