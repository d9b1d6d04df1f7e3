import { KnownSecrets } from './known-secrets.ts';
import { PlainCopy } from './plain-copy.ts';
import { DEFAULT_LIMITS, type PlainLimits } from './plain-limits.ts';
import { REDACTED, type SecretSource, WITHHELD } from './secret-source.ts';
import { replaceSpans } from './span.ts';
import { LONGEST_URL_SECRET, urlSecrets } from './url-secrets.ts';

/**
 * Takes secrets out of what is printed or stored. Found are secrets of four characters and more, raw or
 * inside a longer text, and their URL-encoded, JSON-escaped, HTML-escaped, base64 and hex forms; each
 * line of a secret of several lines; passwords in URLs; and, in data, whatever stands under a name such
 * as `password`, `apiKey` or `authorization`. Shorter secrets are found by their field's name only.
 */
export interface Redactor {
  /** Of any length. */
  text(text: string): string;
  /** Cut at `textLength` of the limits, never inside a secret. */
  cutText(text: string): string;
  /** Whether a text holds one of the given secrets, in any of these forms. False when they cannot be told. */
  holdsSecret(text: string): boolean;
  /** A plain copy of any value within the limits: {@link PlainCopy}. Never throws. */
  data(value: unknown): unknown;
  /** The same for a record. */
  record(value: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

/** @param source an array, or anything with `values()`; it is read again for every text */
export function createRedactor(
  source: SecretSource = [],
  limits: Partial<PlainLimits> = {},
): Redactor {
  const bounds = { ...DEFAULT_LIMITS, ...limits };
  const secrets = new KnownSecrets(source);
  const redact = (text: string, longest: number): string => redactText(secrets, text, longest);
  const data = (value: unknown): unknown => new PlainCopy(redact, bounds).of(value);
  return {
    text: (text) => redact(text, Number.POSITIVE_INFINITY),
    cutText: (text) => redact(text, bounds.textLength),
    holdsSecret: (text) => (secrets.finder()?.find(text).length ?? 0) > 0,
    data,
    record: (value) => asRecord(data(value)),
  };
}

function redactText(secrets: KnownSecrets, text: string, longest: number): string {
  const finder = secrets.finder();
  if (finder === undefined) return WITHHELD;
  // A secret that begins before the cut must be seen whole.
  const margin = Math.max(finder.longestMatch, LONGEST_URL_SECRET);
  const seen = text.length > longest + margin ? text.slice(0, longest + margin) : text;
  const spans = [...finder.find(seen), ...urlSecrets(seen)];
  const isCut = text.length > longest;
  if (spans.length === 0 && !isCut) return text;
  const kept = replaceSpans(seen, spans, { standIn: REDACTED, longest });
  return isCut ? `${kept}... [${text.length - longest} more characters]` : kept;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : { value };
}
