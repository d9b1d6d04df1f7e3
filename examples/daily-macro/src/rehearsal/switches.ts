import { agentRoster } from '../agents/run-agents.ts';
import { MacroError } from '../base/macro-error.ts';
import { strategyRoster } from '../strategies/run-strategies.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `strategies`, `agents/fx` and so on, as listed in DAILY_MACRO_BREAK with commas between. */
export function brokenNames({ DAILY_MACRO_BREAK: text = '' }: Environment): readonly string[] {
  return text.split(',').filter((name) => name !== '');
}

export interface Pause {
  readonly stage: string;
  /** The pause lasts while it is there; undefined: for ever. */
  readonly file: string | undefined;
}

/** DAILY_MACRO_PAUSE is `STAGE`, or `STAGE:FILE`. */
function readPause({ DAILY_MACRO_PAUSE: text = '' }: Environment): Pause | undefined {
  const [, stage, file] = /^([^:]+)(?::(.+))?$/.exec(text) ?? [];
  return stage === undefined ? undefined : { stage, file };
}

/** The pause that is asked for before this stage, if any. */
export function pauseOf(environment: Environment, stage: string): Pause | undefined {
  const pause = readPause(environment);
  return pause?.stage === stage ? pause : undefined;
}

/**
 * A switch that names nothing would do nothing, in silence.
 * @throws MacroError SWITCH_UNKNOWN
 */
export function checkSwitches(environment: Environment, stages: readonly string[]): void {
  const parts = [
    ...agentRoster.map(({ id }) => `agents/${id}`),
    ...strategyRoster.map(({ id }) => `strategies/${id}`),
  ];
  const refuse = (variable: string, name: string, known: readonly string[]): never => {
    const choice = `there are ${known.join(', ')}`;
    throw new MacroError(
      'SWITCH_UNKNOWN',
      `${variable} names no ${JSON.stringify(name)}; ${choice}`,
    );
  };
  for (const name of brokenNames(environment)) {
    const known = [...stages, ...parts];
    if (!known.includes(name)) refuse('DAILY_MACRO_BREAK', name, known);
  }
  const pause = readPause(environment);
  if (pause !== undefined && !stages.includes(pause.stage)) {
    refuse('DAILY_MACRO_PAUSE', pause.stage, stages);
  }
}
