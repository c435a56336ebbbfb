export { openEphemeralStorage } from '../storage/ephemeral/ephemeral-storage.ts'
export { type FaultyStorage, faultyStorage, InjectedFault } from './faulty-storage.ts'
