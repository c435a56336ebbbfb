import {
  type Audience,
  audience,
  effectiveAudience,
  LOCAL_AUDIENCE,
  scopeOf,
} from '../../core/audience.ts'
import type { Session } from '../../core/session.ts'

/** Who reads a store, and so whose words may stand in it. */
export interface StoreReaders {
  readonly audience: Audience
  /** Whether words of a session that are meant for an audience may be read by them. */
  mayRead(session: Pick<Session, 'userIds'>, words: Audience): boolean
}

/**
 * A shared store has the words of its audience, whoever says them. A private one has those of its
 * one person: whom it names; for the store of nobody named, the one user that `userIds` tells.
 */
export function storeReaders(of: Audience, userIds: readonly string[]): StoreReaders {
  if (scopeOf(of) !== 'private') {
    return { audience: of, mayRead: (_, words) => words === of }
  }
  const owner = ownerOf(of, userIds)
  const own = new Set(owner === null ? [of] : [of, audience('private', owner)])
  return {
    audience: of,
    mayRead: (session, words) => own.has(words) && session.userIds.every((id) => id === owner),
  }
}

/** Everybody whose words a private store would hold: its owner, and who is named. */
export function ownersOfPrivate(of: Audience, userIds: readonly string[]): readonly string[] {
  const named = of === LOCAL_AUDIENCE ? [] : [nameIn(of)]
  return [...new Set([...named, ...userIds])].sort()
}

/** True of a session that those who read a private store may read as a whole. */
export function isOfPrivate(of: Audience, session: Session, userIds: readonly string[]): boolean {
  return storeReaders(of, userIds).mayRead(session, effectiveAudience(session))
}

/** Null = nobody is named, or several are. */
function ownerOf(of: Audience, userIds: readonly string[]): string | null {
  if (of !== LOCAL_AUDIENCE) return nameIn(of)
  const [user, ...others] = new Set(userIds)
  return user === undefined || others.length > 0 ? null : user
}

function nameIn(of: Audience): string {
  return of.slice(of.indexOf(':') + 1)
}
