import { types } from 'node:util';

/** What a logger adds to each of its lines: who speaks, and the other fields as they were given. */
export interface BoundFields {
  readonly runId?: string;
  readonly stage?: string;
  readonly attempt?: number;
  readonly rest: Readonly<Record<string, unknown>>;
}

export const NO_FIELDS: BoundFields = { rest: {} };

const UNREADABLE = '[unreadable]';

/**
 * Adds fields to those of a parent. `runId`, `stage` and `attempt` are bound once: a stage that gives
 * another one cannot speak in the name of others, what it gave stays among its fields.
 * It takes anything and never throws: callers in JavaScript pass errors, proxies and numbers.
 */
export function bindFields(parent: BoundFields, fields: unknown): BoundFields {
  if (fields === undefined || fields === null) return parent;
  if (typeof fields !== 'object') return withRest(parent, { value: fields });
  try {
    if (types.isNativeError(fields)) return withRest(parent, { error: fields });
    return bindRecord(parent, fields);
  } catch {
    return withRest(parent, { fields: UNREADABLE });
  }
}

function withRest(parent: BoundFields, more: Readonly<Record<string, unknown>>): BoundFields {
  return { ...parent, rest: { ...parent.rest, ...more } };
}

function bindRecord(parent: BoundFields, fields: object): BoundFields {
  const identity: { runId?: string; stage?: string; attempt?: number } = {};
  if (parent.runId !== undefined) identity.runId = parent.runId;
  if (parent.stage !== undefined) identity.stage = parent.stage;
  if (parent.attempt !== undefined) identity.attempt = parent.attempt;
  // Without a prototype `__proto__` is a key like any other.
  const rest: Record<string, unknown> = Object.assign(Object.create(null), parent.rest);
  for (const key of Object.keys(fields)) {
    const value = readKey(fields, key);
    if ((key === 'runId' || key === 'stage') && typeof value === 'string') {
      identity[key] ??= value;
      if (identity[key] === value) continue;
    } else if (key === 'attempt' && typeof value === 'number') {
      identity.attempt ??= value;
      if (identity.attempt === value) continue;
    }
    rest[key] = value;
  }
  return { ...identity, rest };
}

function readKey(fields: object, key: string): unknown {
  try {
    return Reflect.get(fields, key);
  } catch {
    return UNREADABLE;
  }
}
