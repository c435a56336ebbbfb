const REGIONS: Readonly<Record<string, string>> = {
  pacific: 'America/Los_Angeles',
  mountain: 'America/Denver',
  central: 'America/Chicago',
  eastern: 'America/New_York',
  uk: 'Europe/London',
  british: 'Europe/London',
  irish: 'Europe/Dublin',
}
const ZONES: ReadonlyMap<string, string> = new Map(
  Intl.supportedValuesOf('timeZone').map((zone) => [
    (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ').toLowerCase(),
    zone,
  ]),
)

/**
 * What people call a time zone, in the way in which a note names its own: "Berlin time" is
 * `Europe/Berlin` where the note has such a name, else as said.
 */
export function zoneLike(note: string, said: string): string {
  if (!/^\p{L}+(?:\/[\p{L}_-]+)+$/u.test(note.trim())) return said
  const place = said.replace(/\s+(?:standard |daylight )?time(?: ?zone)?$/i, '').toLowerCase()
  return ZONES.get(place) ?? REGIONS[place] ?? said
}
