export { openEphemeralStorage } from '../storage/ephemeral/ephemeral-storage.ts'
export { type FaultyStorage, faultyStorage, InjectedFault } from './faulty-storage.ts'
export { type TruthOptions, truthWorld } from './truth/truth-world.ts'
export type { Expectation, TruthTranscript, TruthWorld } from './truth/world.ts'
