import { isList, isMap, isText } from './plain.ts';

/** What placeholders draw on. */
export interface Values {
  readonly params: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A placeholder that stands for nothing. */
export class UnfilledError extends Error {
  /** The param that is not there, where that is why. */
  readonly lacks: string | undefined;

  constructor(message: string, lacks?: string) {
    super(message);
    this.lacks = lacks;
  }
}

const PLACEHOLDER = /(\$?)\$\{([^}]*)(\}?)/g;
const OUTSIDE = /^\s*(env|secret)\s*:\s*([\w./-]+)\s*(?:\|\s*(\w+)\s*)?(?::-(.*))?$/s;
const PARAM = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;

/**
 * A value with its placeholders filled in; the params are filled in already.
 * @throws UnfilledError
 */
export function filled(value: unknown, values: Values): unknown {
  if (isList(value)) return value.map((item) => filled(item, values));
  if (isMap(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, filled(inner, values)]),
    );
  if (!isText(value) || !value.includes('${')) return value;
  const [whole] = value.matchAll(PLACEHOLDER);
  if (whole?.[0] === value && whole[1] === '') return placeholderValue(whole, values);
  return value.replaceAll(PLACEHOLDER, (...match) => {
    const [source, dollar] = match.map(String);
    if (dollar === '$') return String(source).slice(1);
    return inText(placeholderValue(match.map(String), values));
  });
}

/** Each param with those in it filled in. */
export function filledParams(
  params: Readonly<Record<string, unknown>>,
  env: Values['env'],
): Values {
  const done: Record<string, unknown> = {};
  // Params may stand on later ones; a circle never becomes known.
  for (let round = 0; round <= Object.keys(params).length; round++) {
    for (const [name, value] of Object.entries(params)) {
      if (Object.hasOwn(done, name)) continue;
      try {
        done[name] = filled(value, { params: done, env });
      } catch (error) {
        if (!(error instanceof UnfilledError)) throw error;
      }
    }
  }
  return { params: done, env };
}

/** A text that placeholders would be seen in, as one that means itself. */
export function escaped(value: unknown): unknown {
  if (isList(value)) return value.map(escaped);
  if (isMap(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escaped(inner)]));
  return isText(value) ? value.replaceAll('${', '$$${') : value;
}

function placeholderValue(
  [source, , inner = '', closing]: readonly string[],
  values: Values,
): unknown {
  if (closing !== '}') throw new UnfilledError(`${source} is not closed`);
  const name = inner.trim();
  if (PARAM.test(name)) {
    if (Object.hasOwn(values.params, name)) return values.params[name];
    throw new UnfilledError(`${source} is no param`, name);
  }
  const [, kind, variable = '', type = 'text', fallback] = OUTSIDE.exec(inner) ?? [];
  if (kind === undefined) throw new UnfilledError(`${source} cannot be read`);
  if (kind === 'secret' && fallback !== undefined)
    throw new UnfilledError(`${source} has a default`);
  const own = values.env[variable];
  const found = fallback !== undefined && (own ?? '') === '' ? fallback : own;
  if (found === undefined) throw new UnfilledError(`${source} is not set`);
  if (fallback !== undefined) typed(fallback, type, source);
  return typed(found, type, source);
}

function typed(text: string, type: string, source: string | undefined): unknown {
  switch (type) {
    case 'text':
      return text;
    case 'int':
      if (/^[+-]?\d+$/.test(text)) return Number(text);
      break;
    case 'number':
      if (text !== '' && Number.isFinite(Number(text))) return Number(text);
      break;
    case 'boolean':
      if (/^(?:true|false)$/i.test(text)) return /^t/i.test(text);
      break;
    default:
      break;
  }
  throw new UnfilledError(`${source} is no ${type}`);
}

function inText(value: unknown): string {
  if (value === null || typeof value === 'object')
    throw new UnfilledError('a list, a map or nothing stands inside a text');
  return String(value);
}
