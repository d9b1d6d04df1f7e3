/** What one load of a file came to. */
export interface Measure {
  /** Undefined when the file was refused. */
  readonly stageIds: readonly string[] | undefined;
  /** Codes with their lines. */
  readonly diagnostics: readonly string[];
  readonly rendered: string;
  readonly elapsedMs: number;
  /** The most that the process ever took, with Node itself and all loads before. */
  readonly maxRssMb: number;
  /** The module of a stage was imported. */
  readonly didImport: boolean;
  readonly didTouchPrototypes: boolean;
}
