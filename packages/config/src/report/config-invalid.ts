import { MillraceError } from '@millrace/core';
import type { RefusedConfig } from '../loaded-config.ts';
import { renderDiagnostics } from './render-diagnostics.ts';

/** The thrown form of a refused config: code CONFIG_INVALID, all diagnostics in message and details. */
export function configInvalid({ diagnostics, file, sources }: RefusedConfig): MillraceError {
  const rendered = renderDiagnostics(diagnostics, { sources });
  const what =
    file === undefined ? 'there is no config to use' : `the config ${file} cannot be used`;
  return new MillraceError('CONFIG_INVALID', `${what}\n\n${rendered}`, {
    details: { diagnostics, file },
  });
}
