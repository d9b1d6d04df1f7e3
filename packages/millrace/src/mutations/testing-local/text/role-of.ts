/** What a key of a config is, which decides what a slip in it does. */
export type KeyRole =
  /** One of the keys that Millrace knows. */
  | 'field'
  | 'stage'
  /** Declares a param. */
  | 'param'
  /** Gives a param of a stage or of a pipeline inside, by its name. */
  | 'param-name'
  | 'input'
  | 'output'
  | 'context-key'
  /** Of a matrix or foreach. */
  | 'variable'
  /** Of a pipeline or an environment, by which it is asked for. */
  | 'name'
  | 'data';

/** What a value of a config is; `section` holds other values. */
export type ValueRole =
  | 'choice'
  | 'condition'
  | 'context-key'
  | 'data'
  | 'duration'
  | 'file'
  | 'flag'
  | 'need'
  | 'number'
  | 'param'
  | 'section'
  | 'text'
  | 'uses';

const VALUES_BY_FIELD: Readonly<Record<string, ValueRole>> = {
  attempts: 'number',
  backoff: 'choice',
  cacheable: 'flag',
  concurrency: 'number',
  critical: 'flag',
  delay: 'duration',
  description: 'text',
  dir: 'text',
  durability: 'choice',
  extends: 'file',
  failureMode: 'choice',
  grace: 'duration',
  id: 'text',
  jitter: 'flag',
  level: 'choice',
  maxDelay: 'duration',
  name: 'text',
  onFailure: 'choice',
  pipeline: 'file',
  store: 'text',
  timeout: 'duration',
  uses: 'uses',
  when: 'condition',
};

/** By the section right around a key. */
const KEYS_BY_SECTION: Readonly<Record<string, KeyRole>> = {
  stages: 'stage',
  params: 'param',
  with: 'param-name',
  reads: 'input',
  writes: 'output',
  context: 'context-key',
  matrix: 'variable',
  foreach: 'variable',
  fallback: 'output',
  pipelines: 'name',
  environments: 'name',
};

const VALUES_BY_SECTION: Readonly<Record<string, ValueRole>> = {
  needs: 'need',
  tags: 'text',
  files: 'file',
  inputs: 'context-key',
  extends: 'file',
};

/** The part of a path that starts at the pipeline, or at the innermost stage that it leads into. */
function withinPipeline(path: readonly string[]): readonly string[] {
  if (path[0] === 'environments' && path.length > 2) return withinPipeline(path.slice(2));
  if (path[0] === 'pipelines' && path.length > 2) return withinPipeline(path.slice(2));
  if (path[0] === 'stages' && path[2] === 'stages') return withinPipeline(path.slice(2));
  return path;
}

/** What the key at the end of a path is. */
export function keyRoleOf(path: readonly string[]): KeyRole {
  const inside = withinPipeline(path);
  const [first = '', , ...ofStage] = inside;
  if (first !== 'stages') return roleInSection(inside.slice(0, -1), inside.at(-1) ?? '');
  if (ofStage.length === 0) return inside.length === 1 ? 'field' : 'stage';
  const role = roleInSection(ofStage.slice(0, -1), ofStage.at(-1) ?? '');
  return role === 'param' ? 'param-name' : role;
}

function roleInSection(around: readonly string[], key: string): KeyRole {
  const [section, ...deeper] = around;
  if (section === undefined || section === 'retry' || section === 'logging') return 'field';
  const role = KEYS_BY_SECTION[section] ?? 'data';
  if (section === 'fallback' && ['uses', 'with'].includes(key) && deeper.length === 0)
    return 'field';
  if (section === 'matrix') return key === 'include' || key === 'exclude' ? 'field' : 'variable';
  if (section === 'with') return role;
  return deeper.length === 0 ? role : 'data';
}

/** What the value at the end of a path is; of an item of a list, the path of the list and its place. */
export function valueRoleOf(path: readonly string[], isScalar: boolean): ValueRole {
  const inside = withinPipeline(path);
  const own = inside[0] === 'stages' ? inside.slice(2) : inside;
  const [section = '', ...deeper] = own;
  const key = own.at(-1) ?? '';
  if (['with', 'params', 'matrix', 'foreach'].includes(section) && deeper.length > 0)
    return isScalar ? 'param' : 'section';
  if (['reads', 'writes'].includes(section) && deeper.length > 0)
    return isScalar ? 'context-key' : 'section';
  if (['context', 'fallback'].includes(section) && deeper.length > 0)
    return key === 'uses' ? 'uses' : 'data';
  if (deeper.length === 1) {
    const inList = VALUES_BY_SECTION[section];
    if (inList !== undefined) return inList;
  }
  if (!isScalar) return 'section';
  return VALUES_BY_FIELD[key] ?? 'data';
}
