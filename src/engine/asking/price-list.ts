import type { ModelPrice, PriceTable, TokenRates } from './prices.ts'

/**
 * Published prices of the default tier, in US dollars per million tokens, without batch discounts,
 * fast modes and surcharges for regions. A provider's page is dated by the day on which somebody
 * last said to have compared it; other sources by their own day, and were not seen on the page.
 */
const PAGE = 'https://platform.claude.com/docs/en/about-claude/pricing'
const CLAUDE_MODELS = 'https://platform.claude.com/docs/en/models'
const CLAUDE_RELEASE = 'https://github.com/kurofune/claudit/releases/tag/v1.9.2'
const CLAUDE_DAY = '2026-10-24'
const SYNAPS = 'https://docs.rs/synaps/0.10.2/synaps_cli/pricing/index.html'
const GPT_MODELS = 'https://developers.openai.com/api/docs/models'
const GPT_DAY = '2026-10-16'
const GPT_RELEASES = 'https://github.com/TheKrush/PromptFuel/releases'
const GPT_SOL_61 = 'https://github.com/amine123max/Codex-Manager/releases/tag/0.4.7'
/** Says "March 2026", no day. */
const GPT_54 = 'https://docs.rs/crate/adk-model/0.6.0/source/src/openai/pricing.rs'

/** Above this many input tokens, newer models of OpenAI cost 2 x for input, 1.5 x for output. */
const GPT_LONG = 272_000

/** Written by hand: every line says where its figures stood and when. */
export const PRICE_LIST: PriceTable = [
  claude('fable-5-1', [10, 0.25, 12.5, 50], PAGE, CLAUDE_DAY),
  claude('fable-5', [10, 1, 12.5, 50], PAGE, CLAUDE_DAY),
  claude('opus-5-5', [4, 0.2, 5, 20], `${CLAUDE_MODELS}/opus-5-5/overview`, CLAUDE_DAY),
  claude('opus-5', [5, 0.5, 6.25, 25], PAGE, CLAUDE_DAY),
  claude('opus-4-8', [5, 0.5, 6.25, 25], PAGE, CLAUDE_DAY),
  claude('opus-4-7', [5, 0.5, 6.25, 25], PAGE, CLAUDE_DAY),
  claude('opus-4-6', [5, 0.5, 6.25, 25], PAGE, CLAUDE_DAY),
  claude('opus-4-5', [5, 0.5, 6.25, 25], PAGE, CLAUDE_DAY),
  claude('sonnet-5-5', [2, 0.1, 2.5, 10], CLAUDE_RELEASE, CLAUDE_DAY),
  claude('sonnet-5', [2, 0.2, 2.5, 10], SYNAPS, '2026-10-10'),
  {
    ...claude('haiku-5-5', [0.1, 0.01, 0.125, 0.5], CLAUDE_RELEASE, CLAUDE_DAY),
    long: { above: 100_000, ...ratesOf([0.5, 0.05, 0.625, 2.5]) },
  },
  claude('haiku-4-5', [1, 0.1, 1.25, 5], SYNAPS, '2026-10-10'),
  gpt('gpt-6-astra', [10, 1, 12.5, 50], GPT_RELEASES, '2026-09-07'),
  gpt('gpt-6.1-sol', [2, 0.1, 2.5, 10], GPT_SOL_61, '2026-09-30'),
  gpt('gpt-6-sol', [2, 0.2, 2.5, 10], GPT_RELEASES, '2026-09-23'),
  gpt('gpt-6.1-terra', [1, 0.05, 1.25, 5], GPT_RELEASES, '2026-10-27'),
  gpt('gpt-6-luna', [0.1, 0.01, 0.125, 0.5], `${GPT_MODELS}/gpt-6-luna`, GPT_DAY),
  gpt('gpt-5.6-terra', [2, 0.2, 2.5, 12], GPT_RELEASES, '2026-09-07'),
  gpt('gpt-5.6-luna', [0.2, 0.02, 0.25, 1.2], `${GPT_MODELS}/gpt-5.6-luna`, GPT_DAY),
  gpt('gpt-5.4', [2.5, 0.25, null, 15], GPT_54, '2026-03-31'),
  flat(gpt('gpt-5.4-mini', [0.75, 0.075, null, 4.5], GPT_54, '2026-03-31')),
  flat(gpt('gpt-5-nano', [0.05, 0.005, null, 0.4], `${GPT_MODELS}/gpt-5-nano`, GPT_DAY)),
]

/** Input, input read from a cache, input written to one, output. */
type Figures = readonly [input: number, read: number, write: number | null, output: number]

function ratesOf([input, cachedInput, cacheWrite, output]: Figures): TokenRates {
  return { input, cachedInput, cacheWrite, output }
}

function claude(name: string, figures: Figures, source: string, date: string): ModelPrice {
  const model = `anthropic/claude-${name}`
  return { model, ...ratesOf(figures), long: null, source, date }
}

function gpt(name: string, figures: Figures, source: string, date: string): ModelPrice {
  const [input, read, write, output] = figures
  const long = ratesOf([input * 2, read * 2, write === null ? null : write * 2, output * 1.5])
  const model = `openai/${name}`
  return { model, ...ratesOf(figures), long: { above: GPT_LONG, ...long }, source, date }
}

function flat(price: ModelPrice): ModelPrice {
  return { ...price, long: null }
}
