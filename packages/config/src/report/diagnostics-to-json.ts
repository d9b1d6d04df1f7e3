import type { Diagnostic } from '@millrace/core';

/** The form for programs; fields are only ever added to it. */
export interface DiagnosticsJson {
  readonly version: 1;
  readonly errors: number;
  readonly warnings: number;
  readonly diagnostics: readonly Diagnostic[];
}

export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): DiagnosticsJson {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return { version: 1, errors, warnings: diagnostics.length - errors, diagnostics };
}
