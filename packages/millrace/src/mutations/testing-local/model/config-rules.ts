import { isText } from './plain.ts';
import {
  anyText,
  anything,
  duration,
  either,
  flag,
  list,
  oneOf,
  type Rule,
  record,
  shape,
  text,
  unlessTemplate,
  whole,
} from './rule.ts';

const PARAM_NAME = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;
const PLAIN_NAME = /^(?!\s)\P{Cc}{1,200}(?<!\s)$/u;

const title: Rule = (value) =>
  text(value) ?? (PLAIN_NAME.test(String(value)) ? undefined : 'is odd');
const store: Rule = (value) =>
  text(value) ?? (/^(?:memory$|sqlite:.)/.test(String(value)) ? undefined : 'is no store');

const logging = shape({ level: oneOf('error', 'warn', 'info', 'debug'), dir: text });

const LIMIT_NAME = /^\p{L}[\p{L}\p{N}_.-]{0,99}$/u;

const limitParts = shape({
  concurrency: whole(1, 100_000),
  rate: shape({ calls: whole(1, 1_000_000), per: duration(false) }, ['calls', 'per']),
  breaker: shape(
    { failures: whole(1, 1000), reset: duration(false), onOpen: oneOf('wait', 'fail') },
    ['failures', 'reset'],
  ),
});

const limit: Rule = (value) =>
  limitParts(value) ?? (Object.keys(value as object).length === 0 ? 'limits nothing' : undefined);

const limitName: Rule = (value) =>
  text(value) ?? (LIMIT_NAME.test(String(value)) ? undefined : 'is no name of a limit');

const SHARED: Readonly<Record<string, Rule>> = {
  store,
  params: record(anything, PARAM_NAME),
  logging,
  concurrency: whole(1, 100_000),
  durability: oneOf('strict', 'pipelined', 'none'),
  failureMode: oneOf('no-new', 'continue', 'kill'),
  onFailure: oneOf('keep', 'undo'),
  limits: record(limit, LIMIT_NAME),
};

export const SHARED_FIELDS: readonly string[] = Object.keys(SHARED);

const PIPELINE: Readonly<Record<string, Rule>> = {
  ...SHARED,
  name: title,
  description: anyText,
  context: record(anything),
  inputs: list(text),
};

const reads = record(either(text, list(text, 1)));
const writes = record(text);

/** What a stage says whichever kind it is. */
const ANY_STAGE: Readonly<Record<string, Rule>> = {
  description: anyText,
  needs: list(either(anyText, whole(-Infinity, Infinity))),
  reads,
  writes,
  tags: list(text),
  when: either(flag, text),
};

const retry = shape({
  attempts: whole(1, 1000),
  backoff: oneOf('fixed', 'linear', 'exponential'),
  delay: duration(true),
  maxDelay: duration(true),
  jitter: flag,
  on: list(text, 1),
  notOn: list(text),
});

const fallback: Rule = (value) => {
  const isStage = typeof (value as { uses?: unknown } | null)?.uses === 'string';
  return isStage ? shape({ uses: text, with: anything })(value) : record(anything)(value);
};

const share: Rule = (value) =>
  isText(value) && Number(/^(\d{1,3}(?:\.\d{1,6})?)\s?%$/.exec(value)?.[1]) <= 100
    ? undefined
    : 'is no share';

const map = shape({
  over: text,
  key: text,
  into: text,
  failures: text,
  concurrency: whole(1, 100_000),
  failureBudget: either(whole(0, Number.MAX_SAFE_INTEGER), share),
  retry,
  timeout: duration(false),
  deadline: duration(false),
});

const CLASS_STAGE: Readonly<Record<string, Rule>> = {
  ...ANY_STAGE,
  uses: text,
  with: anything,
  files: list(text),
  retry,
  timeout: duration(false),
  grace: duration(true),
  critical: flag,
  cacheable: flag,
  limits: either(list(limitName), record(whole(1, 100_000), LIMIT_NAME)),
  map,
  fallback,
};

const PIPELINE_STAGE: Readonly<Record<string, Rule>> = {
  ...ANY_STAGE,
  pipeline: text,
  params: record(anything),
  stages: record(record(anything)),
};

const repetition: Readonly<Record<string, Rule>> = {
  matrix: record(list(anything)),
  foreach: record(list(anything, 1)),
};

/** The fields of the pipeline that is run, its stages aside. */
export const pipelineFields = shape(PIPELINE, ['name']);
/** The same of a pipeline inside another one, which needs no name. */
export const innerPipelineFields = shape(PIPELINE);
/** A stage once its placeholders are filled in and it is no matrix any more. */
export const classStage = shape(CLASS_STAGE, ['uses']);
export const pipelineStage = shape(PIPELINE_STAGE, ['pipeline']);

/** An environment that is not chosen is read as it is written. */
function asWritten(fields: Readonly<Record<string, Rule>>): Readonly<Record<string, Rule>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, rule]) => [name, unlessTemplate(rule)]),
  );
}

export const environmentFields = shape(asWritten(PIPELINE));
export const environmentStage = shape(
  asWritten({ ...CLASS_STAGE, ...PIPELINE_STAGE, ...repetition }),
);
