import type { RefusedConfig } from '@millrace/config';
import { type Diagnostic, MillraceError } from '@millrace/core';
import { redactOutput } from '../terminal/redact-output.ts';
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
  { diagnostics, sources }: RefusedConfig,
  terminal: Terminal,
  help?: string,
): Promise<ConfigRefused> {
  const { renderDiagnostics } = await import('@millrace/config');
  // The lines that are shown may hold passwords, in URLs.
  await redactOutput(terminal, []);
  const color = terminal.paintNotice('red', '') !== '';
  return new ConfigRefused(renderDiagnostics(diagnostics, { sources, color }), diagnostics, help);
}
