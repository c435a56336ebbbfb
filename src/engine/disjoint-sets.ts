/** Groups of keys that belong together, grown by joining (union-find). */
export class DisjointSets {
  readonly #parent = new Map<string, string>()

  /** The key that stands for the group of `key`; the same for all of the group. */
  rootOf(key: string): string {
    let root = key
    for (let next = this.#parent.get(root); next !== undefined; next = this.#parent.get(root)) {
      root = next
    }
    return root
  }

  join(a: string, b: string): void {
    const [left, right] = [this.rootOf(a), this.rootOf(b)]
    if (left !== right) this.#parent.set(left, right)
  }
}
