const NAME_CHARS_MAX = 200

/**
 * The name that Claude Code gives the folder of a working folder: each character that is no letter
 * and no digit as a dash. Longer names are cut and get a hash, of which only the cut is known.
 */
export function projectName(workingFolder: string): {
  readonly text: string
  readonly isCut: boolean
} {
  const text = workingFolder.replaceAll(/[^a-zA-Z0-9]/g, '-')
  return text.length <= NAME_CHARS_MAX
    ? { text, isCut: false }
    : { text: text.slice(0, NAME_CHARS_MAX), isCut: true }
}

/** Whether a folder may be that of a working folder; where names are cut, others may be it too. */
export function isNameOf(name: string, workingFolder: string): boolean {
  const { text, isCut } = projectName(workingFolder)
  return isCut ? name.startsWith(`${text}-`) || name === text : name === text
}
