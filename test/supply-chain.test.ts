import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Lock, licenseOf, nameOf, runtimePlaces, sbomOf } from '../scripts/sbom.ts'
import { ROOT } from './architecture/source-tree.ts'

/** What may come along: no license that asks more of a user than to keep it (docs/adr/0036). */
const LICENSES_ALLOWED = [
  '(AFL-2.1 OR BSD-3-Clause)',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
]

interface Manifest {
  readonly name: string
  readonly version: string
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly bundledDependencies?: readonly string[]
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock
const places = runtimePlaces(lock)
const packages = places.map((place) => ({ name: nameOf(place), place, ...lock.packages[place] }))

describe('everything that an installation brings along', () => {
  it('is at most a hundred packages', () => {
    expect(places.length).toBeGreaterThan(Object.keys(manifest.dependencies).length)
    expect(places.length).toBeLessThanOrEqual(100)
  })

  it('runs nothing while it is installed', () => {
    expect(packages.filter(({ hasInstallScript }) => hasInstallScript === true)).toEqual([])
    expect(Object.keys(manifest.scripts).filter((name) => /install/.test(name))).toEqual([])
    // npm would build whatever it finds described there.
    expect(existsSync(join(ROOT, 'binding.gyp'))).toBe(false)
  })

  it('has a license that may be passed on', () => {
    const others = packages.filter((one) => {
      const license = licenseOf(one.name, one)
      return license === undefined || !LICENSES_ALLOWED.includes(license)
    })

    expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([])
  })

  it('comes from a registry, with a checksum', () => {
    const { packages: locked } = lock as unknown as {
      readonly packages: Readonly<Record<string, { resolved?: string; integrity?: string }>>
    }
    const odd = places.filter((place) => {
      const { resolved, integrity = '' } = locked[place] ?? {}
      const isFromRegistry = resolved === undefined || /^https:\/\/[^/]+\/.+\.tgz$/.test(resolved)
      return !isFromRegistry || !integrity.startsWith('sha512-')
    })

    expect(odd).toEqual([])
  })

  it('is pinned to one version where we name it', () => {
    const ranges = Object.entries(manifest.dependencies).filter(
      ([, v]) => !/^\d+\.\d+\.\d+$/.test(v),
    )

    expect(ranges).toEqual([])
  })
})

describe('the bill of materials', () => {
  const sbom = sbomOf(lock)

  it('names every package of the lock once, with version, license and checksum', () => {
    const named = sbom.components.map(({ name, version }) => `${name}@${version}`)
    const locked = packages.map(({ name, version }) => `${name}@${version}`)

    expect(locked.filter((one) => !named.includes(one))).toEqual([])
    expect(new Set(named).size).toBe(named.length)
    expect(sbom.components.filter(({ hashes, licenses }) => !hashes || !licenses)).toEqual([])
  })

  it('names what is copied into the package without being installed', () => {
    expect(sbom.components.map(({ name }) => name)).toContain('@scalar/api-reference')
  })

  it('says what needs what, without loose ends', () => {
    const refs = new Set(sbom.components.map((component) => component['bom-ref']))
    const [self, ...others] = sbom.dependencies
    const loose = [self, ...others].flatMap((one) => one?.dependsOn.filter((ref) => !refs.has(ref)))

    expect(loose).toEqual([])
    expect(self?.dependsOn).toHaveLength(Object.keys(manifest.dependencies).length)
  })

  it('is equal for equal locks, in any order', () => {
    const reversed = {
      ...lock,
      packages: Object.fromEntries(Object.entries(lock.packages).reverse()),
    }

    expect(JSON.stringify(sbomOf(reversed))).toBe(JSON.stringify(sbom))
    expect(JSON.stringify(sbom)).not.toMatch(/timestamp|serialNumber/)
  })
})
