import { setOwnProperty } from '../base/codec/own-property.ts';
import type { PathSegment } from '../base/diagnostic.ts';
import { formatPath } from '../base/schema-issues.ts';
import { isPlainObject } from '../base/tracked-object.ts';

/** Text that stands for a secret wherever params are recorded, by path: `with.auth.token`. */
export type SecretTexts = ReadonlyMap<string, string>;

/** What is known of the secrets in params. */
export interface HiddenSecrets {
  readonly texts: SecretTexts;
  /** Takes their values out of a text: a schema may have copied them, or a variable may hold the same. */
  readonly redact: ((text: string) => string) | undefined;
}

const NO_TEXTS: SecretTexts = new Map();

export const NO_SECRETS: HiddenSecrets = { texts: NO_TEXTS, redact: undefined };

/** Those of a part of a stage, by their path from that part on: `with.auth.token`. */
export function secretsWithin(texts: SecretTexts | undefined, part: string): SecretTexts {
  if (texts === undefined || texts.size === 0) return NO_TEXTS;
  const inside = [...texts].filter(([path]) => path.startsWith(`${part}with`));
  return new Map(inside.map(([path, text]) => [path.slice(part.length), text]));
}

/**
 * A copy of params in which a text stands for each that holds a secret; undefined when one of the
 * places does not exist, so that a secret may be anywhere.
 */
export function hideSecrets(
  params: unknown,
  { texts, redact = (text) => text }: HiddenSecrets,
): unknown {
  const left = new Set(texts.keys());
  const copy = (value: unknown, path: readonly PathSegment[]): unknown => {
    const place = texts.size === 0 ? '' : formatPath(path);
    const text = texts.get(place);
    if (text !== undefined) {
      left.delete(place);
      return text;
    }
    if (Array.isArray(value)) return value.map((item, index) => copy(item, [...path, index]));
    if (!isPlainObject(value)) return withoutSecrets(value, redact);
    const hidden: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      setOwnProperty(hidden, redact(key), copy(inner, [...path, key]));
    }
    return hidden;
  };
  const hidden = copy(params, ['with']);
  return left.size === 0 ? hidden : undefined;
}

function withoutSecrets(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'number' && typeof value !== 'bigint') return value;
  const text = String(value);
  const redacted = redact(text);
  return redacted === text ? value : redacted;
}
