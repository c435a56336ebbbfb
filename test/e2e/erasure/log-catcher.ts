/** Stands in the place of the stream that the server's log goes to. */
export class LogCatcher implements Disposable {
  text = ''
  readonly #write = process.stderr.write

  constructor() {
    process.stderr.write = (chunk: string | Uint8Array): boolean => {
      this.text += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk)
      return true
    }
  }

  [Symbol.dispose](): void {
    process.stderr.write = this.#write
  }
}
