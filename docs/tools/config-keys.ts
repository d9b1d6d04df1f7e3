/** Texts by the path of a key: `stage.retry.delay`. */
type KeyTexts = Readonly<Record<string, string>>;

const DURATION = '[duration](#durations)';
const REUSE = '../guides/reuse-stages.md';
const LAYERS = '../guides/layers.md';

const MATRIX = {
  value: 'map from names to lists; also `include`, `exclude`',
  meaning: `One instance for each combination of the lists. See [reuse](${REUSE}#all-combinations-matrix).`,
};
const FOREACH = {
  value: 'map from names to lists',
  meaning: `One instance for each place in the lists, which are of one length. See [reuse](${REUSE}#lists-in-step-foreach).`,
};
const WHEN = {
  value: '`true`, `false`, or an expression',
  meaning: `Skipped where it does not hold: \`params.mode == "full"\`. See [when](${REUSE}#what-runs-when).`,
};

/** Values that the schemas tell too roughly. */
export const KEY_VALUES: KeyTexts = {
  store: '`sqlite:PATH` or `memory`',
  extends: 'path, or list of up to 20 paths',
  environments: 'map from names to [environments](#environment)',
  limits: 'map from names to [limits](#limit)',
  'limit.rate': '`calls` and `per`, a [duration](#durations)',
  'limit.breaker': '`failures`, `reset` (a [duration](#durations)), `onOpen`: `wait` or `fail`',
  'stage.limits': 'list of names, or map from names to slots',
  'stage.reads': 'map from inputs to a key, a pattern or a list of keys',
  'stage.writes': 'map from outputs to a key',
  'stage.when': WHEN.value,
  'stage.matrix': MATRIX.value,
  'stage.foreach': FOREACH.value,
  'stage.timeout': DURATION,
  'stage.grace': DURATION,
  'stage.retry.delay': DURATION,
  'stage.retry.maxDelay': DURATION,
  'stage.fallback': 'map of outputs, or `uses` and `with`',
  'inner.params': 'map',
  'inner.stages': 'map from ids to what changes',
  'inner.reads': 'map from its inputs to a key, a pattern or a list of keys',
  'inner.writes': 'map from its keys to a key',
  'inner.when': WHEN.value,
  'inner.matrix': MATRIX.value,
  'inner.foreach': FOREACH.value,
};

/** What is taken for a key that is left out; the engine fills it in, the schemas do not hold it. */
export const KEY_DEFAULTS: KeyTexts = {
  concurrency: '4',
  durability: '`strict`',
  failureMode: '`no-new`',
  onFailure: '`keep`',
  store: '`sqlite:.millrace/millrace.db`',
  context: '`{}`',
  inputs: '`[]`',
  params: '`{}`',
  'logging.level': '`info`',
  'logging.dir': '`logs` beside the store',
  limits: '`{}`',
  'limit.concurrency': 'no cap',
  'limit.rate': 'no cap',
  'limit.breaker': 'none',
  'stage.limits': '`[]`',
  'stage.with': '`{}`',
  'stage.needs': '`[]`',
  'stage.reads': 'the key of the same name',
  'stage.writes': 'the key of the same name',
  'stage.tags': '`[]`',
  'stage.when': '`true`',
  'stage.files': '`[]`',
  'stage.timeout': 'none',
  'stage.grace': '`5s`',
  'stage.critical': '`true`',
  'stage.cacheable': '`false`',
  'stage.retry.attempts': '1',
  'stage.retry.backoff': '`exponential`',
  'stage.retry.delay': '`1s`',
  'stage.retry.maxDelay': '`1m`',
  'stage.retry.jitter': '`true`',
  'stage.retry.on': 'what was thrown or timed out',
  'stage.retry.notOn': '`[]`',
  'inner.params': 'as that pipeline says',
  'inner.stages': '`{}`',
  'inner.needs': '`[]`',
  'inner.reads': 'the key of the same name',
  'inner.writes': 'nothing is given outside',
  'inner.tags': '`[]`',
  'inner.when': '`true`',
};

/** What the schemas leave unsaid because it takes more than a line; the guides say it in full. */
export const KEY_MEANINGS: KeyTexts = {
  name: 'Runs are listed by it. Without control characters, at most 200.',
  params: `Values for \`\${name}\`, which callers may override.`,
  logging: 'See [logging](#logging).',
  description: 'For people.',
  durability: 'When a commit is on the disk. See [durability](../guides/durability-and-speed.md).',
  failureMode:
    'What a critical failure does to the rest. See [failures](../guides/failures.md#failure-modes).',
  onFailure:
    'What becomes of what succeeded when the run fails or is cancelled. See [undo](../guides/undo.md).',
  extends: `Files to build upon, relative to this one; later ones win, this file wins over all. See [layers](${LAYERS}#share-with-extends).`,
  environments: `Values that are laid over the file when their environment is chosen. See [layers](${LAYERS}#choose-an-environment).`,
  limits: 'Caps that stages share by name. See [limits](../guides/limits.md).',
  'limit.breaker':
    'Leaves alone what does not answer. See [circuit breaker](../guides/limits.md#circuit-breaker).',
  'stage.limits':
    'Limits of the pipeline that each attempt takes a slot of. See [limits](../guides/limits.md).',
  'stage.description': 'For people.',
  'stage.needs':
    'Stages that must succeed first: ids, instances (`score[2,SPY]`, `score[2,*]`), or a repeated stage or inner pipeline as a whole.',
  'stage.reads':
    'Context key to read for an input. A pattern such as `score[*]`, or a list of keys, gathers their values into a list.',
  'stage.writes': 'Context key to write for an output.',
  'stage.tags':
    'Names to [select stages](../guides/select-stages.md#name-stages) by: `tag:nightly`.',
  'stage.when': WHEN.meaning,
  'stage.files': `Files that the stage reads beside its inputs, as paths or patterns; what they hold counts like an input. See [files](${REUSE}#files-that-a-stage-reads).`,
  'stage.matrix': MATRIX.meaning,
  'stage.foreach': FOREACH.meaning,
  'stage.retry': 'See [retry](#retry).',
  'stage.critical': '`false`: a failure only degrades the run.',
  'stage.cacheable':
    'Its outcome may be taken over [from another run](../guides/what-runs-again.md#outcomes-of-other-runs) that had the same inputs.',
  'stage.fallback':
    'Used when the stage failed for good. See [fallback](../guides/failures.md#fallback).',
  'inner.pipeline':
    'A config file, `file.yaml#name`, or the name of another pipeline of this file.',
  'inner.description': 'For people.',
  'inner.stages': 'Over the stages of that pipeline, by id.',
  'inner.needs': 'Stages that its first stages wait for.',
  'inner.reads': 'Which key stands for one of its `inputs`.',
  'inner.writes': 'Keys of it that are written outside, by their name inside.',
  'inner.tags': 'Added to those of each of its stages.',
  'inner.when': 'Skips all of it. It may ask for `params` only, which are those of that pipeline.',
  'inner.matrix': MATRIX.meaning,
  'inner.foreach': FOREACH.meaning,
};
