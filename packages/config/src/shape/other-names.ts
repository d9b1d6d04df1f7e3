/** What the keys of a config are called elsewhere, where no edit of a letter or two leads back. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  attempts: ['maxAttempts', 'max_attempts', 'retries', 'tries', 'times'],
  backoff: ['strategy'],
  concurrency: ['maxParallel', 'max_parallel', 'parallel', 'parallelism', 'workers', 'threads'],
  context: ['ctx', 'initial', 'state'],
  critical: ['allowFailure', 'allow_failure', 'continueOnError', 'continue-on-error', 'optional'],
  delay: ['interval', 'wait', 'delayMs'],
  description: ['comment', 'doc', 'title'],
  extends: ['base', 'bases', 'imports', 'inherits'],
  fallback: ['catch', 'onError', 'onFailure', 'on_failure'],
  foreach: ['for_each', 'forEach', 'loop'],
  needs: ['after', 'dependencies', 'dependsOn', 'depends_on', 'requires', 'upstream'],
  params: ['args', 'parameters', 'variables', 'vars', 'with'],
  pipelines: ['flows', 'workflows'],
  reads: ['input', 'inputs'],
  retry: ['retries', 'retryPolicy', 'retry_policy'],
  stages: ['jobs', 'nodes', 'steps', 'tasks'],
  store: ['database', 'db', 'storage'],
  tags: ['labels'],
  timeout: ['deadline', 'timeLimit', 'timeoutMs', 'timeout_ms', 'timeout_seconds'],
  uses: ['action', 'class', 'handler', 'module', 'run', 'script', 'type'],
  when: ['condition', 'if', 'only', 'unless'],
  with: ['args', 'config', 'options', 'parameters', 'params', 'settings'],
  writes: ['output', 'outputs'],
};

/** The known key that one of another tool stands for, or undefined. */
export function keyOfOtherName(typed: string, known: readonly string[]): string | undefined {
  return known.find((key) => Object.hasOwn(OTHER_NAMES, key) && OTHER_NAMES[key]?.includes(typed));
}
