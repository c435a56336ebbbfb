/** Ends of lines in all their forms. */
const LINE_END = '\\r\\n|[\\r\\u0085\\u2028\\u2029]'
/**
 * What nobody sees: controls but for tab and line feed, half surrogate pairs, characters that are
 * drawn as nothing (zero width, bidirectional, tags, variation selectors), annotation marks.
 */
const UNSEEN = '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ufff9-\\ufffb]'
const UNSEEN_BY_CLASS = '[\\p{Cs}\\p{Default_Ignorable_Code_Point}]'
const NOT_PLAIN = new RegExp(`(${LINE_END})|${UNSEEN}|${UNSEEN_BY_CLASS}`, 'gu')

/** Brackets that only our marks may use, and what stands for them in data. */
const HARMLESS: Readonly<Record<string, string>> = { '⟦': '[', '⟧': ']', '⟨': '(', '⟩': ')' }

/** The text with `\n` as the only line end and without characters that nobody sees. */
function plainText(text: string): string {
  return text.replace(NOT_PLAIN, (_match, lineEnd: string | undefined) =>
    lineEnd === undefined ? '' : '\n',
  )
}

/** `plainText` with other brackets in place of those of marks: what a model can quote of a text. */
export function cleaned(text: string): string {
  return plainText(text).replace(/[⟦⟧⟨⟩]/g, harmless)
}

/** `plainText` that cannot hold the mark of a block; frames of lines, `⟨…⟩`, stay. */
export function withoutBlockMarks(text: string): string {
  return plainText(text).replace(/[⟦⟧]/g, harmless)
}

const harmless = (bracket: string): string => HARMLESS[bracket] ?? bracket

/** The text on one line: every stretch of white space is one space, none at the ends. */
export function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
