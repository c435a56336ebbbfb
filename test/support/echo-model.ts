import { requestDigest } from '../../src/models/model.ts'
import type { ModelScript } from '../../src/testing/scripted-model.ts'
import { type ScriptedModel, scriptedModel } from '../../src/testing/scripted-model.ts'
import { linesIn, promptOf, sensibleScript } from './sensible-model.ts'

const CLAIM = {
  kind: 'fact',
  subject: '',
  attribute: '',
  value: null,
  formerValue: null,
  polarity: 'holds',
  modality: 'is',
  cue: 'remember',
  from: null,
  until: null,
  dependsOn: [],
}
const WORDS_MAX = 25

/**
 * Says back whatever it is shown as something to keep, so that what stands in a prompt shows in what
 * comes of it; answers other prompts as a careful reader would.
 */
const echo: ModelScript = (request, call) => {
  if (promptOf(request) !== 'extract') return sensibleScript(request, call)
  const claims = linesIn(request.data).map(({ marks, text }) => {
    const quote = text.split(' ').slice(0, WORDS_MAX).join(' ')
    return { ...CLAIM, text: quote, evidence: [{ event: Number(marks[0]), quote }] }
  })
  return JSON.stringify({ claims })
}

/** A model that echoes its prompts and keeps them. */
export function echoModel(): ScriptedModel {
  return scriptedModel(echo, 'script/echo')
}

/** What was asked from a call on, as digests, sorted: calls run side by side. */
export function promptDigests(model: ScriptedModel, from: number): readonly string[] {
  return model.requests.slice(from).map(requestDigest).sort()
}
