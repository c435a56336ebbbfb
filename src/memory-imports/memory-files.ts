/** A file to write, its text in pieces. */
export interface NewFile {
  /** Below the folder: names with `/` between them, none of which leads out of it. */
  readonly name: string
  readonly text: AsyncIterable<string> | Iterable<string>
}

/** One line of a file, counted from 1; `text` null = longer than the limit or not UTF-8. */
export interface FileLine {
  readonly number: number
  readonly text: string | null
}

/** Files that a person names, outside of the state folder and of memory folders. */
export interface MemoryFiles {
  /**
   * Writes files into a new or an empty folder, all or nothing, and returns its absolute path. Throws
   * `conflict_error` where something stands already, `permission_error`, `invalid_request_error` for
   * a folder inside one of `apartFrom` or of the state folder.
   */
  write(
    folder: string,
    files: AsyncIterable<NewFile>,
    apartFrom: readonly string[],
  ): Promise<string>
  /** What stands at a path, made absolute. Throws `not_found_error`. */
  look(path: string): Promise<{ readonly kind: 'folder' | 'file'; readonly path: string }>
  /** Whether a folder has a regular file of this name; a link is none. */
  has(folder: string, name: string): Promise<boolean>
  /** Lines of a file; a missing one throws `not_found_error`, a large one `request_too_large`. */
  lines(path: string): AsyncIterable<FileLine>
  /**
   * The text of a file below a folder, or of the file itself where `name` is empty. Null = there is
   * none that can be read: missing, a link, no UTF-8. Throws `request_too_large`.
   */
  text(folder: string, name: string, bytesMax: number): Promise<string | null>
}
