import type { RefusedConfig } from '@millrace/config';
import { type Diagnostic, MillraceError } from '@millrace/core';
import type { Terminal } from '../terminal/terminal.ts';

/** A config with errors, rendered for people; not thrown as one line like other errors. */
export class ConfigRefused extends MillraceError {
  readonly rendered: string;
  readonly diagnostics: readonly Diagnostic[];

  constructor(rendered: string, diagnostics: readonly Diagnostic[], help?: string) {
    super('CONFIG_INVALID', 'the config has errors; nothing was run', {
      details: { diagnostics },
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
  const { renderDiagnostics } = await import('@millrace/config');
  terminal.hide(secrets.values);
  const color = terminal.paintNotice('red', '') !== '';
  return new ConfigRefused(renderDiagnostics(diagnostics, { sources, color }), diagnostics, help);
}
