import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';

export type RunTarget =
  | { readonly kind: 'run'; readonly text: string }
  /** Absolute path of a config. */
  | { readonly kind: 'config'; readonly file: string };

const CONFIG_ENDINGS = /^\.(?:ya?ml|json|toml|[cm]?[jt]s)$/;

/** Tells a config from a run id: what exists as a file, or is written like one, is a config. */
export function runTarget(text: string, cwd: string): RunTarget {
  const isFile =
    /[/\\]/.test(text) || CONFIG_ENDINGS.test(extname(text)) || existsSync(resolve(cwd, text));
  return isFile ? { kind: 'config', file: resolve(cwd, text) } : { kind: 'run', text };
}
