import type { LoadConfigOptions } from '@millrace/config';

/** What provokes a code, shown on its page together with what Millrace really prints. */
export interface ErrorExample {
  /** A sentence before it, where the files alone say too little. */
  readonly intro?: string;
  /** Files that matter, by path; the usual stages are there beside them. */
  readonly files?: Readonly<Record<string, string>>;
  /** Stages of `stages/` that are worth showing although they are the usual ones. */
  readonly show?: readonly string[];
  /** What is checked: the config in this process, or a command with the real CLI. */
  readonly given: ConfigCheck | CommandLine;
}

export interface ConfigCheck {
  readonly kind: 'config';
  readonly options?: Pick<
    LoadConfigOptions,
    'file' | 'params' | 'paramsFiles' | 'set' | 'pipeline' | 'environment' | 'env'
  >;
}

export interface CommandLine {
  readonly kind: 'command';
  /** Commands before the one that matters; their output is not shown. */
  readonly before?: readonly string[];
  readonly command: string;
}

export type ErrorExamples = Readonly<Record<string, ErrorExample>>;

const CONFIG = 'millrace.config.yaml';

/** A config that is refused. */
export function refused(yaml: string, more: Partial<ErrorExample> = {}): ErrorExample {
  return {
    ...more,
    files: { [CONFIG]: `${yaml.trim()}\n`, ...more.files },
    given: more.given ?? { kind: 'config' },
  };
}

/** A config whose run fails at a stage, with the class of that stage. */
export function failing(stage: string, more: Partial<ErrorExample> = {}): ErrorExample {
  return {
    ...more,
    files: {
      'stages/score.ts': `${stage.trim()}\n`,
      [CONFIG]: `name: demo
stages:
  load: { uses: ./stages/load.ts }
  score: { uses: ./stages/score.ts, needs: [load] }
`,
      ...more.files,
    },
    given: more.given ?? { kind: 'command', command: 'npx millrace run --store memory' },
  };
}

/** Stages that are there in every example. */
export const USUAL_STAGES: Readonly<Record<string, string>> = {
  'stages/load.ts': `import { PipelineStage, z } from 'millrace';

export default class Load extends PipelineStage.of({
  outputs: z.object({ prices: z.array(z.number()) }),
}) {
  run() {
    return { prices: [100, 101, 99] };
  }
}
`,
  'stages/score.ts': `import { PipelineStage, type StageScope, z } from 'millrace';

export default class Score extends PipelineStage.of({
  params: z.object({ window: z.int().min(2).default(20) }),
  inputs: z.object({ prices: z.array(z.number()) }),
  outputs: z.object({ score: z.number() }),
}) {
  run({ inputs, params }: StageScope<typeof Score>) {
    return { score: inputs.prices.slice(-params.window).length };
  }
}
`,
};
