import type { Diagnostic } from '@millrace/core';
import type { SecretRegistry } from './secret-registry.ts';

/** A value that was got may hold a secret; a code frame never does, it shows the placeholder. */
export function redactDiagnostics(
  diagnostics: readonly Diagnostic[],
  secrets: SecretRegistry,
): readonly Diagnostic[] {
  if (secrets.values.length === 0) return diagnostics;
  const clean = (text: string): string => secrets.redact(text);
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    message: clean(diagnostic.message),
    ...(diagnostic.got === undefined ? {} : { got: clean(diagnostic.got) }),
    ...(diagnostic.expected === undefined ? {} : { expected: clean(diagnostic.expected) }),
    ...(diagnostic.help === undefined ? {} : { help: clean(diagnostic.help) }),
  }));
}
