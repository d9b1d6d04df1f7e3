import type { Redact } from './redact.ts';

/** One line of JSON in which texts, numbers and the names of keys are redacted, so that it stays JSON. */
export function redactJson(value: unknown, redact: Redact): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'string') return redact(part);
    if (typeof part === 'number') return redactNumber(part, redact);
    return isObject(part) ? withSafeKeys(part, redact) : part;
  });
}

/** A PIN may be one. */
function redactNumber(number: number, redact: Redact): number | string {
  const text = String(number);
  const redacted = redact(text);
  return redacted === text ? number : redacted;
}

function isObject(part: unknown): part is Readonly<Record<string, unknown>> {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}

function withSafeKeys(object: Readonly<Record<string, unknown>>, redact: Redact): object {
  const keys = Object.keys(object);
  if (keys.every((key) => redact(key) === key)) return object;
  return Object.fromEntries(keys.map((key) => [redact(key), object[key]]));
}
