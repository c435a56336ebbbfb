import { LIMITS } from '../config.ts'

/** The limits that a dream runs under. */
export const DREAM_LIMITS: typeof LIMITS = LIMITS

/**
 * Part of every recorded key and input digest: another version may judge otherwise, so its
 * results are never mixed with these.
 */
export const ENGINE_VERSION = 'embedded/1'
