import { isSensitiveName } from './sensitive-name.ts';
import type { Span } from './span.ts';

/** `://user:password@`. The password reaches to the last `@` before the path: some hold one unescaped. */
const USER_PASSWORD = /:\/\/[^\s/?#:@"'`<>]{0,256}:([^\s/?#"'`<>]{1,512})@/dg;
/** `?access_token=...` and `&sig=...`. */
const QUERY_PARAM = /[?&]([\w.~%-]{1,64})=([^&#\s"'`<>]{1,4096})/dg;

/** No match is longer than this. */
export const LONGEST_URL_SECRET = 4200;

/** The passwords and the params with telling names in the URLs of a text, known as secrets or not. */
export function urlSecrets(text: string): Span[] {
  if (!text.includes('://')) return [];
  const spans: Span[] = [];
  for (const match of text.matchAll(USER_PASSWORD)) addGroup(match, 1, spans);
  for (const match of text.matchAll(QUERY_PARAM)) {
    if (isSensitiveName(match[1] ?? '')) addGroup(match, 2, spans);
  }
  return spans;
}

function addGroup(match: RegExpExecArray, group: number, spans: Span[]): void {
  const [start, end] = match.indices?.[group] ?? [0, 0];
  spans.push({ start, end });
}
