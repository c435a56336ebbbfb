import { addressesIn } from '../address.ts'
import type { ToolStep } from '../tool-step.ts'

const UNSAFE: readonly { readonly reason: string; readonly command: RegExp }[] = [
  {
    reason: 'deletes',
    command:
      /\brm\s+-\w*[rf]|\bgit\s+(?:clean|reset\s+--hard|checkout\s+--)|\bdrop\s+(?:table|database)|\btruncate\b/i,
  },
  { reason: 'overwrites what others pushed', command: /\bpush\b.*(?:--force|\s-f\b|\s\+\w)/i },
  {
    reason: 'skips a check',
    command:
      /--no-verify|--no-gpg-sign|--insecure|--allow-root|--disable-\w*check|\bSKIP=|NODE_TLS_REJECT/i,
  },
  {
    reason: 'widens rights',
    command: /\bchmod\s+(?:-R\s+)?[0-7]?777|\bchown\s+-R|\bsudo\b|\bsetenforce\b/i,
  },
  { reason: 'ends processes', command: /\bkill(?:all)?\b|\bpkill\b/i },
]

/**
 * Why a repair is not passed on although it worked, or null. An address that the failed call did
 * not have may come out of the failing output, and so be somebody else's.
 */
export function unsafeFixReason(text: string, failed: ToolStep): string | null {
  const call = failed.use.event.text
  if (addressesIn(text).some((address) => !call.includes(address))) return 'holds a new address'
  return UNSAFE.find(({ command }) => command.test(text))?.reason ?? null
}
