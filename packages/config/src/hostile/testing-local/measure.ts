/** What one load of a file came to. */
export interface Measure {
  /** Undefined when the file was refused. */
  readonly stageIds: readonly string[] | undefined;
  /** Codes with their lines. */
  readonly diagnostics: readonly string[];
  readonly rendered: string;
  readonly elapsedMs: number;
  /**
   * The most that the process took during the load, with Node itself, the modules of the package and what
   * it kept of the loads before. Undefined where the system does not tell.
   */
  readonly peakRssMb?: number | undefined;
  /** The module of a stage was imported. */
  readonly didImport: boolean;
  readonly didTouchPrototypes: boolean;
}

/** A load that its process did not live through. */
export interface Death {
  /** The last words of the process. */
  readonly death: string;
}

/** What came of one case. */
export type Outcome = Measure | Death;
