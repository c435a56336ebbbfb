/** A session and the root of its family, as far as one dream could tell. */
export interface FamilyMember {
  readonly sessionId: string
  readonly rootSessionId: string
}

/** A parent may have been read in another dream than its child: the root that both share. */
export function rootsOf(members: readonly FamilyMember[]): (root: string) => string {
  const children = members.filter(({ sessionId, rootSessionId }) => sessionId !== rootSessionId)
  const roots = new Map(children.map(({ sessionId, rootSessionId }) => [sessionId, rootSessionId]))
  return (start) => {
    let root = start
    for (const seen = new Set<string>(); !seen.has(root); ) {
      seen.add(root)
      root = roots.get(root) ?? root
    }
    return root
  }
}
