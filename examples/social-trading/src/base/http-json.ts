import { types } from 'node:util';
import { messageOf, SocialError } from './social-error.ts';

export interface JsonRequest {
  readonly url: URL;
  /** Of the error that is thrown: each service has its own, by which a config may retry. */
  readonly code: string;
  readonly signal: AbortSignal;
  /** Sent as JSON by POST; left out: GET. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Asks a server for JSON over `fetch`.
 * @throws SocialError `code` when it cannot be reached, refuses (with `retryAfterMs` where it names a time) or answers what
 * is no JSON; the reason of the signal once it is aborted
 */
export async function httpJson(request: JsonRequest): Promise<unknown> {
  const { url, code } = request;
  const response = await reached(request, fetch(url, init(request)));
  if (!response.ok) {
    await response.body?.cancel().catch(() => {});
    const answer = `${response.status} ${response.statusText}`.trim();
    throw new SocialError(code, `${shown(url)} answers ${answer}`, {
      retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
    });
  }
  const text = await reached(request, response.text());
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SocialError(code, `${shown(url)} answers what is no JSON`, { cause });
  }
}

function init({ signal, body, headers }: JsonRequest): RequestInit {
  if (body === undefined) return { signal, headers: { ...headers } };
  const json = { 'content-type': 'application/json', ...headers };
  return { signal, method: 'POST', headers: json, body: JSON.stringify(body) };
}

async function reached<T>({ url, code, signal }: JsonRequest, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    signal.throwIfAborted();
    // What fetch throws says only that it failed; its cause says why.
    const deeper = types.isNativeError(cause) ? cause.cause : undefined;
    const why = messageOf(deeper ?? cause);
    throw new SocialError(code, `${shown(url)} cannot be reached: ${why}`, { cause });
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
