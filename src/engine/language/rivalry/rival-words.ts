import { words } from '../lexicon.ts'

/** What people are or have one of: a second value takes the place of the first. */
export const ONE_VALUED: ReadonlySet<string> = words(`
  bear die graduat found co-found cofound marri special known know expert advoc professor teacher volunt
  live resid collabor co-host cohost co-author name call base locat major retir employ meet passion
`)
/** They take many objects: only a long frame or a closed list makes two of them compete. */
export const MANY_VALUED: ReadonlySet<string> = words(`
  fluent member allerg interest like love enjoi hate dislik speak support includ contain have own visit
  read watch attend bui eat drink try cook fix add us plai need requir collect ship depend practis practic
  handl manag cover serv process send fan friend respons want prefer work accept offer author author
`)
/** What things hold and do: each of it beside the others. */
export const MANY_OBJECTS: ReadonlySet<string> = words(`
  support includ contain have own add us requir accept offer cover need handl manag process send ship
`)
/** What several people do without one of them ending the other. */
export const SHARED_EVENTS: ReadonlySet<string> = words(`
  attend visit particip join travel studi graduat enjoi like love live work complet pass see watch read
  hike plai us speak prefer need want vote agre own bui marri move fluent member allerg author
`)
/** Of one family: who prefers one pastime said before that they enjoy another. */
export const ATTITUDES: ReadonlySet<string> = words(
  'enjoi like love prefer dislik hate passion interest hobbi enthusiast fan',
)
export const OCCUPATIONS: ReadonlySet<string> = words(`
  engin develop design manag teacher nurs doctor lawyer scientist analyst writer architect consult
  guid programm photograph author artist musician pianist violinist chef biologist physicist chemist journalist
  editor accountant electrician plumber carpent pilot surgeon dentist librarian novelist cardiologist director
`)
