import { types } from 'node:util';

/** What a thrown value says, in one line. */
export function messageOf(thrown: unknown): string {
  // By its nature, not its class: an error of Node itself may come from another realm.
  const text = types.isNativeError(thrown) ? thrown.message || thrown.name : String(thrown);
  return text.replaceAll(/\s+/g, ' ').trim();
}
