/**
 * What is wrong with the numbers of an answer that must judge items 1 to `count` exactly once each.
 * A number too few or twice leaves open which verdict is whose, so the whole answer is in doubt.
 */
export function itemFaults(
  noun: string,
  numbers: readonly number[],
  count: number,
): readonly string[] {
  const seen = new Set(numbers)
  const missing = range(count).filter((n) => !seen.has(n))
  const twice = range(count).filter((n) => numbers.filter((other) => other === n).length > 1)
  const unknown = [...seen].filter((n) => !isNumberOf(n, count))
  return [
    ...sentenceOf(`These ${noun} numbers are missing`, missing),
    ...sentenceOf(`These ${noun} numbers appear more than once`, twice),
    ...sentenceOf(`These ${noun} numbers do not exist`, unknown),
  ]
}

/** Whether a number names one of `count` items, which are numbered from 1. */
export const isNumberOf = (n: number, count: number): boolean => n >= 1 && n <= count

function sentenceOf(what: string, numbers: readonly number[]): readonly string[] {
  return numbers.length === 0 ? [] : [`${what}: ${numbers.join(', ')}.`]
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1)
