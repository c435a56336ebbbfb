/** How far this server speaks what a method of the official client asks for. */
export type Support = 'supported' | 'differs' | '404'

/** Where one method, or a whole branch of them, stands. */
export interface Standing {
  readonly support: Support
  /** How it differs, or why it is not there; empty where it is supported as documented. */
  readonly how: string
}

const supported: Standing = { support: 'supported', how: '' }
const differs = (how: string): Standing => ({ support: 'differs', how })
const absent = (how: string): Standing => ({ support: '404', how })

const NO_RUNS = 'No agent runs here.'
const KEPT_AS_GIVEN =
  'Kept and answered; nothing here runs it. A roster is answered as it was given, an `effort` that was left out stays out.'
const FILES = 'There are no files; memory stores are attached when the session is made.'
const HELPER = 'A helper of the client: it makes no request of its own kind.'

/** Methods of `client.beta` that this server answers, by their names. */
export const ANSWERED: Readonly<Record<string, Standing>> = {
  'dreams.create': differs(
    'The model is looked up in `REVERIE_MODELS`; an id without a meaning answers 400. A create that is repeated after a cut connection is the same dream. The own session of a dream is no input.',
  ),
  'dreams.retrieve': supported,
  'dreams.list': supported,
  'dreams.cancel': supported,
  'dreams.archive': supported,

  'memoryStores.create': differs(
    'The metadata key `audience` says who may read the store: `private:<name>`, `team:<name>` or `org:<name>`.',
  ),
  'memoryStores.retrieve': supported,
  'memoryStores.update': supported,
  'memoryStores.list': differs('Stores that mirror a folder of this machine are not shown.'),
  'memoryStores.delete': supported,
  'memoryStores.archive': supported,
  'memoryStores.memories.create': differs(
    'At `REVERIE_MEMORIES_PER_STORE` memories (10,000) new ones answer 400.',
  ),
  'memoryStores.memories.retrieve': supported,
  'memoryStores.memories.update': supported,
  'memoryStores.memories.list': differs(
    'Ordered by path. `view=full` gives 20 a page at most, whatever `limit` says.',
  ),
  'memoryStores.memories.delete': supported,
  'memoryStores.memoryVersions.retrieve': supported,
  'memoryStores.memoryVersions.list': differs(
    'Versions stay until the store is deleted. A dream shows as its session; nobody acts as a service account.',
  ),
  'memoryStores.memoryVersions.redact': differs('Redacting again changes nothing.'),

  'sessions.create': differs(
    `${NO_RUNS} Memory stores are attached; files and repositories are told, not mounted, and no token is kept.`,
  ),
  'sessions.retrieve': supported,
  'sessions.update': supported,
  'sessions.list': differs("A dream's own session is left out; it is found by its id."),
  'sessions.delete': supported,
  'sessions.archive': supported,
  'sessions.events.send': differs(
    'The event is stored, without its secrets; the session is idle at once. The `session.status_idle` that says so has `stop_details.type` `no_agent`, which the hosted service does not know.',
  ),
  'sessions.events.list': supported,
  'sessions.events.stream': supported,
  'sessions.events.toolRunner': differs(`${HELPER} ${NO_RUNS}`),
  'sessions.resources.list': supported,
  'sessions.resources.retrieve': supported,
  'sessions.resources.add': absent(FILES),
  'sessions.resources.update': absent('There are no repositories.'),
  'sessions.resources.delete': absent(FILES),
  'sessions.threads.list': supported,
  'sessions.threads.retrieve': supported,
  'sessions.threads.archive': supported,
  'sessions.threads.events.list': supported,
  'sessions.threads.events.stream': supported,

  'agents.create': differs(KEPT_AS_GIVEN),
  'agents.retrieve': supported,
  'agents.update': differs(
    'A stale `version` answers 409 `conflict_error`. An archived agent answers 400.',
  ),
  'agents.list': supported,
  'agents.archive': supported,
  'agents.versions.list': differs('Newest first.'),

  'environments.create': differs('Kept and answered; nothing here runs in it.'),
  'environments.retrieve': supported,
  'environments.update': supported,
  'environments.list': supported,
  'environments.delete': differs('Sessions that name it keep its id.'),
  'environments.archive': supported,
}

/** Branches of `client.beta` that are not there, by how their methods begin, and why. */
export const NOT_ANSWERED: Readonly<Record<string, Standing>> = {
  'environments.work.': absent(`The queue of self-hosted workers. ${NO_RUNS}`),
  'deployments.': absent(
    `Runs of agents by the clock. ${NO_RUNS} Dreams have schedules of their own.`,
  ),
  'deploymentRuns.': absent(`Runs of agents by the clock. ${NO_RUNS}`),
  'files.': absent('Files are for agents that run.'),
  'skills.': absent('Skills are for agents that run.'),
  'vaults.': absent('Credentials are for agents that run; this server keeps none.'),
  'tunnels.': absent('Ways to servers of tools are for agents that run.'),
  'messages.': absent('Reverie is no model provider: ask the provider of the model.'),
  'models.': absent('Reverie is no model provider; `REVERIE_MODELS` says what model ids mean.'),
  'userProfiles.': absent('There are no profiles of users.'),
  'webhooks.': absent('Nothing is sent by itself: list dreams, or stream the session of one.'),
  'organization.': absent('Keys are made with `reverie key`; there is no organisation to manage.'),
}

/** Where a method stands; null = nobody has said. */
export function standingOf(method: string): Standing | null {
  const branch = Object.keys(NOT_ANSWERED).find((start) => method.startsWith(start))
  return ANSWERED[method] ?? (branch === undefined ? null : (NOT_ANSWERED[branch] ?? null))
}

/** What holds for every route and is not as the hosted service has it. */
export const DIFFERENCES: readonly string[] = [
  '**Failure and cancel commit nothing.** A dream ends in one transaction: its changes, or none. The output store of a failed or canceled `create_new` dream is an untouched copy of the input. The hosted service writes while it works.',
  '**`instructions` are rules, not prose.** Parts `keep: <path or topic>` and `ignore: <path or topic>`, in lines of their own or split by `;`, are followed. Any other text is taken and does nothing, with a model too; how many parts that were is told at the end of the session of the dream.',
  '**A plan can hold changes back.** Changes that a rail holds (pinned text, a secret, too great a loss, a memory that somebody wrote to meanwhile) are not written; they wait for a person under `/v1/reverie/`.',
  '**No beta header is needed**, and unknown ones are ignored. `agent-memory-2026-07-22` and `managed-agents-2026-04-01` may come alone, together or not at all. `?beta=true` and other unknown query parameters change nothing; unknown fields of a body answer 400.',
  '**Both `Authorization: Bearer` and `x-api-key` carry a key.** As long as no key was ever made, callers of the same machine need none.',
  '**409 is not asked for again.** Every 409 carries `x-should-retry: false`: asking again mends none of them.',
  '**Secrets are taken out of the texts of sessions before they are kept.** What was taken out is marked in its place. Memories are kept byte for byte.',
  "**A private store takes the sessions of its one owner**: those of two users, or meant for other readers, answer 400. A store with the audience of a team or an organisation takes any: a dream reads what is meant for the store's readers, tells of narrower sessions only what enough users share, and counts what it leaves out.",
  '**Memories learn from several agents** under `/v1/reverie/collective_dreams`: for each memory that learns a dream, which stands in lists with all others. Its `inputs` name the sessions of its own agents alone, perhaps none.',
  '**Words can be erased with all that was made of them**: `POST /v1/reverie/erasures`, for keys with the scope `admin`. Deleting a session removes its events alone; redacting a version wipes that version alone.',
  '**Models are named by a setting.** By default the ids that the wire knows, and `embedded`, mean rules alone: no model is asked and no token used, which the session of the dream tells at its end and its review under `models`. `REVERIE_MODELS` gives them another meaning.',
  '**A store holds 10,000 memories** unless `REVERIE_MEMORIES_PER_STORE` says otherwise.',
  '**Stores that mirror a folder are not seen.** They belong to the command line.',
  '**Values out of range answer 400**, a `limit` above its maximum too: it is not cut to fit.',
  '**Times** have milliseconds and `Z`. Bounds take any offset.',
  '**`Idempotency-Key`** is read on every POST; the hosted service documents none.',
]
