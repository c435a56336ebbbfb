import type { ProposedClaim } from '../../src/engine/prompts/extract.ts'

/** What a model reads out of "The search service moved over to Mira last week.". */
export const MIRA_CLAIM: ProposedClaim = {
  text: 'Mira owns the search service.',
  kind: 'fact',
  subject: 'search service',
  attribute: 'owner',
  value: 'Mira',
  formerValue: null,
  polarity: 'holds',
  modality: 'is',
  cue: 'change',
  from: null,
  until: null,
  dependsOn: [],
  evidence: [{ event: 1, quote: 'The search service moved over to Mira' }],
}
