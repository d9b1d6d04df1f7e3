import { SocialError } from '../base/social-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Switches {
  /** Stages that throw, and for how many of their messages. */
  readonly breaks: ReadonlyMap<string, number>;
  /** A stage that stands still for good before this one of its messages, so that the process can be killed. */
  readonly pause: { readonly stage: string; readonly before: number } | undefined;
}

/**
 * SOCIAL_BREAK is `gate`, `gate:10` (its first ten messages), several with commas; SOCIAL_PAUSE is `execute:3` (before its
 * third). Read from the environment, so that what a stage rests on is the same with and without them.
 * @throws SocialError SWITCH_UNKNOWN
 */
export function readSwitches(environment: Environment, stages: readonly string[]): Switches {
  const { SOCIAL_BREAK = '', SOCIAL_PAUSE = '' } = environment;
  const breaks = SOCIAL_BREAK.split(',').filter((text) => text !== '');
  const read = (variable: string, text: string): { stage: string; count: number | undefined } => {
    const [, stage = '', count] = /^([\w-]+)(?::(\d+))?$/.exec(text) ?? [];
    if (!stages.includes(stage)) {
      const message = `${variable} names no stage with ${JSON.stringify(text)}; the stages are ${stages.join(', ')}`;
      throw new SocialError('SWITCH_UNKNOWN', message);
    }
    return { stage, count: count === undefined ? undefined : Number(count) };
  };
  const broken = breaks.map((text) => read('SOCIAL_BREAK', text));
  const paused = SOCIAL_PAUSE === '' ? undefined : read('SOCIAL_PAUSE', SOCIAL_PAUSE);
  return {
    breaks: new Map(broken.map(({ stage, count = Number.POSITIVE_INFINITY }) => [stage, count])),
    pause: paused && { stage: paused.stage, before: paused.count ?? 1 },
  };
}
