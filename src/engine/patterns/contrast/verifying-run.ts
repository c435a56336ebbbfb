import type { ShellSegment } from '../shell-command.ts'
import { SHELL, type ToolStep } from '../tool-step.ts'

/** What runs another program without a say of its own. */
const LAUNCHER =
  /^(?:(?:npx|bunx|pnpx|pnpm exec|yarn exec|bundle exec|poetry run|uv run|pipenv run|python\d? -m)(?: -\S+)* |\.?\/?(?:[\w.-]+\/)+)/
const VERIFYING: readonly RegExp[] = [
  /^(?:npm|pnpm|yarn|bun|deno)(?: run| task)? (?:t|ci|(?:unit|e2e|integration)?[-:]?tests?|build|lint|check|verify|type-?check|tsc)(?:[:\s]|$)/,
  /^(?:pytest|unittest|vitest|jest|mocha|ava|tap|tsc|eslint|biome|ruff|mypy|pyright|flake8|pylint|rspec|rubocop|phpunit|phpstan|tox|nox|ctest|shellcheck|golangci-lint|ktlint|detekt)(?:\s|$)/,
  /^(?:playwright|cypress|ng|next|vite|nx|turbo) (?:run )?(?:test|build|lint|run)\b/,
  /^(?:go|cargo|dotnet|swift|bazel|zig|flutter|dart|sbt|lein|stack|cabal) (?:test|build|check|vet|clippy|nextest|analyze)\b/,
  /^(?:gradle|gradlew|gradlew\.bat|mvn|mvnw)(?: \S+)*? (?:test|build|check|verify|compile|package|assemble)\b/,
  /^(?:mix|rake|make|just) (?:\S+ )?(?:test|build|lint|check|verify|compile|credo|dialyzer|format --check-formatted|spec|all)\b/,
  /^make$/,
]

/** True of a command that tests, builds or lints: what tells whether the work holds. */
export function isVerifying({ text }: Pick<ShellSegment, 'text'>): boolean {
  let bare = text.trim()
  for (let before = ''; before !== bare; ) {
    before = bare
    bare = bare.replace(LAUNCHER, '')
  }
  return VERIFYING.some((command) => command.test(bare))
}

/** What only looks at output; it stands behind a pipe. */
const FILTER = /^(?:head|tail|grep|rg|sort|uniq|wc|tee|cat|less|cut|tr|sed|awk)\b/
/** Beyond these signs the exit code is another command's. */
const HIDES_EXIT_CODE = /[;|\n]/
const SAYS_FAILED =
  /(?<![\w.,])[1-9]\d* (?:\w+ )?(?:failed|failures?|failing|errors?)\b|^(?:FAILED|FAIL)\b|\btest result: FAILED\b|\bBUILD FAILED\b/im
const SAYS_PASSED =
  /\b\d+ (?:\w+ )?(?:passed|passing)\b|\b0 failures\b|\ball (?:\w+ )?tests passed\b|\btest result: ok\b|\bBUILD SUCCESS(?:FUL)?\b/i

/** Whether a run of tests, a build or a linter passed; null = it was none, or its output leaves it open. */
export function hasPassed({ tool, segments, isFailed, result, input }: ToolStep): boolean | null {
  if (tool !== SHELL || !segments.some(isVerifying)) return null
  const output = result.event.text
  if (SAYS_FAILED.test(output)) return false
  const isAlone = segments.every((segment) => isVerifying(segment) || FILTER.test(segment.text))
  if (isFailed) return isAlone ? false : null
  const line = typeof input.command === 'string' ? input.command : ''
  return !HIDES_EXIT_CODE.test(line.trim()) || SAYS_PASSED.test(output) ? true : null
}
