/** A file of somebody who means harm or knows no better, and what a load must answer. */
export interface HostileCase {
  readonly shape: string;
  /** A name with the ending of its format. */
  readonly file: string;
  /** Made when it is needed: some are large. */
  readonly content: () => string | Uint8Array;
  readonly answer: Answer;
}

export type Answer = LoadedAnswer | RefusedAnswer;

interface LoadedAnswer {
  readonly kind: 'loaded';
  /** All of them, as written. */
  readonly stageIds: readonly string[];
}

interface RefusedAnswer {
  readonly kind: 'refused';
  /** Codes with their lines, `CODE` alone for a file that was not read. The first ones, if there are many. */
  readonly diagnostics: readonly string[];
  /** What the rendered text names beside file and line. */
  readonly names: string;
  /** The file is sound in itself, so that its stages are looked at before it is refused. */
  readonly isSound: boolean;
}

export function loaded(...stageIds: string[]): Answer {
  return { kind: 'loaded', stageIds };
}

/** @param diagnostics such as `CONFIG_SYNTAX 3` */
export function refused(names: string, ...diagnostics: string[]): Answer {
  return { kind: 'refused', diagnostics, names, isSound: false };
}

export function refusedAfterImport(names: string, ...diagnostics: string[]): Answer {
  return { kind: 'refused', diagnostics, names, isSound: true };
}
