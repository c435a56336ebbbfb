import type { Departure } from '../../reverie.ts'
import { byteSize, counted, money, number } from '../amounts.ts'
import { labelled } from '../labelled.ts'
import { blanks, type Line, span, wrap } from '../styled-line.ts'

/** What is about to leave, and what it may cost: said before anything is sent. */
export function departureView(departure: Departure, width: number): Line[] {
  const hosts = [
    ...new Set(
      departure.providers.flatMap(({ host, isFirstUse }) =>
        host !== null && isFirstUse ? [host] : [],
      ),
    ),
  ]
  return [
    ...hosts.flatMap((host) =>
      wrap([span(firstUseWords(host, departure), 'warning')], { width, before: [blanks(2)] }),
    ),
    ...labelled('Asking', askingWords(departure), width),
  ]
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/

function firstUseWords(host: string, { bytes, sessions, notes }: Departure): string {
  const size = `at most ${byteSize(bytes)}`
  const sources = [
    ...(sessions > 0 ? [counted(sessions, 'session')] : []),
    ...(notes > 0 ? [counted(notes, 'note')] : []),
  ]
  const what = `words of ${sources.join(' and ')}, secrets taken out`
  return LOOPBACK.test(host)
    ? `First use of ${host}, a server on this machine: it is sent ${size}: ${what}; nothing else.`
    : `First use of ${host}: ${size} leave this machine: ${what}; nothing else is sent.`
}

function askingWords(departure: Departure): string {
  const { providers, expected, budget } = departure
  const names = providers.map(({ model }) => model).join(', ')
  const caps = [
    `${number(budget.tokens)} tokens`,
    ...(budget.usd === null ? [] : [money(budget.usd)]),
  ].join(', ')
  return [
    names,
    `about ${costWords(expected)}`,
    `at most ${costWords(departure)}`,
    `budget ${caps}`,
  ].join('; ')
}

function costWords({ calls, inputTokens, outputTokens, usd }: Departure['expected']): string {
  return [
    counted(calls, 'call'),
    counted(inputTokens + outputTokens, 'token'),
    ...(usd === null ? [] : [money(usd)]),
  ].join(', ')
}
