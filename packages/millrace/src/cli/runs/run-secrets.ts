import { readFileSync } from 'node:fs';
import type { RunRecord } from '@millrace/core';
import type { Terminal } from '../terminal/terminal.ts';

const PLACEHOLDER = /\$\{secret:([^}|]+)(?:\|[^}]*)?\}/g;

/**
 * Hides the secrets of a run's config in what is printed of its context, without loading the config:
 * each one that the file names, as far as it is in the environment now.
 */
export function hideSecretsOf(
  terminal: Terminal,
  { source }: RunRecord,
  env: Readonly<Record<string, string | undefined>>,
): void {
  const text = source.file === undefined ? '' : readText(source.file);
  const names = Array.from(text.matchAll(PLACEHOLDER), ([, name]) => name ?? '');
  terminal.hide(names.flatMap((name) => env[name] ?? []));
}

/** A config that is gone names no secrets; what a run stored can be looked at all the same. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
