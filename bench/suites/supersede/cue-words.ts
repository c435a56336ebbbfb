const CUE =
  /\b(?:now|no longer|not any ?more|actually|instead|since|recently|lately|moved|switched|changed|became|used to|as of|from now on|anymore|correction|previously|formerly|currently|until)\b/i

const DENIAL = /\b(?:not|never|no|n't|without|neither|nor)\b|n't\b/i

/** Words by which a sentence says of itself that something changed or was wrong. */
export function hasCue(text: string): boolean {
  return CUE.test(text)
}

export function hasDenial(text: string): boolean {
  return DENIAL.test(text)
}
