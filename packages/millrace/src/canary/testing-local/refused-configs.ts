import { CANARIES } from './canaries.ts';
import { type CanaryConfig, MARKER, MISUSE_FILE, withParams } from './canary-config.ts';

/** A config that is refused, in which a canary stands where none may, or where it does not fit. */
export interface RefusedConfig {
  readonly name: string;
  /** One of the codes that say so. */
  readonly code: string;
  /** The file `name` as text. */
  readonly text: string;
}

type Plain = Readonly<Record<string, unknown>>;

/** One config for each place where a secret may not stand, or does not fit, per canary. */
export function refusedConfigs(config: CanaryConfig): readonly RefusedConfig[] {
  return CANARIES.flatMap((canary) => {
    const secret = config.placeholder(canary);
    const text = config.placeholder({ ...canary, type: 'text' });
    const stage = { uses: MISUSE_FILE, with: withParams(1, 'none') };
    const refused = (place: string, code: string, fields: Plain): RefusedConfig => {
      const name = `refused-${place}-${canary.name}.yaml`;
      return {
        name,
        code,
        text: JSON.stringify({ name: 'refused', stages: { a: stage }, ...fields }, null, 1),
      };
    };
    const ofStage = (place: string, code: string, fields: Plain): RefusedConfig =>
      refused(place, code, { stages: { a: { ...stage, ...fields } } });
    const ofParam = (place: string, value: unknown): RefusedConfig =>
      refused(place, 'PARAMS_INVALID', {
        stages: {
          a: { uses: `${MISUSE_FILE}#Strict`, with: { marker: MARKER, ...Object(value) } },
        },
      });
    return [
      refused('context', 'SECRET_IN_CONTEXT', { context: { at: { deep: [secret] } } }),
      refused('name', 'SECRET_MISPLACED', { name: text }),
      refused('store', 'STORE_NOT_AVAILABLE', { store: `postgres://me:${text}@example.com/db` }),
      ofStage('uses', 'SECRET_MISPLACED', { uses: `./stages/${text}.ts` }),
      ofStage('package', 'SECRET_MISPLACED', { uses: `${text}#Stage` }),
      ofStage('needs', 'SECRET_MISPLACED', { needs: [text] }),
      ofStage('when', 'SECRET_MISPLACED', { when: `params.value == "${text}"` }),
      ofStage('when-unreadable', 'SECRET_MISPLACED', { when: `${text} ===` }),
      ofStage('timeout', 'SECRET_MISPLACED', { timeout: secret }),
      ofStage('retry', 'SECRET_MISPLACED', { retry: { attempts: secret } }),
      ofStage('writes', 'SECRET_MISPLACED', { writes: { a: text } }),
      ofStage('files', 'SECRET_MISPLACED', { files: [`data/${text}`] }),
      ofStage('tags', 'SECRET_MISPLACED', { tags: [text] }),
      ofStage('description', 'SECRET_MISPLACED', { description: `about ${text}` }),
      ofStage('fallback', 'SECRET_IN_CONTEXT', { fallback: { a: { at: secret } } }),
      ofStage('fallback-uses', 'SECRET_MISPLACED', { fallback: { uses: `./stages/${text}.ts` } }),
      ofStage('matrix', 'MATRIX_LABEL', { matrix: { at: [text, 'other'] } }),
      ofStage('pipeline', 'SECRET_MISPLACED', {
        uses: undefined,
        with: undefined,
        pipeline: `./${text}.yaml`,
      }),
      ofParam('type', { amount: secret }),
      ofParam('enum', { mode: text }),
      ofParam('pattern', { code: text }),
      ofParam('refine', { said: text }),
      ofParam('inside', { within: { list: [{ amount: secret, other: text }] } }),
      ofParam('union', { either: { kind: text, amount: secret } }),
      ofParam('unknown', { unheard: secret }),
      ofParam('throwing', { thrown: text }),
      refused('part', 'PLACEHOLDER_NOT_TEXT', {
        params: { whole: secret, list: [secret] },
        stages: { a: { ...stage, with: { marker: `x \${list}`, value: `y \${whole}`, way: '' } } },
      }),
      refused('typed', 'SECRET_TYPE', {
        stages: { a: { ...stage, with: { value: text.replace('}', '|duration}') } } },
      }),
      ofStage('import', 'USES_IMPORT_FAILED', {
        uses: `./stages/broken-${canary.name}.ts`,
        with: { value: secret },
      }),
      ofStage('export', 'SECRET_MISPLACED', { uses: `${MISUSE_FILE}#${text}` }),
    ];
  });
}
