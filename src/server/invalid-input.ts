import type { z } from 'zod'
import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'

type Issue = z.core.$ZodIssue

const ISSUES_TOLD = 5

/** A refused body, query or path: names the fields and what is wrong, never their values. */
export function invalidInput(error: z.core.$ZodError): ReverieError {
  const told = error.issues.slice(0, ISSUES_TOLD).map((issue) => sentenceOf(issue, []))
  const more = error.issues.length - told.length
  return new ReverieError(
    'invalid_request_error',
    `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
  )
}

function sentenceOf(issue: Issue, above: readonly PropertyKey[]): string {
  const path = [...above, ...issue.path]
  if (issue.code === 'invalid_union') {
    const nearest = nearestBranch(issue.errors)
    if (nearest !== undefined) return sentenceOf(nearest, path)
  }
  const message = cut(issue.message.replace(/\.$/, ''))
  return path.length === 0 ? message : `${cut(path.map(String).join('.'))}: ${message}`
}

/** Of the branches of a union, the one that the value was meant for: least is wrong with it. */
function nearestBranch(branches: readonly (readonly Issue[])[]): Issue | undefined {
  const told = branches.filter(({ length }) => length > 0)
  const ofItsType = told.filter((issues) => !issues.some(isOfAnotherType))
  const near = ofItsType.length === 0 ? told : ofItsType
  return near.toSorted((a, b) => a.length - b.length)[0]?.[0]
}

/** The value itself, not something in it, is of another type than the branch wants. */
function isOfAnotherType({ code, path }: Issue): boolean {
  return code === 'invalid_type' && path.length === 0
}

function cut(text: string): string {
  const { valueCharsToldMax: max } = LIMITS
  return text.length > max ? `${text.slice(0, max)}…` : text
}
