declare const audienceBrand: unique symbol

/**
 * Who may read a text, as `<scope>:<name>` with the scopes `private` (one principal), `team` and
 * `org`. Work is partitioned by it: prompts, caches, budgets, ids and bounds never mix two.
 */
export type Audience = string & { readonly [audienceBrand]: true }

export type AudienceScope = 'private' | 'team' | 'org'

const WIDTH: Readonly<Record<AudienceScope, number>> = { private: 0, team: 1, org: 2 }

export function audience(scope: AudienceScope, name: string): Audience {
  return `${scope}:${name}` as Audience
}

/** The one principal of a single person's folder. */
export const LOCAL_PRINCIPAL = 'local'
export const LOCAL_AUDIENCE: Audience = audience('private', LOCAL_PRINCIPAL)

export function scopeOf(of: Audience): AudienceScope {
  const scope = of.slice(0, of.indexOf(':'))
  return scope === 'team' || scope === 'org' ? scope : 'private'
}

/**
 * True when text meant for `source` may stand in a place that `target` reads: the same audience
 * only. Wider places need the logged pattern channel, narrower ones are another store.
 */
export function mayFlow(source: Audience, target: Audience): boolean {
  return source === target
}

/** Whether text may be told to more than one person. */
export function isSharedAudience(of: Audience): boolean {
  return scopeOf(of) !== 'private'
}

export function isWider(a: Audience, b: Audience): boolean {
  return WIDTH[scopeOf(a)] > WIDTH[scopeOf(b)]
}

const AUDIENCE = /^(?:private|team|org):[^\p{Cc}]+$/u

/** The audience that a text names, `private:x`, `team:x` or `org:x`; null = it names none. */
export function parseAudience(raw: string): Audience | null {
  return AUDIENCE.test(raw) ? (raw as Audience) : null
}

/** Those whose words a session holds, as far as its source tells. */
interface Participants {
  readonly audience: Audience
  readonly userIds: readonly string[]
}

/**
 * Who may read a session: what its source states; where that is the default and one user alone is
 * named, this user.
 */
export function effectiveAudience({ audience: stated, userIds }: Participants): Audience {
  const [user, ...others] = new Set(userIds)
  if (stated !== LOCAL_AUDIENCE || user === undefined || others.length > 0) return stated
  return parseAudience(`private:${user}`) ?? stated
}

/**
 * Who may read an event of a session. What the event states counts only where it is narrower than
 * the session. Null = it names other readers than the session does: nobody is known to be both.
 */
export function audienceOfEvent(
  { label }: { readonly label?: { readonly audience?: Audience } },
  session: Participants,
): Audience | null {
  const whole = effectiveAudience(session)
  const own = label?.audience ?? whole
  if (own === whole || isWider(whole, own)) return own
  return isWider(own, whole) ? whole : null
}

/**
 * How many independent users must share what an audience is told of people whose words it may not
 * read; null = it is told nothing.
 */
export function independentUsersMin(
  of: Audience,
  limits: { readonly sharedUsersTeamMin: number; readonly sharedUsersOrgMin: number },
): number | null {
  switch (scopeOf(of)) {
    case 'private':
      return null
    case 'team':
      return limits.sharedUsersTeamMin
    case 'org':
      return limits.sharedUsersOrgMin
  }
}
