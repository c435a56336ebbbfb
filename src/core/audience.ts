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
