import { TrainingError } from '../base/training-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Pause {
  readonly stage: string;
  /** Of a mapped stage: items from this place on wait, so that exactly so many are done. */
  readonly item: number;
  /** The pause lasts while it is there; undefined: for ever. */
  readonly file: string | undefined;
}

/** MODEL_TRAINING_PAUSE is `STAGE`, `STAGE:1`, or either with `@FILE` behind it. */
export function readPause({ MODEL_TRAINING_PAUSE: text = '' }: Environment): Pause | undefined {
  const [, stage, item = '0', file] = /^([^:@]+)(?::(\d+))?(?:@(.+))?$/.exec(text) ?? [];
  return stage === undefined ? undefined : { stage, item: Number(item), file };
}

/** `training`, `training/logistic` and so on, as listed in MODEL_TRAINING_BREAK with commas between. */
export function brokenNames({ MODEL_TRAINING_BREAK: text = '' }: Environment): readonly string[] {
  return text.split(',').filter((name) => name !== '');
}

/**
 * A switch that names nothing would do nothing, in silence.
 * @throws TrainingError SWITCH_UNKNOWN
 */
export function checkSwitches(environment: Environment, stages: readonly string[]): void {
  const pause = readPause(environment);
  const { MODEL_TRAINING_PAUSE: pauseText = '' } = environment;
  if (pauseText !== '' && (pause === undefined || !stages.includes(pause.stage))) {
    throw unknown('MODEL_TRAINING_PAUSE', pauseText, stages);
  }
  for (const name of brokenNames(environment)) {
    const [stage = ''] = name.split('/');
    if (!stages.includes(stage)) throw unknown('MODEL_TRAINING_BREAK', name, stages);
  }
}

function unknown(variable: string, name: string, stages: readonly string[]): TrainingError {
  const choice = `the stages are ${stages.join(', ')}`;
  const message = `${variable} names no stage with ${JSON.stringify(name)}; ${choice}`;
  return new TrainingError('SWITCH_UNKNOWN', message);
}
