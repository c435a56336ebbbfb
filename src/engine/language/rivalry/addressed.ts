const ADDRESSED =
  /\s(?<by>to|in|at|via|through)\s(?<address>#[\w-]+|@[\w-]+|\S+@\S+\.\w+)(?:\s(?:now|instead))?[.!]?$/

/** "go to #ops", "go to #night": what goes to one address no longer goes to another. */
export function areSentElsewhere(newer: string, older: string): boolean {
  const [left, right] = [newer, older].map((text) => ADDRESSED.exec(text)?.groups)
  return left !== undefined && left.by === right?.by && left.address !== right?.address
}
