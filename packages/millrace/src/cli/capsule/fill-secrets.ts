import { formatPath, MillraceError, type PathSegment } from '@millrace/core';

interface FillRequest {
  readonly stage: string;
  /** By path in `with`, with the text that stands there. */
  readonly secrets: readonly (readonly [path: string, text: string])[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Hears each value before it is used. */
  readonly hide: (values: readonly string[]) => void;
}

const PLACEHOLDER = /\$\{secret:\s*([^}|\s]+)\s*(?:\|\s*([a-z]+)\s*)?\}/g;

/**
 * Params with secrets from the environment where a capsule has their names. Only at the places that it lists: a
 * param may be a text of this form itself.
 * @throws MillraceError SECRET_MISSING
 */
export function fillSecrets(params: unknown, request: FillRequest): unknown {
  const texts = new Map(request.secrets);
  const fill = (value: unknown, path: readonly PathSegment[]): unknown => {
    const text = texts.get(formatPath(path));
    if (text !== undefined && text === value) return filled(text, path, request);
    if (Array.isArray(value)) return value.map((item, at) => fill(item, [...path, at]));
    if (!isPlain(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, fill(inner, [...path, name])]),
    );
  };
  return texts.size === 0 ? params : fill(params, ['with']);
}

function filled(text: string, path: readonly PathSegment[], request: FillRequest): unknown {
  const read = (name: string): string => {
    const value = Object.hasOwn(request.env, name) ? request.env[name] : undefined;
    if (value === undefined) throw missing(name, path, request.stage);
    request.hide([value]);
    return value;
  };
  const [whole] = text.matchAll(PLACEHOLDER);
  if (whole?.[0] === text) return typed(read(whole[1] ?? ''), whole[2]);
  return text.replaceAll(PLACEHOLDER, (_, name: string) => read(name));
}

/** As a config reads `${secret:PIN|int}`. */
function typed(value: string, type: string | undefined): unknown {
  switch (type) {
    case 'int':
    case 'number':
      return Number(value);
    case 'boolean':
      return /^true$/i.test(value);
    case 'json':
      return JSON.parse(value);
    default:
      return value;
  }
}

function missing(name: string, path: readonly PathSegment[], stage: string): MillraceError {
  return new MillraceError(
    'SECRET_MISSING',
    `${formatPath(path)} of stage ${JSON.stringify(stage)} is made of the secret ${name}, which is not set`,
    {
      details: { stage, secret: name },
      help: `set the environment variable ${name}, or give the param with --with`,
    },
  );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
