import { EXIT } from './exit-code.ts';
import { endProcess } from './exit-guard.ts';
import { printable } from './terminal/printable.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Tells warnings of Millrace's own as it tells everything else; all others stay with Node. */
function guardWarnings(terminal: Terminal): void {
  const others = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning: Error & { readonly code?: string }) => {
    if (warning.name !== 'MillraceWarning') return others.forEach((tell) => void tell(warning));
    terminal.notice(
      `warning[${warning.code ?? ''}]: ${printable(terminal.redact(warning.message))}`,
    );
  });
}

let isGuarded = false;

/**
 * Tells an error that nothing awaits, of a stage module while it is imported or of a stage after its run, and
 * ends the process. Node would print it past the terminal, with the secrets in it.
 */
export function guardCrash(terminal: Terminal): void {
  if (isGuarded) return;
  isGuarded = true;
  guardWarnings(terminal);
  process.on('uncaughtException', (error: unknown) => {
    // A run that is under way is aborted by its own listener.
    if (process.listenerCount('uncaughtException') > 1) return;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.notice(
      `error: thrown where nothing awaits it: ${printable(terminal.redact(text))}\nA run that was under way is unfinished; see: millrace runs`,
    );
    endProcess(EXIT.failed);
  });
}
