import { hash } from 'node:crypto';

/** A number of 32 bits for a text, so that a stage can combine it. */
export function textNumber(text: string): number {
  return Number.parseInt(hash('sha1', text, 'hex').slice(0, 8), 16);
}
