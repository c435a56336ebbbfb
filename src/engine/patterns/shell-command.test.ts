import { describe, expect, it } from 'vitest'
import { shellSegments } from './shell-command.ts'

const heads = (line: string): readonly string[] => shellSegments(line).map(({ head }) => head)

describe('shellSegments', () => {
  it('names a command by its program and subcommand', () => {
    expect(heads('git push -u origin main')).toEqual(['git push'])
    expect(heads('node assets/build.js')).toEqual(['node'])
    expect(heads('/usr/bin/make test')).toEqual(['make test'])
  })

  it('cuts chains and pipes outside quotes only', () => {
    expect(heads('git add a b && git commit -m "x; y && z" | tail -5; npm test')).toEqual([
      'git add',
      'git commit',
      'tail',
      'npm test',
    ])
  })

  it('drops directory changes, assignments, wrappers and redirections', () => {
    const [segment] = shellSegments('cd /srv/app && CI=1 timeout 60 npm run build 2>&1 > out.txt')

    expect(segment).toEqual({
      head: 'npm run',
      args: ['build'],
      text: 'npm run build',
      hasInlineCode: false,
    })
  })

  it('takes a here-document as one word, whatever quotes its text has', () => {
    const line = `git commit -m "$(cat <<'EOF'\nIt's "done" && dusted\nEOF\n)" && git push`

    expect(heads(line)).toEqual(['git commit', 'git push'])
  })

  it('marks programs that stand in the line itself', () => {
    expect(shellSegments('python3 -c "import x"')[0]?.hasInlineCode).toBe(true)
    expect(shellSegments('python3 run.py')[0]?.hasInlineCode).toBe(false)
  })

  it('ends at an unbalanced quote without inventing a command', () => {
    expect(shellSegments(`grep "a && rm b`)).toHaveLength(1)
  })
})
