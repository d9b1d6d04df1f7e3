import { MillraceError } from '@millrace/core';
import type { RefusedConfig } from '../loaded-config.ts';
import { renderDiagnostics } from './render-diagnostics.ts';

/** The thrown form of a refused config: code CONFIG_INVALID, all diagnostics in message and details. */
export function configInvalid({ diagnostics, file, sources }: RefusedConfig): MillraceError {
  const rendered = renderDiagnostics(diagnostics, { sources });
  const name = file === undefined ? 'no config' : `the config ${file}`;
  return new MillraceError('CONFIG_INVALID', `${name} cannot be used\n\n${rendered}`, {
    details: { diagnostics, file },
  });
}
