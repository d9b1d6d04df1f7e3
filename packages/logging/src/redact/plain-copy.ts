import { types } from 'node:util';
import { isSensitiveName, REDACTED } from '@millrace/core';
import { errorEntries } from './error-entries.ts';
import type { PlainLimits } from './plain-limits.ts';
import { summaryOf } from './summary.ts';

/** Redacts a text and cuts it after `longest` characters. */
export type RedactText = (text: string, longest: number) => string;

const TOO_DEEP = '[too deep]';
const TOO_LARGE = '[too large]';
const CIRCULAR = '[circular]';
const UNREADABLE = '[unreadable]';

type Entry = readonly [key: string, read: () => unknown];

/**
 * Copies any value to plain data: strings, finite numbers, booleans, null, undefined, arrays and
 * records, all redacted and within limits. It never throws, whatever getters and proxies do.
 * One instance makes one copy.
 */
export class PlainCopy {
  readonly #redact: RedactText;
  readonly #limits: PlainLimits;
  /** The containers around the present value. */
  readonly #around = new Set<object>();
  #valuesLeft: number;
  #textLeft: number;

  constructor(redact: RedactText, limits: PlainLimits) {
    this.#redact = redact;
    this.#limits = limits;
    this.#valuesLeft = limits.values;
    this.#textLeft = limits.allText;
  }

  of(value: unknown): unknown {
    if (this.#valuesLeft-- <= 0) return TOO_LARGE;
    if (typeof value === 'object') return value === null ? null : this.#container(value);
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
      case 'bigint':
        return this.#number(value);
      case 'symbol':
        return this.#text(String(value));
      case 'function':
        return '[function]';
      default:
        return value;
    }
  }

  #text(text: string): string {
    if (this.#textLeft <= 0) return TOO_LARGE;
    const longest = Math.min(this.#limits.textLength, this.#textLeft);
    this.#textLeft -= Math.min(text.length, longest);
    return this.#redact(text, longest);
  }

  /** A PIN may be given as a number. */
  #number(value: number | bigint): unknown {
    const text = String(value);
    const redacted = this.#text(text);
    return redacted === text && Number.isFinite(value) ? value : redacted;
  }

  #container(value: object): unknown {
    if (this.#around.has(value)) return CIRCULAR;
    if (this.#around.size >= this.#limits.depth) return TOO_DEEP;
    this.#around.add(value);
    try {
      return this.#contents(value);
    } catch {
      return UNREADABLE;
    } finally {
      this.#around.delete(value);
    }
  }

  #contents(value: object): unknown {
    if (types.isNativeError(value) || value instanceof Error)
      return this.#record(errorEntries(value));
    if (Array.isArray(value)) return this.#list(value.length, (index) => value[index]);
    if (types.isSet(value)) {
      const members = value.values();
      return this.#list(value.size, () => members.next().value);
    }
    if (types.isMap(value) || isHeaders(value) || value instanceof URLSearchParams) {
      return this.#record(mapEntries(value));
    }
    const summary = summaryOf(value);
    if (summary !== undefined) return this.#text(summary);
    const toJson: unknown = Reflect.get(value, 'toJSON');
    if (typeof toJson === 'function') {
      const replaced: unknown = Reflect.apply(toJson, value, []);
      if (replaced !== value) return this.of(replaced);
    }
    return this.#record(ownEntries(value));
  }

  #list(length: number, read: (index: number) => unknown): unknown[] {
    const copy: unknown[] = [];
    for (let index = 0; index < length; index++) {
      // Also what ends an array that claims four billion places.
      if (this.#valuesLeft <= 0) {
        copy.push(`[${length - index} more]`);
        break;
      }
      copy.push(this.#read(() => read(index)));
    }
    return copy;
  }

  #record(entries: Iterable<Entry>): Record<string, unknown> {
    // Without a prototype `__proto__` is a key like any other.
    const copy: Record<string, unknown> = Object.create(null);
    for (const [key, read] of entries) {
      if (this.#valuesLeft <= 0 || this.#textLeft <= 0) {
        copy['...'] = TOO_LARGE;
        break;
      }
      copy[freeKey(copy, this.#text(key))] = this.#read(read, isSensitiveName(key));
    }
    return copy;
  }

  #read(read: () => unknown, sensitive = false): unknown {
    try {
      const value = read();
      const tells = value !== undefined && value !== null && typeof value !== 'boolean';
      return sensitive && tells ? REDACTED : this.of(value);
    } catch {
      return UNREADABLE;
    }
  }
}

function* ownEntries(value: object): Generator<Entry> {
  for (const key of Object.keys(value)) yield [key, () => Reflect.get(value, key)];
}

function* mapEntries(map: Iterable<[unknown, unknown]>): Generator<Entry> {
  for (const [key, value] of map) {
    const name = typeof key === 'object' && key !== null ? '[object]' : String(key);
    yield [name, () => value];
  }
}

/** Two keys may look the same once they are redacted. */
function freeKey(record: object, key: string): string {
  if (!Object.hasOwn(record, key)) return key;
  let count = 2;
  while (Object.hasOwn(record, `${key} (${count})`)) count++;
  return `${key} (${count})`;
}

/** Asked for by its tag first: Node loads the whole of its HTTP client when the name of the class is used. */
function isHeaders(value: object): value is Headers {
  return Object.prototype.toString.call(value) === '[object Headers]' && value instanceof Headers;
}
