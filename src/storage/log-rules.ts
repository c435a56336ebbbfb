import { ReverieError } from '../core/errors.ts'

/** What was done stays told: throws `permission_error` for the audit. */
export function requireRemovable(stream: string): void {
  if (stream !== 'audit') return
  throw new ReverieError('permission_error', 'The audit log cannot be removed.', {
    next: 'Leave it; it holds no texts of memories.',
  })
}
