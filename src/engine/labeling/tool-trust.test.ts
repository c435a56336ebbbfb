import { describe, expect, test } from 'vitest'
import { trustOfResult } from './tool-trust.ts'

describe('the result of a tool', () => {
  test.each([
    'Bash',
    'Read',
    'Edit',
    'Grep',
    'book_reservation',
    'calculate',
    'run_tests',
    'post_entry',
    'createPage',
  ])('of a local action is the tool’s: %s', (name) => {
    expect(trustOfResult({ name }, null)).toBe('tool')
  })

  test.each([
    'WebFetch',
    'web_search',
    'read_email',
    'getPage',
    'get-comments',
    'list_issues',
    'mcp__files__read',
    'slackHistory',
    'unknown',
  ])('that brings text in is a stranger’s: %s', (name) => {
    expect(trustOfResult({ name }, null)).toBe('external')
  })

  test.each(['Task', 'Agent', 'task'])('of another agent is what it says: %s', (name) => {
    expect(trustOfResult({ name }, null)).toBe('assistant')
  })

  test.each([
    'curl -s https://example.com/page',
    'cd app && curl $URL | head',
    'wget -qO- example.com',
    'gh issue view 12 --comments',
    'python3 -c "import requests; print(requests.get(u).text)"',
    'cat ~/Downloads/offer.txt',
    'cat inbox/2026-11-03.eml',
    'cat node_modules/left-pad/README.md',
    'himalaya message read 4',
    'ssh build@example.com cat /var/log/syslog',
  ])('of a shell is a stranger’s where it prints what came from outside: %j', (command) => {
    expect(trustOfResult({ name: 'Bash' }, JSON.stringify({ command }))).toBe('external')
  })

  test.each([
    'npm test',
    'curl -s http://localhost:3000/health',
    'curl 127.0.0.1:8080',
    'gh pr create --fill',
    'git commit -m "curl the page"',
    'rg fetch src/download.ts',
    'cat src/fetch-page.ts',
  ])('of a shell is its own otherwise: %j', (command) => {
    expect(trustOfResult({ name: 'Bash' }, JSON.stringify({ command }))).toBe('tool')
  })
})
