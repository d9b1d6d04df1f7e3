import { types } from 'node:util';
import { messageOf, ScanError } from './scan-error.ts';

export interface JsonRequest {
  readonly url: URL;
  readonly signal: AbortSignal;
  /** Sent as JSON by POST; left out: GET. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Asks a server for JSON over `fetch`.
 * @throws ScanError SERVER_UNREACHABLE, SERVER_REFUSED (with `retryAfterMs` where the server names a time) or
 * SERVER_GARBLED; the reason of the signal once it is aborted
 */
export async function httpJson({ url, signal, body, headers }: JsonRequest): Promise<unknown> {
  const response = await answerOf({ url, signal, body, headers: headers ?? {} });
  if (!response.ok) {
    await response.body?.cancel().catch(() => {});
    const answer = `${response.status} ${response.statusText}`.trim();
    throw new ScanError('SERVER_REFUSED', `${shown(url)} answers ${answer}`, {
      retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
    });
  }
  const text = await reached(url, signal, response.text());
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ScanError('SERVER_GARBLED', `${shown(url)} answers what is no JSON`, { cause });
  }
}

function answerOf({ url, signal, body, headers }: Required<JsonRequest>): Promise<Response> {
  const json = { 'content-type': 'application/json', ...headers };
  const sent =
    body === undefined
      ? { headers }
      : { method: 'POST', headers: json, body: JSON.stringify(body) };
  return reached(url, signal, fetch(url, { ...sent, signal }));
}

async function reached<T>(url: URL, signal: AbortSignal, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    signal.throwIfAborted();
    const deeper = types.isNativeError(cause) ? cause.cause : undefined;
    const why = messageOf(deeper ?? cause);
    throw new ScanError('SERVER_UNREACHABLE', `${shown(url)} cannot be reached: ${why}`, { cause });
  }
}

/** Queries and logins may hold secrets. */
function shown({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

/** Seconds only; a date, the other form of the header, is passed over. */
function retryAfterMs(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}
