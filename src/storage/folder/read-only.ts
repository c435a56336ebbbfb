import { ReverieError } from '../../core/errors.ts'

/** A file that its owner may not write is left to its owner. */
export function isReadOnly(mode: number): boolean {
  return (mode & 0o222) === 0
}

export function readOnlyFile(path: string): ReverieError {
  return new ReverieError('permission_error', `${path} is a read-only file.`, {
    next: 'Make it writable (`chmod u+w`), or reject the changes to it.',
  })
}
