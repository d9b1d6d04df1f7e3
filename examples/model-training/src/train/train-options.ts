import { misuse, parseFlags, requireFilled } from './parse-flags.ts';

export type TrainRequest =
  /** Undefined: the data that the config names. */
  | { readonly kind: 'new'; readonly data: string | undefined }
  /** `latest` is the newest run that has not succeeded. */
  | { readonly kind: 'resume'; readonly run: string };

export interface TrainOptions {
  readonly request: TrainRequest;
  /** Exit 3 for a model that is rejected, for drift and for a degraded run. */
  readonly strict: boolean;
  /** Prints the result as JSON and nothing else. */
  readonly json: boolean;
  /** Folder of everything that is written; undefined: as the config says. */
  readonly home: string | undefined;
  /** A config; undefined: pipeline.yaml of the example. */
  readonly config: string | undefined;
  /** Of a config with several. */
  readonly pipeline: string | undefined;
  /** Values of the config by their path. */
  readonly set: Readonly<Record<string, unknown>>;
}

/** @returns undefined where help is wanted. @throws TrainingError USAGE */
export function readTrainOptions(argv: readonly string[]): TrainOptions | undefined {
  const { values, positionals } = parseFlags(argv, {
    data: { type: 'string' },
    config: { type: 'string' },
    pipeline: { type: 'string' },
    set: { type: 'string', multiple: true },
    home: { type: 'string' },
    resume: { type: 'string' },
    strict: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help === true) return undefined;
  requireFilled(values);
  const [unexpected] = positionals;
  if (unexpected !== undefined) throw misuse(`${JSON.stringify(unexpected)} is no option`);
  const { data, config, pipeline, home, resume, strict = false, json = false } = values;
  const common = { strict, json, home, config, pipeline, set: readSettings(values.set ?? []) };
  if (resume === undefined) return { ...common, request: { kind: 'new', data } };
  if (data !== undefined) {
    throw misuse('--resume goes on with the data of its run: leave --data out');
  }
  return { ...common, request: { kind: 'resume', run: resume } };
}

/** `stages.training.with.tellEvery=5`: the value is JSON where it can be read as such, else text. */
function readSettings(settings: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      if (at < 1) throw misuse(`--set is ${JSON.stringify(setting)}, expected PATH=VALUE`);
      return [setting.slice(0, at), settingValue(setting.slice(at + 1))];
    }),
  );
}

function settingValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
