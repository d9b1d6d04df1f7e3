import type { DiagnosticJson, RefusedConfig } from '@millrace/config';
import { type Diagnostic, MillraceError } from '@millrace/core';
import type { Terminal } from '../terminal/terminal.ts';

/** A config with errors, rendered for people; not thrown as one line like other errors. */
export class ConfigRefused extends MillraceError {
  readonly rendered: string;
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    rendered: string,
    diagnostics: readonly Diagnostic[],
    {
      help,
      json,
    }: { readonly help?: string | undefined; readonly json: readonly DiagnosticJson[] },
  ) {
    super('CONFIG_INVALID', 'the config has errors; nothing was run', {
      details: { diagnostics: json },
      ...(help === undefined ? {} : { help }),
    });
    this.rendered = rendered;
    this.diagnostics = diagnostics;
  }
}

export async function configRefused(
  { diagnostics, secrets, sources }: RefusedConfig,
  terminal: Terminal,
  help?: string,
): Promise<ConfigRefused> {
  const { diagnosticsToJson, renderDiagnostics } = await import('@millrace/config');
  terminal.hide(secrets.values);
  const color = terminal.paintNotice('red', '') !== '';
  const rendered = renderDiagnostics(diagnostics, { sources, color });
  return new ConfigRefused(rendered, diagnostics, {
    help,
    json: diagnosticsToJson(diagnostics).diagnostics,
  });
}
