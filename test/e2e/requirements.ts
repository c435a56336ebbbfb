/** One behaviour that the wire asks for, and where that stands. */
export interface Requirement {
  readonly id: string
  /** `SDK` = comments and types of the official client, `guide` = its public guides. */
  readonly source: string
  readonly says: string
}

/** Short forms of sources. */
const DREAMS = 'SDK beta/dreams'
const STORES = 'SDK beta/memory-stores'
const MEMORIES = 'SDK beta/memory-stores/memories'
const VERSIONS = 'SDK beta/memory-stores/memory-versions'
const SESSIONS = 'SDK beta/sessions'
const EVENTS = 'SDK beta/sessions/events'
const THREADS = 'SDK beta/sessions/threads'
const AGENTS = 'SDK beta/agents'
const ENVIRONMENTS = 'SDK beta/environments'
const TRANSPORT = 'SDK transport, measured'
const GUIDE = 'guide: dreams'
const MEMORY_GUIDE = 'guide: memory stores'

const from = (source: string, says: Readonly<Record<string, string>>): readonly Requirement[] =>
  Object.entries(says).map(([id, text]) => ({ id, source, says: text }))

/** Everything that the unmodified official client relies on, each shown by a test through it. */
export const REQUIREMENTS: readonly Requirement[] = [
  ...from(TRANSPORT, {
    'transport.bearer-and-x-api-key':
      'A key is taken from `Authorization: Bearer` and `x-api-key`.',
    'transport.wrong-key-401': 'A wrong key answers 401 `authentication_error`.',
    'transport.beta-query-and-headers': '`?beta=true` and further beta names change nothing.',
    'transport.bodyless-post': 'A POST without body and content type is fine where none is needed.',
    'transport.request-id': 'Every answer carries `request-id`, shown as `_request_id`.',
    'transport.error-envelope': 'Errors are `{type, error, request_id}` and become typed classes.',
    'transport.unknown-id-404': 'An unknown id answers 404 `not_found_error`.',
    'transport.no-blind-retry-of-409': 'A 409 that asking again cannot mend is asked once.',
    'transport.auto-paging': 'Iterating a list follows `next_page` to its end, each item once.',
    'transport.pages-stable-under-inserts': 'Items made while paging shift nothing.',
    'transport.cursor-of-another-list-400': 'A cursor of another list answers 400.',
    'transport.limit-bounds': '`limit` is 1 to 100, by default 20.',
  }),
  ...from(DREAMS, {
    'dreams.create.both-input-orders': 'The two inputs may come in either order.',
    'dreams.create.pending-shape':
      'A new dream is `pending` with all fourteen keys, empty outputs.',
    'dreams.create.model-string-or-object': 'A model given as a string comes back as an object.',
    'dreams.create.session-ids-sorted': 'Session ids come back sorted.',
    'dreams.create.output-behavior-always-set': '`output_behavior` is in every answer.',
    'dreams.create.instructions-bounds': 'Instructions have 1 to 4,096 characters or are null.',
    'dreams.create.session-count-bounds': '1 to 100 sessions without duplicates.',
    'dreams.create.one-of-each-input': 'Exactly one memory store and one sessions input.',
    'dreams.create.unknown-store-404': 'An unknown memory store answers 404.',
    'dreams.create.unknown-session-404': 'An unknown session answers 404.',
    'dreams.create.archived-store-400': 'An archived memory store answers 400.',
    'dreams.create.speed-standard-only': 'Only `standard` is accepted as speed.',
    'dreams.create.unknown-fields-400': 'Unknown fields of the body answer 400.',
    'dreams.create.update-existing-needs-input-store': 'It must name the input store.',
    'dreams.create.unmapped-model-400': 'A model that no setting maps answers 400 and names it.',
    'dreams.held-store-409': 'A second dream that updates a store gets 409 `conflict_error`, once.',
    'dreams.retrieve': 'A dream is found by id, archived ones too.',
    'dreams.list.newest-first': 'Lists are newest first.',
    'dreams.list.statuses': 'Lists narrow by several statuses.',
    'dreams.list.created-at-exclusive': '`created_at[gt]` and `[lt]` exclude the bound.',
    'dreams.list.archived-hidden': 'Archived dreams show only with `include_archived`.',
    'dreams.archive.ended-only': 'Archiving a pending or running dream answers 400.',
    'dreams.archive.twice': 'Archiving again changes nothing.',
    'dreams.cancel.pending-and-running': 'A pending or running dream is canceled at once.',
    'dreams.cancel.twice': 'Canceling a canceled dream returns it unchanged.',
    'dreams.cancel.ended-400': 'Canceling a completed or failed dream answers 400.',
    'dreams.usage-zero-while-pending': 'Usage is zero while the dream is pending.',
  }),
  ...from(GUIDE, {
    'dreams.create-new.clone': 'The output starts as a copy and the input is never changed.',
    'dreams.create-new.readable':
      'The output store is an ordinary store; its memories can be read.',
    'dreams.update-existing.in-place': 'The result is in the input store, with versions of it.',
    'dreams.fails.store-deleted': 'Deleting the input store fails the dream with its error type.',
    'dreams.fails.session-deleted':
      'Deleting an input session fails the dream with its error type.',
    'dreams.archived-session-is-read': 'Archived sessions are read.',
    'dreams.session.streams': "The dream's own session streams what it does.",
    'dreams.session.hidden':
      'It does not show in the default list of sessions, and is found by id.',
    'dreams.session.threads': 'It has one thread for each input session.',
    'dreams.session.ends-archived': 'It is terminated and archived at the end.',
    'dreams.flow.hundred-sessions': 'Store, memories, 100 sessions, dream, outputs, archive.',
    'dreams.failure-and-cancel-commit-nothing': 'No store has any change of such a dream.',
  }),
  ...from(STORES, {
    'stores.create': 'A store has a name, a description that is "" when unset, and metadata.',
    'stores.name-bounds': '1 to 255 characters without control characters; not unique.',
    'stores.description-bounds': 'Up to 1,024 characters.',
    'stores.metadata-bounds': 'Up to 16 pairs; keys 1 to 64, values up to 512 characters.',
    'stores.retrieve': 'A store is found by id.',
    'stores.list': 'Newest first; archived ones only with `include_archived`; inclusive times.',
    'stores.update': 'Name, description and metadata change; null removes a metadata key.',
    'stores.update.description-cleared': 'Null or "" clears the description.',
    'stores.updated-at': '`updated_at` moves with the store itself, not with its memories.',
    'stores.archive': 'An archived store can be read, not written.',
    'stores.archive.deletes-allowed': 'Memories of an archived store can be deleted.',
    'stores.delete': 'Answers `memory_store_deleted`; memories and versions are gone.',
  }),
  ...from(MEMORIES, {
    'memories.create': 'A memory is made by path; `content` is null in the basic view.',
    'memories.create.full-view': '`view=full` shows the content.',
    'memories.sha256': '`content_sha256` is over the raw UTF-8 bytes: CRLF, NFD and emoji stay.',
    'memories.content-bounds': '102,400 bytes pass, one more answers 400; "" passes.',
    'memories.path-rules': 'Each rule of a path is refused with 400.',
    'memories.path-bounds': '1,024 bytes and 20 segments pass, one more answers 400.',
    'memories.path-conflict': 'A used or overlapping path: 409 with the conflicting memory.',
    'memories.retrieve.full-by-default': 'Retrieve shows the content unless `view=basic`.',
    'memories.update.content': 'New content makes a new version and keeps the id.',
    'memories.update.rename': 'A new path keeps the id.',
    'memories.update.needs-something': 'Content or path is needed.',
    'memories.update.no-op': 'Same content and path: no new version.',
    'memories.update.precondition': 'A stale hash answers 409 `memory_precondition_failed_error`.',
    'memories.update.satisfied-precondition': 'A memory as wanted already passes a stale hash.',
    'memories.delete': 'Answers `memory_deleted`; its versions stay.',
    'memories.delete.expected-hash': 'A stale `expected_content_sha256` answers 409.',
    'memories.list.prefix': '`path_prefix` matches whole segments and must end in "/".',
    'memories.list.depth': '`depth=1` rolls deeper memories up into prefixes; 2 answers 400.',
    'memories.list.full-view-20': '`view=full` gives at most 20 a page.',
  }),
  ...from(VERSIONS, {
    'versions.list.newest-first': 'Created, modified and deleted, newest first.',
    'versions.list.filters': 'By memory, operation, session, key and time.',
    'versions.retrieve': 'A version shows its content; of a deletion null.',
    'versions.actor': 'Who wrote is shown: the key, or the session of a dream.',
    'versions.redact': 'Content, path, hash and size are null afterwards; the row stays.',
    'versions.redact.head-400': 'The head of a live memory answers 400.',
  }),
  ...from(SESSIONS, {
    'sessions.create': 'A session echoes its agent, environment, resources with `mount_path`.',
    'sessions.create.agent-forms': 'The agent is an id, or an id with a version.',
    'sessions.create.unknown-agent-404': 'Unknown agents and environments answer 404.',
    'sessions.create.eight-stores': 'Eight memory stores pass, nine answer 400.',
    'sessions.retrieve': 'A session is found by id.',
    'sessions.list': 'By agent, store, status and time, both orders, with `prev_page`.',
    'sessions.update': 'Title and metadata change.',
    'sessions.archive': 'An archived session is terminated and takes no events.',
    'sessions.delete': 'Answers `session_deleted`; the session is gone.',
  }),
  ...from(EVENTS, {
    'events.send': 'Sent events are echoed with ids.',
    'events.idle-after-message': 'No agent runs: the session is idle at once and an event says so.',
    'events.no-agent-events': 'Clients cannot send events of agents.',
    'events.list': 'Chronological; narrowed by `types[]`; paged.',
    'events.stream': 'New events arrive, each once, in order.',
    'events.import': 'Imported transcripts are listed as events of their types.',
  }),
  ...from(THREADS, {
    'threads.primary': 'Every session has its primary thread.',
    'threads.children': "A child's transcript is at its own events.",
  }),
  ...from(AGENTS, {
    'agents.create': 'Name and model are needed; the model comes back as an object; version 1.',
    'agents.retrieve-version': 'An older version is found by number.',
    'agents.update': 'An update makes the next version; a stale version answers 409.',
    'agents.list-and-archive': 'Archived agents show only with `include_archived`.',
    'agents.versions': 'All versions are listed.',
  }),
  ...from(ENVIRONMENTS, {
    'environments.create': 'A name is needed; the configuration comes back.',
    'environments.update-and-retrieve': 'Name and description change.',
    'environments.list-and-archive': 'Archived ones show only with `include_archived`.',
    'environments.delete': 'Answers `environment_deleted`.',
  }),
  ...from(MEMORY_GUIDE, {
    'guide.attach-output': 'The output of a dream is attached to a new session.',
    'guide.memory-limit': 'At the limit new memories answer 400 and edits go on.',
  }),
]
