import { KnownSecrets } from './known-secrets.ts';
import type { SecretFinder } from './secret-finder.ts';
import { REDACTED, type SecretSource, WITHHELD } from './secret-source.ts';
import { replaceSpans } from './span.ts';
import { LONGEST_URL_SECRET, urlSecrets } from './url-secrets.ts';

/**
 * Takes secrets out of texts. Found are secrets of four characters and more, raw or inside a longer text,
 * and their URL-encoded, JSON-escaped, HTML-escaped, base64 and hex forms; each line of a secret of several
 * lines; the beginning of one where the text was cut (`abcd...`); and passwords in URLs.
 */
export interface TextRedactor {
  /** Of any length. */
  text(text: string): string;
  /** Cut after `longest` characters, never inside a secret. */
  cutText(text: string, longest: number): string;
  /** The text without the given secrets as far as they are whole, and otherwise as it is. */
  withoutSecrets(text: string): string;
  /** Whether a text holds one of the given secrets whole, in any of these forms. False when they cannot be told. */
  holdsSecret(text: string): boolean;
}

/** @param source an array, or anything with `values()`; it is read again for every text */
export function createTextRedactor(source: SecretSource = []): TextRedactor {
  const secrets = new KnownSecrets(source);
  return {
    text: (text) => redact(secrets, text, Number.POSITIVE_INFINITY),
    cutText: (text, longest) => redact(secrets, text, longest),
    withoutSecrets: (text) => replaceWhole(secrets.finder(), text),
    holdsSecret: (text) => (secrets.finder()?.find(text).length ?? 0) > 0,
  };
}

function redact(secrets: KnownSecrets, text: string, longest: number): string {
  const finder = secrets.finder();
  if (finder === undefined) return WITHHELD;
  // A secret that begins before the cut must be seen whole.
  const margin = Math.max(finder.longestMatch, LONGEST_URL_SECRET);
  const seen = text.length > longest + margin ? text.slice(0, longest + margin) : text;
  const spans = [...finder.find(seen), ...finder.findCut(seen), ...urlSecrets(seen)];
  const isCut = text.length > longest;
  if (spans.length === 0 && !isCut) return text;
  const kept = replaceSpans(seen, spans, { standIn: REDACTED, longest });
  return isCut ? `${kept}... [${text.length - longest} more characters]` : kept;
}

function replaceWhole(finder: SecretFinder | undefined, text: string): string {
  if (finder === undefined) return WITHHELD;
  const spans = finder.find(text);
  return spans.length === 0
    ? text
    : replaceSpans(text, spans, { standIn: REDACTED, longest: text.length });
}
