import { chatImporter } from './chat.ts'
import { chatgptImporter } from './chatgpt/chatgpt.ts'
import { claudeCodeImporter } from './claude-code.ts'
import { codexImporter } from './codex/codex.ts'
import type { Importer } from './importer.ts'
import { langchainImporter } from './langchain/langchain.ts'
import { messagesApiImporter } from './messages-api/messages-api.ts'
import { sessionEventsImporter } from './session-events/session-events.ts'

/** Importers of all formats, in the order in which a source is judged: the most particular first. */
export const everyFormat: readonly Importer[] = [
  claudeCodeImporter,
  codexImporter,
  sessionEventsImporter,
  langchainImporter,
  chatgptImporter,
  messagesApiImporter,
  chatImporter,
]
