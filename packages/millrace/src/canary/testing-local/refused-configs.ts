import { CANARIES, type Canary } from './canaries.ts';
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

/** What is wrong with a config: the fields beside its name and its one stage, or those of the stage. */
type Fault = readonly [
  place: string,
  code: string,
  fields: { readonly pipeline: Plain } | { readonly stage: Plain } | { readonly params: Plain },
];

const STAGE = { uses: MISUSE_FILE, with: withParams(1, 'none') };

/** One config for each place where a secret may not stand, or does not fit, per canary. */
export function refusedConfigs(config: CanaryConfig): readonly RefusedConfig[] {
  return CANARIES.flatMap((canary) => {
    const placeholder = config.placeholder(canary);
    const text = config.placeholder({ ...canary, type: 'text' });
    const faults = [
      ...misplaced(placeholder, text),
      ...misfits(placeholder, text),
      ...oddities(canary, placeholder, text),
    ];
    return faults.map((fault) => toConfig(fault, canary));
  });
}

function toConfig([place, code, fields]: Fault, { name }: Canary): RefusedConfig {
  const data =
    'pipeline' in fields
      ? { name: 'refused', stages: { a: STAGE }, ...fields.pipeline }
      : {
          name: 'refused',
          stages: { a: 'stage' in fields ? { ...STAGE, ...fields.stage } : strict(fields.params) },
        };
  return { name: `refused-${place}-${name}.yaml`, code, text: JSON.stringify(data, null, 1) };
}

/** A stage that takes none of the canaries for any of its params. */
function strict(params: Plain): Plain {
  return { uses: `${MISUSE_FILE}#Strict`, with: { marker: MARKER, ...params } };
}

/** Where it would be stored or shown. */
function misplaced(secret: string, text: string): readonly Fault[] {
  const inStage = (place: string, stage: Plain): Fault => [place, 'SECRET_MISPLACED', { stage }];
  return [
    ['context', 'SECRET_IN_CONTEXT', { pipeline: { context: { at: { deep: [secret] } } } }],
    ['name', 'SECRET_MISPLACED', { pipeline: { name: text } }],
    ['fallback', 'SECRET_IN_CONTEXT', { stage: { fallback: { a: { at: secret } } } }],
    ['matrix', 'MATRIX_LABEL', { stage: { matrix: { at: [text, 'other'] } } }],
    inStage('fallback-uses', { fallback: { uses: `./stages/${text}.ts` } }),
    inStage('uses', { uses: `./stages/${text}.ts` }),
    inStage('package', { uses: `${text}#Stage` }),
    inStage('export', { uses: `${MISUSE_FILE}#${text}` }),
    inStage('pipeline', { uses: undefined, with: undefined, pipeline: `./${text}.yaml` }),
    inStage('needs', { needs: [text] }),
    inStage('when', { when: `params.value == "${text}"` }),
    inStage('when-unreadable', { when: `${text} ===` }),
    inStage('timeout', { timeout: secret }),
    inStage('retry', { retry: { attempts: secret } }),
    inStage('writes', { writes: { a: text } }),
    inStage('files', { files: [`data/${text}`] }),
    inStage('tags', { tags: [text] }),
    inStage('description', { description: `about ${text}` }),
  ];
}

/** Where the schema of the stage refuses it. */
function misfits(secret: string, text: string): readonly Fault[] {
  const misfit = (place: string, params: Plain): Fault => [place, 'PARAMS_INVALID', { params }];
  return [
    misfit('type', { amount: secret }),
    misfit('enum', { mode: text }),
    misfit('pattern', { code: text }),
    misfit('refine', { said: text }),
    misfit('inside', { within: { list: [{ amount: secret, other: text }] } }),
    misfit('union', { either: { kind: text, amount: secret } }),
    misfit('unknown', { unheard: secret }),
    misfit('throwing', { thrown: text }),
  ];
}

/** Where something else is wrong with it, or with what stands beside it. */
function oddities({ name }: Canary, secret: string, text: string): readonly Fault[] {
  const inTexts = { ...STAGE, with: { marker: `x \${list}`, value: `y \${whole}`, way: '' } };
  const params = { whole: secret, list: [secret] };
  const broken = { uses: `./stages/broken-${name}.ts`, with: { value: secret } };
  return [
    ['store', 'STORE_NOT_AVAILABLE', { pipeline: { store: `postgres://me:${text}@example.com` } }],
    ['part', 'PLACEHOLDER_NOT_TEXT', { pipeline: { params, stages: { a: inTexts } } }],
    ['typed', 'SECRET_TYPE', { stage: { with: { value: text.replace('}', '|duration}') } } }],
    ['import', 'USES_IMPORT_FAILED', { stage: broken }],
  ];
}
