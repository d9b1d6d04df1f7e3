import type { Terminal } from './terminal/terminal.ts';

/** What every command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Options that several commands share. */
export interface CommonFlags {
  readonly store?: string;
  readonly json?: boolean;
}

/** Options that choose and change a pipeline. */
export interface ConfigFlags {
  readonly pipeline?: string;
  /** `name=value`, as written. */
  readonly param?: readonly string[];
  /** `path=value`, as written. */
  readonly set?: readonly string[];
  /** Files of params, relative to the working folder. */
  readonly paramsFile?: readonly string[];
  /** The environment that is laid over the config; empty for none. */
  readonly env?: string;
}

/** Options that say which stages are meant, and what may be kept. */
export interface SelectionFlags {
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  readonly from?: readonly string[];
  readonly until?: readonly string[];
  readonly force?: boolean;
  /** False with `--no-cache`. */
  readonly cache?: boolean;
}

/** Options of a session: of `run` and of `resume`. */
export interface SessionFlags extends CommonFlags, ConfigFlags, SelectionFlags {
  readonly concurrency?: number;
  readonly durability?: 'strict' | 'pipelined' | 'none';
  readonly failureMode?: 'no-new' | 'continue' | 'kill';
  readonly onFailure?: 'keep' | 'undo';
  readonly events?: string;
  readonly logDir?: string;
  readonly logLevel?: 'debug' | 'info' | 'warn' | 'error';
  readonly strict?: boolean;
  readonly detachWaits?: boolean;
  readonly dryRun?: boolean;
}
