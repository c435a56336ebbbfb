/** What the package brings with it, as CycloneDX JSON; `build.ts` writes it into `dist/`. */

/** A package of package-lock.json. */
export interface LockedPackage {
  readonly version: string
  readonly integrity?: string
  readonly license?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export interface Lock {
  readonly name: string
  readonly version: string
  /** By place: empty = the project itself, else `node_modules/a/node_modules/b`. */
  readonly packages: Readonly<Record<string, LockedPackage>>
}

interface Component {
  readonly type: 'library'
  readonly 'bom-ref': string
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly licenses?: readonly { readonly expression: string }[]
  readonly hashes?: readonly { readonly alg: 'SHA-512'; readonly content: string }[]
}

export interface Sbom {
  readonly bomFormat: 'CycloneDX'
  readonly specVersion: '1.6'
  readonly version: 1
  readonly metadata: { readonly component: Component }
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

const FOLDER = 'node_modules/'
/** Stated in the readme of the package alone. */
const LICENSES: Readonly<Record<string, string>> = { format: 'MIT' }
/** Not installed with the package, but a file of it is copied into `dist/`. */
const COPIED: readonly string[] = ['@scalar/api-reference']

/** Places of everything that an installation of the package brings along, sorted. */
export function runtimePlaces({ packages }: Lock): readonly string[] {
  return Object.entries(packages)
    .filter(([place, { dev }]) => place !== '' && dev !== true)
    .map(([place]) => place)
    .sort()
}

/**
 * The bill of materials of a lock file: equal locks give equal bytes, so it holds neither a time nor
 * a serial number.
 */
export function sbomOf(lock: Lock): Sbom {
  const places = runtimePlaces(lock)
  const self = componentOf(lock.name, lock.packages[''] ?? { version: lock.version })
  const refs = new Map<string, ReadonlySet<string>>()
  for (const place of ['', ...places]) {
    const ref = place === '' ? self['bom-ref'] : refOf(lock, place)
    refs.set(ref, new Set([...(refs.get(ref) ?? []), ...needed(lock, place)]))
  }
  const copied = COPIED.map((name) => `${FOLDER}${name}`)
  const components = new Map(
    [...places, ...copied].map((place) => {
      const component = componentOf(nameOf(place), at(lock, place))
      return [component['bom-ref'], component]
    }),
  )
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: self },
    components: [...components.values()].sort(byRef),
    dependencies: [...refs].map(([ref, on]) => ({ ref, dependsOn: [...on].sort() })),
  }
}

/** What a package of the lock depends on, found as Node.js finds it: here, then further out. */
function needed(lock: Lock, place: string): readonly string[] {
  const { dependencies = {}, peerDependencies = {} } = at(lock, place)
  return Object.keys({ ...dependencies, ...peerDependencies }).flatMap((name) => {
    for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf(FOLDER) - 1))) {
      const found = from === '' ? `${FOLDER}${name}` : `${from}/${FOLDER}${name}`
      if (lock.packages[found] !== undefined) return [refOf(lock, found)]
      // A peer that is optional may be missing.
      if (from === '') return []
    }
  })
}

function componentOf(name: string, { version, license, integrity }: LockedPackage): Component {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const expression = licenseOf(name, { license })
  const hash = integrity?.startsWith('sha512-') === true ? integrity.slice('sha512-'.length) : null
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    ...(expression === undefined ? {} : { licenses: [{ expression }] }),
    ...(hash === null
      ? {}
      : { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] }),
  }
}

/** Undefined = the package states none. */
export function licenseOf(
  name: string,
  { license }: { readonly license?: string | undefined },
): string | undefined {
  return license ?? LICENSES[name]
}

function refOf(lock: Lock, place: string): string {
  return componentOf(nameOf(place), at(lock, place))['bom-ref']
}

/** The name of the package at a place of the lock. */
export function nameOf(place: string): string {
  return place.slice(place.lastIndexOf(FOLDER) + FOLDER.length)
}

function at(lock: Lock, place: string): LockedPackage {
  const found = lock.packages[place]
  if (found === undefined) throw new Error(`package-lock.json has no "${place}".`)
  return found
}

function byRef(a: Component, b: Component): number {
  return a['bom-ref'] < b['bom-ref'] ? -1 : 1
}
