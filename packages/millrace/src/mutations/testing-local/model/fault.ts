/** Why a config means nothing. */
export interface Fault {
  readonly why: string;
  /** Id of the stage that cannot be, where it is one. */
  readonly stage?: string;
  /** What it lacks: a param, a key, a stage. */
  readonly lacks?: string;
}

/** Gathers what is wrong with one config. */
export class Faults {
  readonly all: Fault[] = [];

  add(why: string, stage?: string, lacks?: string): void {
    this.all.push({
      why,
      ...(stage === undefined ? {} : { stage }),
      ...(lacks === undefined ? {} : { lacks }),
    });
  }
}
