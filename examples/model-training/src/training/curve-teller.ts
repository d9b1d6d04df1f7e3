import { counted, decimal } from '../base/figures.ts';
import type { CandidateFit, CurvePoint } from './candidate-fit.ts';

/** Turns a learning curve into lines while it grows. */
export class CurveTeller {
  readonly #name: string;
  readonly #every: number;
  readonly #tell: (line: string) => void;
  #best: CurvePoint | undefined;

  constructor(name: string, every: number, tell: (line: string) => void) {
    this.#name = name;
    this.#every = every;
    this.#tell = tell;
  }

  point(point: CurvePoint): void {
    const { round, loss, validationLoss } = point;
    if (validationLoss < (this.#best?.validationLoss ?? Number.POSITIVE_INFINITY)) {
      this.#best = point;
    }
    if (round % this.#every !== 0) return;
    const losses = `loss ${decimal(loss, 4)}, validation ${decimal(validationLoss, 4)}`;
    const best = `best ${decimal(this.#best?.validationLoss ?? null, 4)} at ${this.#best?.round ?? 0}`;
    this.#tell(`${this.#name}: tree ${round}, ${losses} (${best})`);
  }

  done({ body, curve, validation }: CandidateFit): void {
    const { rounds } = body.training;
    const kept =
      body.kind === 'logistic'
        ? counted(rounds, 'Newton step')
        : `stopped at tree ${curve.length}, ${rounds} kept`;
    this.#tell(`${this.#name}: ${kept}, validation ${decimal(validation.logLoss, 4)}`);
  }
}
