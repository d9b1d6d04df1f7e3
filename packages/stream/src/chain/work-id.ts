import { hash } from 'node:crypto';

/**
 * A stable id of a piece of work. 122 bits of a digest; the rest says that its form is ours alone (RFC 9562, version
 * 8).
 */
export function uuidOf(parts: readonly string[]): string {
  const digest = hash('sha256', JSON.stringify(parts));
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 3) | 8).toString(16);
  const groups = [digest.slice(0, 8), digest.slice(8, 12), `8${digest.slice(13, 16)}`];
  return [...groups, `${variant}${digest.slice(17, 20)}`, digest.slice(20, 32)].join('-');
}
