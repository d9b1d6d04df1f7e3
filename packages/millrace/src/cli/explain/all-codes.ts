import {
  CODEC_ERRORS,
  CORE_ERRORS,
  type ErrorCatalog,
  type ErrorCodePage,
  GRAPH_ERRORS,
} from '@millrace/core';
import { CLI_ERRORS } from '../../error-catalog.ts';

/** A code with its page. */
export interface ExplainedCode extends ErrorCodePage {
  readonly code: string;
}

/** All codes that a user of the command line can meet, sorted. */
export async function allCodes(): Promise<readonly ExplainedCode[]> {
  const [{ CONFIG_ERRORS }, { LOGGING_ERRORS }, { sqliteErrors }] = await Promise.all([
    import('@millrace/config'),
    import('@millrace/logging'),
    import('@millrace/sqlite'),
  ]);
  const pages: ErrorCatalog = {
    ...CORE_ERRORS,
    ...CODEC_ERRORS,
    ...GRAPH_ERRORS,
    ...CONFIG_ERRORS,
    ...LOGGING_ERRORS,
    ...sqliteErrors,
    ...CLI_ERRORS,
  };
  return Object.entries(pages)
    .map(([code, page]) => ({ code, ...page }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
