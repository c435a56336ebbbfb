import { ReverieError } from '../../core/errors.ts'
import {
  type GivenEnvironmentConfig,
  type GivenNetworking,
  type GivenPackages,
  PACKAGE_KINDS,
  type WireEnvironmentConfig,
  type WireNetworking,
  type WirePackages,
} from '../../wire/environments.ts'

type CloudConfig = Extract<WireEnvironmentConfig, { readonly type: 'cloud' }>
type LimitedNetworking = Extract<WireNetworking, { readonly type: 'limited' }>

const NO_PACKAGES: WirePackages = {
  type: 'packages',
  apt: [],
  cargo: [],
  gem: [],
  go: [],
  npm: [],
  pip: [],
}

const CLOUD: CloudConfig = {
  type: 'cloud',
  networking: { type: 'unrestricted' },
  packages: NO_PACKAGES,
}

const CLOSED: LimitedNetworking = {
  type: 'limited',
  allow_mcp_servers: false,
  allow_package_managers: false,
  allowed_hosts: [],
}

/** The whole configuration of a new environment: what is left out has the wire's default. */
export function configOf(given: GivenEnvironmentConfig | null | undefined): WireEnvironmentConfig {
  return given?.type === 'self_hosted' ? given : merged(CLOUD, given ?? { type: 'cloud' })
}

/** The configuration after a change: what is left out stays. Its type cannot change. */
export function changedConfig(
  present: WireEnvironmentConfig,
  given: GivenEnvironmentConfig | null | undefined,
): WireEnvironmentConfig {
  if (given === undefined || given === null) return present
  if (given.type !== present.type) {
    throw new ReverieError('invalid_request_error', 'The type of a configuration cannot change.', {
      next: 'Make a new environment.',
      details: { error_code: 'invalid_config_type_change' },
    })
  }
  return given.type === 'cloud' && present.type === 'cloud' ? merged(present, given) : present
}

function merged(
  present: CloudConfig,
  given: Extract<GivenEnvironmentConfig, { readonly type: 'cloud' }>,
): CloudConfig {
  const config: CloudConfig = {
    type: 'cloud',
    networking: networkingOf(present.networking, given.networking ?? null),
    packages: packagesOf(present.packages, given.packages ?? null),
  }
  const { networking, packages } = config
  const needsManagers = PACKAGE_KINDS.some((kind) => packages[kind].length > 0)
  if (needsManagers && networking.type === 'limited' && !networking.allow_package_managers) {
    throw new ReverieError(
      'invalid_request_error',
      'Packages need package managers to be allowed.',
      {
        next: 'Set `networking.allow_package_managers` to true.',
      },
    )
  }
  return config
}

function networkingOf(present: WireNetworking, given: GivenNetworking | null): WireNetworking {
  if (given === null) return present
  if (given.type === 'unrestricted') return given
  const before = present.type === 'limited' ? present : CLOSED
  return {
    type: 'limited',
    allow_mcp_servers: given.allow_mcp_servers ?? before.allow_mcp_servers,
    allow_package_managers: given.allow_package_managers ?? before.allow_package_managers,
    allowed_hosts: given.allowed_hosts ?? before.allowed_hosts,
  }
}

function packagesOf(present: WirePackages, given: GivenPackages | null): WirePackages {
  const { type, ...lists } = given ?? {}
  const named = PACKAGE_KINDS.flatMap((kind) => {
    const list = lists[kind] ?? null
    return list === null ? [] : [[kind, list] as const]
  })
  return { ...present, ...Object.fromEntries(named) }
}
