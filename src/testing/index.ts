export { type CassetteManifest, openCassette, recordInto } from '../models/cassette-model.ts'
export {
  type Model,
  type ModelAnswer,
  ModelError,
  type ModelFault,
  type ModelRequest,
} from '../models/model.ts'
export { openEphemeralStorage } from '../storage/ephemeral/ephemeral-storage.ts'
export {
  FAULTS,
  type Fault,
  type FaultOutcome,
  type FaultyModel,
  type FaultyModelOptions,
  faultyModel,
} from './faulty-model.ts'
export { type FaultyStorage, faultyStorage, InjectedFault } from './faulty-storage.ts'
export {
  type ModelScript,
  type ScriptedAnswer,
  type ScriptedModel,
  scriptByName,
  scriptedModel,
} from './scripted-model.ts'
export { type TruthOptions, truthWorld } from './truth/truth-world.ts'
export type { Expectation, TruthTranscript, TruthWorld } from './truth/world.ts'
