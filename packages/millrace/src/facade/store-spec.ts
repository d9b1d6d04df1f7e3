import { resolve } from 'node:path';
import { didYouMean, MillraceError } from '@millrace/core';

/** A store by name, its path absolute. */
export type StoreSpec =
  | { readonly kind: 'memory' }
  | { readonly kind: 'sqlite'; readonly path: string };

/** The store of a config that names none, relative to its folder. */
export const DEFAULT_STORE = 'sqlite:.millrace/millrace.db';

const KINDS = ['sqlite', 'memory'];
const IN_MEMORY = ':memory:';

/**
 * Reads `memory` or `sqlite:PATH`; a relative path is taken from `folder`.
 * @throws MillraceError STORE_UNKNOWN, STORE_NOT_AVAILABLE
 */
export function parseStoreSpec(text: string, folder: string): StoreSpec {
  if (text === 'memory') return { kind: 'memory' };
  const colon = text.indexOf(':');
  const scheme = colon === -1 ? text : text.slice(0, colon);
  const path = colon === -1 ? '' : text.slice(colon + 1);
  if (scheme === 'sqlite' && path !== '') {
    return { kind: 'sqlite', path: path === IN_MEMORY ? path : resolve(folder, path) };
  }
  if (/^postgres(?:ql)?$/.test(scheme)) {
    throw new MillraceError(
      'STORE_NOT_AVAILABLE',
      'PostgreSQL stores are not available in this version of Millrace; there are sqlite:PATH and memory',
      { details: { known: KINDS } },
    );
  }
  const near =
    scheme === 'sqlite' ? 'write the path after it: sqlite:runs.db' : suggestion(text, scheme);
  throw new MillraceError(
    'STORE_UNKNOWN',
    `there is no store ${JSON.stringify(text)}; there are sqlite:PATH and memory`,
    {
      details: { store: text, known: KINDS },
      ...(near === undefined ? {} : { help: near }),
    },
  );
}

/** The form that `parseStoreSpec` reads from any folder. */
export function formatStoreSpec(spec: StoreSpec): string {
  return spec.kind === 'memory' ? 'memory' : `sqlite:${spec.path}`;
}

function suggestion(text: string, scheme: string): string | undefined {
  return /[./\\]/.test(scheme)
    ? `did you mean ${JSON.stringify(`sqlite:${text}`)}?`
    : didYouMean(scheme, KINDS);
}
