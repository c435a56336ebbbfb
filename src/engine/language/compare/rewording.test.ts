import { expect, test } from 'vitest'
import { LOCAL_AUDIENCE } from '../../../core/audience.ts'
import { guard } from '../guard/guard.ts'
import { type Coverage, coverageOf } from './containment.ts'
import { paraphraseOf } from './paraphrase.ts'

const pairs = (list: string): readonly (readonly [string, string])[] =>
  list
    .trim()
    .split('\n')
    .map((line) => {
      const [a = '', b = ''] = line.split('|').map((text) => text.trim())
      return [a, b]
    })

/** What the two say in common; null where they do not or where something stands against it. */
function sameness(a: string, b: string): Coverage | null {
  const side = (text: string) => ({ text, context: [], audience: LOCAL_AUDIENCE })
  const coverage = coverageOf(a, b) ?? paraphraseOf(a, b)
  return guard(side(a), side(b)).length > 0 ? null : coverage
}

const REWORDED = `
  Reminder: the archive is purged every 2nd Monday.|The archive is purged every second Monday.
  → Backups go to the cold bucket.|Backups go to the cold bucket.
  NB: Lena signs all invoices.|Lena signs all invoices.
  The user prefers short commit messages.|Prefers short commit messages.
  The default branch of this repo is trunk.|Default branch: trunk
  In this project integration tests need Docker.|Integration tests need Docker.
  Mara is the one who approves refunds.|Mara approves refunds.
  The weekly report is sent on Mondays.|Every Monday the weekly report is sent.
  The code owner of the parser is Ana.|Ana is the parser's code owner.
  Parser code owner: Ana|The code owner of the parser is Ana.
  Only admins can access the vault.|The vault can only be accessed by admins.
  Root access needs approval from Tomas.|Tomas has to approve root access.
  It is forbidden to smoke in the warehouse.|Smoking is forbidden in the warehouse.
  Use pnpm instead of npm.|Use pnpm, not npm.
  Launch of the new page: 2 May|The new page launches on 2 May.
  We moved the cluster last autumn.|Last fall we relocated the cluster.
  Handover takes place at 10:00.|The handover is at 10 am.
  User works as a nurse in Leeds.|User is a nurse in Leeds.
  Reports are to be written by the lead.|The lead has to write the reports.
  We clean the office at night.|At night we clean the office.
  The team lead gets 200 mails/day.|The team lead gets 200 mails per day.
`

test.each(pairs(REWORDED))('finds the same said in another build: %s / %s', (a, b) => {
  expect(sameness(a, b)).toBe('equal')
  expect(sameness(b, a)).toBe('equal')
})

const APART = `
  We hire drivers in spring.|We fire drivers in spring.
  Mara lends Ivo her car.|Mara borrows her car from Ivo.
  Ivo lends books to Mara.|Mara lends books to Ivo.
  The report is due before Friday.|The report is due by Friday.
  Standups are weekly.|Standups are biweekly.
  At least three people review the contract.|At most three people review the contract.
  Ana signs every contract.|Ana countersigns every contract.
  The draft contract is with legal.|The final contract is with legal.
  The gross price is 40 euros.|The net price is 40 euros.
  The import runs at night.|The export runs at night.
  The import job is owned by Ivo.|The export job is owned by Ivo.
  Contractors need approval from managers.|Managers need approval from contractors.
  Tomas needs approval from Mara for refunds.|Mara needs approval from Tomas for refunds.
  Use tabs, not spaces.|Use spaces, not tabs.
  Use pnpm instead of npm in this repo.|Use npm instead of pnpm in this repo.
  Use pnpm rather than npm for the site.|Use npm, not pnpm, for the site.
  Deploy only after approval.|Deploy after approval.
  Deploy only after the tests pass.|Deploy before the tests pass.
  We can't ship until legal signs.|We can ship until legal signs.
  Never call Priya before noon.|Never call Priya after noon.
  He likes the train.|She likes the train.
  His sister lives in Turin.|Her sister lives in Turin.
  The tenant pays for small repairs.|The landlord pays for small repairs.
  The contract was terminated in May.|The contract was signed in May.
  The contract expires in May.|The contract starts in May.
  Backups are kept for 30 days.|Backups are deleted after 30 days.
  The service starts at 6 am.|The service stops at 6 am.
  Customers pay within 30 days.|Customers pay after 30 days.
  The deposit is refundable.|The deposit is not refundable.
  Anyone may edit the wiki.|Nobody may edit the wiki.
  Nobody owns the billing module.|We do not own the billing module.
  The parent process owns the worker.|The parent process is owned by the worker.
  Revenue rose by 5 percent.|Profit rose by 5 percent.
  The lease is governed by Irish law.|The lease is governed by Italian law.
  Bugs take priority over features.|Features take priority over bugs.
  Send the invoice to Ana.|Get the invoice from Ana.
  Ana teaches Ben Spanish.|Ben teaches Ana Spanish.
  We bought the printer from Halden.|We sold the printer to Halden.
  Employees get a laptop.|Managers get a laptop.
  The primary database is in Oslo.|The replica is in Oslo.
  Turn off the heater at night.|Turn on the heater at night.
  The API is reachable from the office.|The API is reachable from the VPN.
  Meetings last half an hour.|Meetings last an hour.
  The limit is 20 requests per second.|The limit is 20 requests per minute.
  She runs every Tuesday.|She swims every Tuesday.
  The survey got more replies than expected.|The survey got fewer replies than expected.
  Last month we moved to Berlin.|Next month we move to Berlin.
  The button sits at the top right.|The button sits at the top left.
  Logs are stored in Dublin.|Logs are shipped to Dublin.
  You must encrypt backups.|You should encrypt backups.
  Ivo wants the report weekly.|Ivo wants the report daily.
  The lawyer represents Halden.|Halden represents the lawyer.
  Customer data is kept for two years.|Employee data is kept for two years.
  The supplier indemnifies the customer.|The customer indemnifies the supplier.
  Late fees apply after 10 days.|Late fees are waived after 10 days.
  Most tests are flaky.|All tests are flaky.
  Half of our users are teachers.|A third of our users are teachers.
  The order worker runs on Rust.|The purchase worker runs on Rust.
  The shop opens at nine on Sundays.|The shop closes at nine on Sundays.
  Grandma visits on Sunday.|We visit Grandma on Sunday.
  Ben reports to Ana.|Ana reports to Ben.
  The warranty covers batteries.|The insurance covers batteries.
  We rent the office from Halden.|We rent the office to Halden.
  She is allergic to nuts.|She is fond of nuts.
  The invoice must be paid before delivery.|The invoice must be paid on delivery.
  Interest is 4 percent per month.|Interest is 4 percent per year.
  Save the file before closing the editor.|Save the file after closing the editor.
  Support answers within two hours.|Support answers after two hours.
  He usually takes the bus.|He always takes the bus.
  The licence allows copying.|The licence forbids copying.
  Mara approves refunds.|Mara requests refunds.
  The pilot starts this week.|The pilot starts next week.
  Upload limit is 25 MB.|Download limit is 25 MB.
  The client calls the server.|The server calls the client.
  Call Ana before you email Ben.|Email Ben before you call Ana.
  We notify customers by email.|We notify customers by phone.
  The notice period is three months.|The trial period is three months.
  Salary is paid monthly in advance.|Salary is paid monthly in arrears.
  The company has no debt.|The company has debt.
  Only admins can delete projects.|Admins can delete projects.
  Admins can only delete projects.|Only admins can delete projects.
  The sender pays the fee.|The recipient pays the fee.
  Ship host logs to Loki and app logs to Splunk.|Ship app logs to Loki and host logs to Splunk.
  Ask Wendell about printers and Ana about phones.|Ask Ana about printers and Wendell about phones.
  The claim was filed.|The claim was dropped.
  The alarm rings at 6 on weekdays.|The alarm rings at 6 on weekends.
  Increase the cache to 2 GB.|Reduce the cache to 2 GB.
  The works council approved the plan.|The works council rejected the plan.
  The employee may terminate with one month's notice.|The employer may terminate with one month's notice.
  Prefers tea over coffee.|Prefers coffee over tea.
  The data is encrypted at rest.|The data is encrypted in transit.
  The order was placed by Ana for Ben.|The order was placed by Ben for Ana.
  We lost the Orion deal.|We won the Orion deal.
  Mara approves refunds for Ivo.|Ivo is the one who approves refunds for Mara.
  The code owner of the parser is Ana.|Ana is the parser of the code owner.
  Only admins can access the vault.|The vault can only be accessed by admins at night.
  Only Mara can open the safe.|The safe can only be opened by Ivo.
  Mara may only open the safe.|The safe may only be opened by Mara.
  The lead reviews only drafts.|Only the lead reviews drafts.
  Reports must not be sent before review.|Reports must be sent before review.
  Ben likes Ana.|Ana likes Ben.
  The review is on 3 May.|The review is on 3 March.
  The review is on 4 June.|The review is on 4 July.
  Pay by 4 June 2026.|Pay by 2026-05-04.
  User works as a nurse.|User works with a nurse.
  The team consists of six engineers.|The team hired six engineers.
  There is a limit of 20 uploads.|There is no limit of 20 uploads.
  It takes Ana an hour to restore a backup.|It takes Ben an hour to restore a backup.
  Ana has to write the report for Ben.|Ben has to write the report for Ana.
  Access needs approval from Mara.|Mara needs access from approval.
  Mara needs consent from Tollan.|Tollan needs consent from Mara.
  The dog of the neighbour is Rex.|The neighbour of the dog is Rex.
  The server of the client is slow.|The client of the server is slow.
  Halden's supplier is Tollan.|Tollan's supplier is Halden.
  The supplier of Halden is Tollan.|The supplier of Tollan is Halden.
  Ana is Ben's boss.|Ben is Ana's boss.
  Ana's boss is Ben.|Ana is Ben's boss.
  The CI pipeline uses the staging key.|The staging pipeline uses the CI key.
  Tests of the importer run before tests of the exporter.|Tests of the exporter run before tests of the importer.
  Mara handed the keys to Ivo.|Ivo handed the keys to Mara.
  Ivo sends Mara the weekly report.|Mara sends Ivo the weekly report.
  Halden pays Tollan for paper.|Tollan pays Halden for paper.
  The bank charges the customer a fee.|The customer charges the bank a fee.
  We keep logs, not traces.|We keep traces, not logs.
  Store passwords hashed, not encrypted.|Store passwords encrypted, not hashed.
  Ship on Monday, not on Tuesday.|Ship on Tuesday, not on Monday.
  Without approval, deploys are blocked.|With approval, deploys are blocked.
  With no review, merges are allowed.|With review, merges are allowed.
  Last week Ana joined.|This week Ana joined.
  The order is shipped within 2 days.|The order is shipped after 2 days.
  Sick leave needs a note from a doctor.|A doctor needs a note for sick leave.
  The fee is at least 20 euros.|The fee is up to 20 euros.
  He works out at home.|He works at home.
  Ana quit the choir.|Ana joined the choir.
  Ivo reviews code written by Ana.|Ana reviews code written by Ivo.
  The tenant cancels the lease.|The tenant signs the lease.
  The guarantee covers parts.|The guarantee excludes parts.
  The lender pays the borrower.|The borrower pays the lender.
  The licensor indemnifies the licensee.|The licensee indemnifies the licensor.
  Consent is required before processing.|Consent is required after processing.
  The salary is 4000 before tax.|The salary is 4000 after tax.
  The plan is optional for staff.|The plan is mandatory for staff.
  Deposit is paid on signing.|Rent is paid on signing.
  Draft invoices are archived.|Final invoices are archived.
  Reports go out every other week.|Reports go out every week.
  Ana visits her mother twice a month.|Ana visits her mother once a month.
  The call is at 3 pm Berlin time.|The call is at 3 pm London time.
  The limit per user is 10.|The limit per team is 10.
  Mail to Ana is forwarded to Ben.|Mail to Ben is forwarded to Ana.
  Emails about refunds go to Lena.|Emails from Lena are about refunds.
  The frontend team owns the checkout page.|The backend team owns the checkout page.
  The accountant files the tax return.|The accountant checks the tax return.
  The customer returned the package.|The customer received the package.
  Users report bugs in the forum.|Users fix bugs in the forum.
  Payment is due on receipt of the goods.|Payment is due on receipt of the invoice.
  The director signs contracts.|The director drafts contracts.
  The child lives with the father.|The child lives with the mother.
  Ana leads sales.|Ana left sales.
  The printer was repaired.|The printer was replaced.
  Use the old form.|Use the new form.
  The contract ended.|The contract was extended.
  The agreement covers consulting.|The agreement covers training.
  Confidential data is encrypted.|Personal data is encrypted.
  Our revenue grew.|Our income fell.
  The fine is 50 euros.|The fee is 50 euros.
  Legal approves contracts.|Legal rejects contracts.
  Mara gave notice.|Mara was given notice.
  Halden terminated Tollan's contract.|Tollan terminated Halden's contract.
  The liability is capped at 1 million.|The liability is uncapped.
  The warranty lasts two years.|The lease lasts two years.
  The employee resigned.|The employee was dismissed.
  Ben was promoted to lead.|Ben was demoted from lead.
  The supplier accepts returns.|The supplier refuses returns.
  Vaccination is required.|Vaccination is recommended.
  She has a son.|She has a daughter.
  We had a meeting with Halden.|We have a meeting with Halden.
  The data controller is Halden.|The data processor is Halden.
  The buyer bears shipping costs.|The seller bears shipping costs.
`

test.each(pairs(APART))('keeps apart what differs in a word or its place: %s / %s', (a, b) => {
  expect(sameness(a, b)).toBeNull()
  expect(sameness(b, a)).toBeNull()
})
