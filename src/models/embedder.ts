/**
 * Turns texts into vectors whose nearness stands for nearness of meaning. It only proposes what is
 * worth comparing: similarity never merges anything (design, section 7).
 */
export interface Embedder {
  /** Names the model and its version: vectors of two ids are never compared or mixed. */
  readonly id: string
  readonly dimensions: number
  /**
   * One vector for each text, in order, of unit length; all zeros for a text without a word. Equal
   * texts give equal vectors, whatever else they are embedded with.
   */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>
}
