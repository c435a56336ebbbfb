declare const safe: unique symbol

/** Text that cannot move the cursor, recolour, reorder or hide anything on a terminal. */
export type SafeText = string & { readonly [safe]: true }

/**
 * Control characters (ANSI and OSC begin with one), format characters (bidi, zero width),
 * everything that renders as nothing, lone surrogates, and the Unicode line breaks.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/**
 * Text as one line of the terminal: a line break and its indentation become one space, every other
 * character that a terminal would act on or hide is shown as its escape (`\x1b`, `\u202e`).
 */
export function terminalText(text: string): SafeText {
  return text.replace(/[\t\r\n][ \t\r\n]*/g, ' ').replace(UNSAFE, visibleEscape) as SafeText
}

/** The same line by line, where indentation matters: a tab becomes four spaces. */
export function terminalLines(text: string): readonly SafeText[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replaceAll('\t', '    ').replace(UNSAFE, visibleEscape) as SafeText)
}

/** JSON in which those characters stand as `\u` escapes: safe to look at, exact to parse. */
export function terminalJson(value: unknown): SafeText {
  return JSON.stringify(value, null, 2).replace(UNSAFE, (found) =>
    found === '\n' ? found : utf16Units(found).map(unitEscape).join(''),
  ) as SafeText
}

function visibleEscape(found: string): string {
  if (found === '\r') return '\\r'
  const code = found.codePointAt(0) ?? 0
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`
  return code <= 0xffff ? unitEscape(code) : `\\u{${code.toString(16)}}`
}

function utf16Units(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}
