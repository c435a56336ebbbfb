/** Environments, platforms and versions: what holds in one says nothing of another. */
const SETTING =
  /\b(?:production|staging|sandbox|qa|uat|canary|ci|ios|android|windows|linux|macos|frontend|backend|desktop|v\d+)\b|\b(?:in|on|for|the) (?:development|dev|test|testing|local)(?= (?:environment|server|machine|cluster|database|system|mode)\b|[,.;]|$)/gi

/** The settings that a text names, in one order; empty for a text that holds everywhere. */
export function settingOf(text: string): string {
  const found = [...text.matchAll(SETTING)].map(([name]) => name.toLowerCase().split(' ').at(-1))
  return [...new Set(found)].sort().join(' ')
}
