import { describe, expect, it } from 'vitest'
import { paraphraseOf } from './paraphrase.ts'

type Words = readonly [a: string, b: string]

/** What may differ while two notes say the same. */
const REWORDED: Readonly<Record<string, readonly Words[]>> = {
  'a synonym': [
    ['The kid needs a new bike.', 'The child needs a new bicycle.'],
    ['Mara is in charge of the invoices.', 'Mara is responsible for the invoices.'],
    ['New customers receive a written quote.', 'New clients get a written quotation.'],
    ['The worker deletes old snapshots.', 'Old snapshots are removed by the worker.'],
  ],
  'an abbreviation': [
    ['Our k8s nodes run in Zurich.', 'Our Kubernetes nodes run in Zurich.'],
    ['The staging db lives on host seven.', 'The staging database lives on host 7.'],
  ],
  'the word for a duty': [
    ['Every change has to be tested.', 'Every change must be tested.'],
    ['The form is mandatory for guests.', 'Guests must have the form.'],
  ],
  'the way an amount is written': [
    ['Keep the logs for two weeks.', 'Keep the logs for 14 days.'],
    ['The call starts at 5 pm.', 'The call starts at 17:00.'],
    ['The grant is 10k euros.', 'The grant is €10,000.'],
    ['The report goes out every week.', 'The report goes out weekly.'],
    ['The box holds a dozen bottles.', 'The box holds 12 bottles.'],
  ],
  'the voice': [
    ['Ivo reviews the contracts.', 'The contracts are reviewed by Ivo.'],
    ['The gateway calls the order service.', 'The order service is called by the gateway.'],
  ],
  'the order of clauses': [
    ['If the build fails, page Ivo.', 'Page Ivo if the build fails.'],
    ['On Mondays the shop opens at noon.', 'The shop opens at noon on Mondays.'],
  ],
  'a noun for the verb': [
    ['We deploy the storefront on Tuesdays.', 'Deployment of the storefront happens on Tuesdays.'],
    ['Owner of the search service: Nadia', 'Nadia owns the search service.'],
  ],
  'the build of the sentence': [
    ['The owner of the search service is Nadia.', 'Nadia is the owner of the search service.'],
    ['There are nine lamps in the hall.', 'The hall has nine lamps.'],
  ],
}

/** What makes two notes say different things, however much alike they look. */
const DIFFERENT: Readonly<Record<string, readonly Words[]>> = {
  'a denial': [
    ['The importer keeps empty rows.', 'The importer does not keep empty rows.'],
    ['Visitors may bring dogs.', 'No visitor may bring a dog.'],
  ],
  'who does it to whom': [
    ['The gateway calls the order service.', 'The order service calls the gateway.'],
    ['Nadia reports to Ivo.', 'Ivo reports to Nadia.'],
    ['Support hands tickets to sales.', 'Sales hands tickets to support.'],
    ['Lumen Labs pays us a fee.', 'We pay Lumen Labs a fee.'],
    ['Nadia is the manager of Ivo.', 'Ivo is the manager of Nadia.'],
  ],
  'from and to': [
    ['Copy photos from the phone to the disk.', 'Copy photos from the disk to the phone.'],
    ['The job reads from the queue.', 'The job reads to the queue.'],
  ],
  'which goes with which': [
    ['Use tabs in Go and spaces in Python.', 'Use spaces in Go and tabs in Python.'],
    ['Office staff get safety training.', 'Safety staff get office training.'],
  ],
  'before and after': [
    ['Wash the dishes before dinner.', 'Wash the dishes after dinner.'],
    ['Run the linter before the tests.', 'Run the tests before the linter.'],
  ],
  'the order of steps': [
    ['First run the linter, then the tests.', 'First run the tests, then the linter.'],
  ],
  'an amount': [
    ['Keep the logs for two weeks.', 'Keep the logs for 20 days.'],
    ['The call starts at 5 pm.', 'The call starts at 5 am.'],
    ['At least two people sign.', 'At most two people sign.'],
    ['The club meets every Tuesday.', 'The club meets every other Tuesday.'],
  ],
  'a duty and its absence': [
    ['You must not sign the form.', 'You do not have to sign the form.'],
    ['Guests must sign the form.', 'Guests can sign the form.'],
  ],
  'a condition': [
    ['Ivo signs the offer.', 'Ivo signs the offer if it is above 500 euros.'],
    ['Page Ivo if the build fails.', 'Page Ivo unless the build fails.'],
    ['We close early.', 'We close early - except in May.'],
  ],
  'a narrower thing': [
    ['The shop opens at noon.', 'The shop opens at noon in Vienna.'],
    ['Refunds need a receipt.', 'Refunds over 50 euros need a receipt.'],
  ],
  'another thing': [
    ['The café uses oat milk.', 'The café makes oat milk.'],
    ['The club orders tea for the guests.', 'The club orders cake for the guests.'],
    ['Ivo waters the plants.', 'Nadia waters the plants.'],
  ],
  'how sure': [['The pump is broken.', 'The pump is probably broken.']],
  'whom "only" is about': [
    ['Only admins can rename projects.', 'Admins can only rename projects.'],
  ],
}

function rows(table: Readonly<Record<string, readonly Words[]>>): [string, string, string][] {
  return Object.entries(table).flatMap(([kind, list]) =>
    list.map(([a, b]): [string, string, string] => [kind, a, b]),
  )
}

describe('paraphraseOf', () => {
  it.each(rows(REWORDED))('accepts %s: "%s", "%s"', (_kind, a, b) => {
    expect(paraphraseOf(a, b)).toBe('equal')
  })

  it.each(rows(DIFFERENT))('does not overlook %s: "%s", "%s"', (_kind, a, b) => {
    expect(paraphraseOf(a, b)).toBeNull()
    expect(paraphraseOf(b, a)).toBeNull()
  })

  it.each([
    ['The pump must be checked daily.', 'Check the pump every day, because it leaks.'],
    ['Nadia owns the archive.', 'The archive is owned by Nadia, who also built it.'],
    ['Ivo buys the coffee.', 'Ivo purchases the coffee; his shop is next door.'],
    ['The choir meets at noon.', 'The choir gets together at 12:00, so the morning stays free.'],
  ])('lets an elaboration stand on one side: "%s", "%s"', (shorter, longer) => {
    expect(paraphraseOf(shorter, longer)).toBe('b_covers_a')
    expect(paraphraseOf(longer, shorter)).toBe('a_covers_b')
  })

  it('takes no clause for an elaboration of which the other text says a part', () => {
    const short = 'The rack is empty; the disks are in the cellar.'
    const long = 'The rack is empty; the spare disks are in the cellar.'

    expect(paraphraseOf(short, long)).toBeNull()
  })
})
