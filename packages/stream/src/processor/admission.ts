import {
  type Clock,
  describeValue,
  encodeValue,
  MillraceError,
  sealValue,
  viewValue,
} from '@millrace/core';
import { type Asked, ask, wrongAnswer } from '../flow/ask.ts';
import type { Deduplicator } from '../flow/deduplicator.ts';
import type { Entry } from '../flow/entry.ts';
import type { AcceptedMessage } from '../journal/message-journal.ts';
import type { IncomingMessage } from '../message/incoming-message.ts';
import type { MessageFailure } from '../message/message-failure.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';
import type { StreamFunctions } from './stream-options.ts';

/** Which messages came before. */
export interface Seen {
  readonly ids: Deduplicator;
  readonly keys: Deduplicator;
}

interface AdmissionParts<T> {
  readonly functions: Pick<StreamFunctions<T>, 'key' | 'dedupeKey'>;
  readonly seen: Seen | undefined;
  readonly clock: Clock;
  /** Of the last message in the journal; undefined without one. */
  readonly lastSeq: number | undefined;
}

/** A message comes in new, or it does not. */
export type Admitted<T> =
  | { readonly kind: 'new'; readonly entry: Entry<T>; readonly record: AcceptedMessage | undefined }
  | { readonly kind: 'repeated'; readonly entry: Entry<T> }
  | { readonly kind: 'refused'; readonly entry: Entry<T>; readonly failure: MessageFailure };

export interface Arrival {
  readonly isFromSource: boolean;
  readonly ended: ((outcome: MessageOutcome) => void) | undefined;
}

/** Looks at each message that comes in: its key, whether it came before, and how it is stored. */
export class Admission<T> {
  readonly #parts: AdmissionParts<T>;
  /**
   * Of messages that have not ended, which are never forgotten, whatever the window; and whether a journal holds them,
   * so that the source need not give them again.
   */
  readonly #open = new Map<string, boolean>();
  #seq: number | undefined;

  constructor(parts: AdmissionParts<T>) {
    this.#parts = parts;
    this.#seq = parts.lastSeq;
  }

  admit(message: IncomingMessage<T>, { isFromSource, ended }: Arrival): Admitted<T> {
    const key = this.#ask('key', message);
    const entry: Entry<T> = {
      id: String(message.id),
      value: message.value,
      key: key.ok ? key.value : undefined,
      lane: key.ok ? key.value : undefined,
      dedupeKey: undefined,
      seq: undefined,
      acceptedMs: this.#parts.clock.monotonic(),
      isToAcknowledge: isFromSource,
      isFirst: true,
      ended,
    };
    const idFailure = faultOfId(message.id);
    if (idFailure !== undefined) return refused(entry, idFailure);
    if (!key.ok) return refused(entry, key.failure);
    const dedupeKey = this.#ask('dedupeKey', message);
    if (!dedupeKey.ok) return refused(entry, dedupeKey.failure);
    // Whole milliseconds, whatever the clock gives: the journal keeps integers.
    const acceptedAt = Math.floor(this.#parts.clock.now());
    if (this.#isRepeated(message.id, dedupeKey.value, acceptedAt)) {
      // A source that is told of the id would not give the first one again after a kill.
      const isToAcknowledge = isFromSource && this.#open.get(message.id) !== false;
      return { kind: 'repeated', entry: { ...entry, isToAcknowledge, isFirst: false } };
    }
    const named = { ...entry, dedupeKey: dedupeKey.value };
    if (this.#seq !== undefined) return this.#store(named, acceptedAt);
    this.#begin(message.id);
    return { kind: 'new', entry: named, record: undefined };
  }

  /** A message of the journal runs again. */
  readmit(id: string): void {
    this.#open.set(id, true);
  }

  /** The journal holds it. */
  stored(id: string): void {
    this.#open.set(id, true);
  }

  /**
   * Call it for what was new.
   * @param comesAgain it has no final status, and the source gives it again
   */
  ended({ id, dedupeKey }: Entry<T>, comesAgain: boolean): void {
    const isStored = this.#open.get(id) === true;
    this.#open.delete(id);
    if (comesAgain && !isStored) {
      this.#parts.seen?.ids.takeOut(id);
      if (dedupeKey !== undefined) this.#parts.seen?.keys.takeOut(dedupeKey);
    }
  }

  #store(entry: Entry<T>, acceptedAt: number): Admitted<T> {
    const { id, key, dedupeKey } = entry;
    const encoded = encodeMessage(id, entry.value);
    if (!encoded.ok) return refused(entry, encoded.failure);
    const { sealed, value } = encoded.value;
    this.#seq = (this.#seq ?? 0) + 1;
    this.#begin(id);
    const record = { seq: this.#seq, id, key, dedupeKey, acceptedAt, value };
    // Stages get what they would get after a kill. What the source is told of, the journal holds by then.
    const own = { ...entry, seq: this.#seq, value: viewValue(sealed) as T, isToAcknowledge: false };
    return { kind: 'new', entry: own, record };
  }

  #begin(id: string): void {
    this.#open.set(id, false);
  }

  #isRepeated(id: string, dedupeKey: string | undefined, at: number): boolean {
    const { seen } = this.#parts;
    if (this.#open.has(id) && (seen !== undefined || this.#seq !== undefined)) return true;
    if (seen === undefined) return false;
    if (seen.ids.isRepeated(id, at)) return true;
    return dedupeKey !== undefined && seen.keys.isRepeated(dedupeKey, at);
  }

  #ask(name: 'key' | 'dedupeKey', message: IncomingMessage<T>): Asked<string | undefined> {
    const keyOf = this.#parts.functions[name];
    if (keyOf === undefined) return NO_KEY;
    const asked = ask<unknown>(name, () => keyOf(message));
    if (!asked.ok) return asked;
    const { value } = asked;
    if (value === undefined || typeof value === 'string') return { ok: true, value };
    // A number would come out of the journal as another value than it went in.
    return { ok: false, failure: wrongAnswer(name, 'a text or undefined', describeValue(value)) };
  }
}

const NO_KEY: Asked<undefined> = { ok: true, value: undefined };

function refused<T>(entry: Entry<T>, failure: MessageFailure): Admitted<T> {
  return { kind: 'refused', entry: { ...entry, isFirst: false }, failure };
}

function encodeMessage(id: string, value: unknown) {
  const sealed = sealValue(value, 'message');
  if (sealed.ok) {
    try {
      const encoded = encodeValue(sealed.value);
      return { ok: true, value: { sealed: sealed.value, value: encoded } } as const;
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      return { ok: false, failure: unstorable(id, error.message) } as const;
    }
  }
  return { ok: false, failure: unstorable(id, sealed.problem.message) } as const;
}

function unstorable(id: string, why: string): MessageFailure {
  const message = `message ${JSON.stringify(id)} cannot be stored: ${why}`;
  return { code: 'MESSAGE_UNSTORABLE', message };
}

/** A source written without types may give a number, which a journal would give back as another id. */
function faultOfId(id: unknown): MessageFailure | undefined {
  if (typeof id === 'string' && id !== '' && id.isWellFormed()) return undefined;
  const code = 'MESSAGE_ID_INVALID';
  return { code, message: `the id of a message must be text, not empty; got ${describeValue(id)}` };
}
