import type { Nodes } from 'mdast'

const ELSEWHERE = /^(?:[a-z][a-z\d+.-]*:|\/\/|#)/iu

/** The first link below a node that leads to a local markdown file, as written; null = none. */
export function localMarkdownLink(node: Nodes): string | null {
  if (node.type === 'link' && !ELSEWHERE.test(node.url) && filePart(node.url).endsWith('.md')) {
    return node.url
  }
  if (!('children' in node)) return null
  for (const child of node.children) {
    const found = localMarkdownLink(child)
    if (found !== null) return found
  }
  return null
}

/** The memory path that a link in the memory `from` leads to; null = outside the store. */
export function resolveLink(from: string, target: string): string | null {
  const file = decoded(filePart(target))
  const segments = file.startsWith('/') ? [] : from.split('/').slice(1, -1)
  for (const segment of file.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return null
  }
  return `/${segments.join('/')}`
}

/** The link target that leads from the memory `from` to the memory `to`. */
export function relativeLink(from: string, to: string): string {
  const folder = from.split('/').slice(1, -1)
  const target = to.split('/').slice(1)
  let shared = 0
  while (shared < folder.length && folder[shared] === target[shared]) shared += 1
  const up = folder.slice(shared).map(() => '..')
  return [...up, ...target.slice(shared)].map(escapedSegment).join('/')
}

function filePart(target: string): string {
  return target.replace(/[?#].*$/su, '')
}

/** What would end a link target, a fragment or an escape is written as `%XX`. */
function escapedSegment(segment: string): string {
  return segment
    .replace(/[\s()<>%?#\\:&]/gu, (character) => encodeURIComponent(character))
    .replace(/[()]/gu, (character) => (character === '(' ? '%28' : '%29'))
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    // Not an escaped target: people write `100%.md` too, and mean it as it stands.
    return target
  }
}
