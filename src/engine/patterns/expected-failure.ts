import type { ToolStep } from './tool-step.ts'

interface ExpectedFailure {
  readonly reason: string
  readonly message: RegExp
  /** Narrows the row to some calls; without it the message alone decides. */
  readonly applies?: (step: ToolStep) => boolean
}

/**
 * Failures that belong to normal work: they recur everywhere and teach nothing about this
 * project. Matched against the whole result.
 */
const EXPECTED_RESULTS: readonly ExpectedFailure[] = [
  {
    reason: 'a person stopped the call',
    message:
      /doesn't want to (?:proceed with|take) this|tool use was rejected|\binterrupted by (?:the )?user|request interrupted|was (?:cancell?ed|aborted) by the user/i,
  },
  {
    reason: 'a permission rule or prompt stopped the call',
    message:
      /requires approval|haven't granted|permission to use .* (?:has been )?denied|denied by (?:the )?(?:user|policy|hook|permission)|not (?:in the )?allowed (?:tools|director)/i,
  },
  {
    reason: 'another call of the same batch failed',
    message: /sibling tool call errored/i,
  },
  {
    reason: 'the editor asks to read the file again: its message says all there is to know',
    message:
      /has not been read yet|been (?:modified|changed) since (?:it was )?(?:last )?read|file (?:has been )?unexpectedly modified/i,
  },
  {
    reason: 'an edit whose old text did not match: settled by looking again',
    message:
      /string to replace not found|old_?str(?:ing)? .*(?:not found|exactly the same)|found \d+ matches of the string|no match(?:es)? found for|no changes to make/i,
  },
  {
    reason: 'looking for a file that may or may not exist is how one explores',
    message:
      /(?:file|path|directory) (?:does not|doesn't) exist|no such file or directory|EISDIR|ENOENT|is a directory/i,
    applies: isLookup,
  },
  {
    reason: 'a page answers as it likes: that is about the page',
    message: /status(?: code)? [45]\d\d|unable to (?:fetch|verify)|\b(?:403|404|429)\b/i,
    applies: ({ input }) => typeof input.url === 'string',
  },
]

/** Lines that report the code under work, or that something failed without saying what. */
const EXPECTED_LINES: readonly { readonly reason: string; readonly message: RegExp }[] = [
  {
    reason: 'a failing assertion is about the code under change',
    message:
      /^(?:---\s*)?FAIL\b|\bassert(?:ion|Equal|That|_\w+)?(?:Error|FailedError)?\b|\bexpected\b.*\b(?:got|received|to (?:be|equal|return|have|contain|match|throw))\b/i,
  },
  {
    reason: 'a syntax or type error is about the code under change',
    message:
      /\bsyntax ?error\b|\bunexpected (?:token|end of|identifier|indent)|\bparse error\b|\berror TS\d+|\bmismatched types\b|\berror\[E\d+\]|\(SyntaxError\)|\(TokenMissingError\)|IndentationError|\bundefined (?:function|variable)\b|is (?:unused|not defined)\b|\bnever used\b|\bin this scope\b|\bprevious errors?$/i,
  },
  {
    reason: 'a summary that names no cause',
    message:
      /^(?:\d+ |found \d+ |ran \d+ )?(?:errors?|failures?|problems?|tests?|checks?|suites?)(?:[\s\d,:.()]|\b(?:found|failed|failures?|errors?|passed|warnings?|skipped|total|and|in|of|with|files?|seconds?)\b)*$/i,
  },
  {
    reason: 'a summary that names no cause',
    message:
      /^(?:the )?(?:build|command|compilation|process|script|task|job|operation|shell|tests?|test run|recipe)\b[^:'"“]*\b(?:failed|exited|terminated|error(?:ed)?)\b[^:'"“]*(?:\bwith\b.*)?$/i,
  },
  {
    reason: 'a summary that names no cause',
    message: /^\w+ aborted!?$|^\d+ \w+ (?:and \d+ \w+ )?potentially fixable\b/i,
  },
  {
    reason: 'a pointer to messages elsewhere',
    message:
      /cannot compile module|errors have been logged|see (?:the )?(?:above|log|output)|a complete log of this run/i,
  },
]

const LOOKUP_TOOL = /^(?:read|view|open|ls|list|glob|grep|search|notebookread)/i
const LOOKUP_HEAD =
  /^(?:ls|cat|head|tail|find|stat|wc|file|tree|grep|rg|sed|awk|less|du|diff|test|which|readlink|realpath)\b/

/** Tools that agents bring along, by common names: Claude Code writes them with a capital. */
const OWN_TOOL =
  /^[A-Z][A-Za-z]*$|^(?:edit|write|multi_?edit|str_replace|apply_patch|patch|task|todo)(?:_|$)/

/** True of a tool that belongs to the agent's program, not to what it works for. */
export function isOwnTool(tool: string): boolean {
  return OWN_TOOL.test(tool) || LOOKUP_TOOL.test(tool)
}

function isLookup(step: ToolStep): boolean {
  if (step.segments.length === 0) return LOOKUP_TOOL.test(step.tool)
  return step.segments.every(({ head }) => LOOKUP_HEAD.test(head))
}

/** Why a failed result is no lesson, or null. */
export function expectedResultReason(step: ToolStep): string | null {
  const text = step.result.event.text
  const row = EXPECTED_RESULTS.find(
    ({ message, applies }) => message.test(text) && (applies === undefined || applies(step)),
  )
  return row?.reason ?? null
}

/** Why an error line is no lesson, or null. */
export function expectedLineReason(line: string): string | null {
  return EXPECTED_LINES.find(({ message }) => message.test(line))?.reason ?? null
}

/**
 * Lines that say only that something has failed, of a tool that ran another one. True of many
 * causes, so they stand for an error only where no line names its cause.
 */
const CONSEQUENCES: readonly RegExp[] = [
  /^failed to push some refs\b/i,
  /\bELIFECYCLE\b|\bERR_PNPM_RECURSIVE\w*|^Lifecycle script\b/,
  /\bcommand\b.{0,80}\b(?:failed|errored|exited)(?: with\b.{0,20}\b(?:code|status))?\b[\s\d.:]*$/i,
  /\b(?:exited|completed|failed|terminated|returned) (?:with )?(?:a |an )?(?:non-?zero |error )?(?:exit |return )?(?:code|status)\b/i,
  /^(?:exit|returned) (?:code|status):? \d+/i,
  /^g?make(?:\[\d+\])?: \*\*\* .*\bError \d+$|^recipe for target\b/i,
  /\btask\b.{0,80}\bfailed\b\.?$|^execution failed for task\b/i,
  /^(?:husky\b.*|.*\bhook(?: script)?) (?:failed|exited|declined)\b(?:\s*\(.*\))?$/i,
  // The table that npm prints below the cause.
  /^(?:code|errno|syscall|signal|lifecycle) \S+$|^(?:path|command) (?:[/\\]|[A-Z]:|sh\b)|^Failed at the\b.*\bscript\b/,
]

/** True of a line that reports a failure without its cause. */
export function isConsequence(line: string): boolean {
  return CONSEQUENCES.some((message) => message.test(line))
}
