import { ScanError } from '../base/scan-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Pause {
  readonly stage: string;
  /** Of a mapped stage: items from this place on wait, so that exactly so many are done. */
  readonly item: number;
  /** The pause lasts while it is there; undefined: for ever. */
  readonly file: string | undefined;
}

/** OPTIONS_SCAN_PAUSE is `STAGE`, `STAGE:1700`, or either with `@FILE` behind it. */
export function readPause({ OPTIONS_SCAN_PAUSE: text = '' }: Environment): Pause | undefined {
  const [, stage, item = '0', file] = /^([^:@]+)(?::(\d+))?(?:@(.+))?$/.exec(text) ?? [];
  return stage === undefined ? undefined : { stage, item: Number(item), file };
}

/** `options`, `debate/AAPL` and so on, as listed in OPTIONS_SCAN_BREAK with commas between. */
export function brokenNames({ OPTIONS_SCAN_BREAK: text = '' }: Environment): readonly string[] {
  return text.split(',').filter((name) => name !== '');
}

/**
 * A switch that names nothing would do nothing, in silence.
 * @throws ScanError SWITCH_UNKNOWN
 */
export function checkSwitches(environment: Environment, stages: readonly string[]): void {
  const pause = readPause(environment);
  const { OPTIONS_SCAN_PAUSE: pauseText = '' } = environment;
  if (pauseText !== '' && (pause === undefined || !stages.includes(pause.stage))) {
    throw unknown('OPTIONS_SCAN_PAUSE', pauseText, stages);
  }
  for (const name of brokenNames(environment)) {
    const [stage = ''] = name.split('/');
    if (!stages.includes(stage)) throw unknown('OPTIONS_SCAN_BREAK', name, stages);
  }
}

function unknown(variable: string, name: string, stages: readonly string[]): ScanError {
  const choice = `the stages are ${stages.join(', ')}`;
  const message = `${variable} names no stage with ${JSON.stringify(name)}; ${choice}`;
  return new ScanError('SWITCH_UNKNOWN', message);
}
