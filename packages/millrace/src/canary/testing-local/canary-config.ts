import { CANARIES, type Canary } from './canaries.ts';
import { SAYING, STORING, THROWING, type Way } from './misuse-ways.ts';

/** How the configs name a canary: as a secret, or as an ordinary variable, which may be shown. */
export type CanaryKind = 'secret' | 'env';

/** A text that is no secret and stands beside each canary. */
export const MARKER = 'marker-3b8d';

export const MISUSE_FILE = './stages/misuse.ts';

/** With these flags `places.yaml` is whole. */
export const PLACES = ['places.yaml', '--env', 'prod', '--params-file', 'params.yaml'] as const;

type Plain = Readonly<Record<string, unknown>>;

/** Writes the configs of a project in which every canary stands wherever a secret may stand. */
export class CanaryConfig {
  readonly #kind: CanaryKind;

  constructor(kind: CanaryKind) {
    this.#kind = kind;
  }

  /** By file name; JSON is YAML too. */
  files(): ReadonlyMap<string, string> {
    const files = {
      'misuse.yaml': this.#misuse(),
      'places.yaml': this.#places(),
      'base.yaml': this.#base(),
      'inner.yaml': this.#inner(),
      'params.yaml': { filed: this.named('CANARY_LONG') },
      'places.prod.yaml': {
        stages: { 'in-environment': this.#stage('CANARY_URL', 'throw-cause') },
      },
      'millrace.config.yaml': this.#elsewhere(`state-${this.named('CANARY_TOKEN')}/runs.db`),
      // Its folder is a file.
      'blocked.yaml': this.#elsewhere(`params.yaml/${this.named('CANARY_TOKEN')}/runs.db`),
      'stuck.yaml': this.#stuck(),
      'changing.yaml': this.#changing(),
      'given.yaml': this.#given(),
      'crashing.yaml': this.#crashing(),
    };
    return new Map(
      Object.entries(files).map(([name, data]) => [name, JSON.stringify(data, null, 1)]),
    );
  }

  /** `${secret:CANARY_PIN|int}` */
  placeholder({ name, type }: Pick<Canary, 'name' | 'type'>): string {
    return `\${${this.#kind}:${name}${type === 'text' ? '' : `|${type}`}}`;
  }

  named(name: string): string {
    const { type = 'text' } = CANARIES.find((canary) => canary.name === name) ?? {};
    return this.placeholder({ name, type });
  }

  /** A stage for each way to misuse each canary. */
  #misuse(): Plain {
    const stages: Record<string, unknown> = {};
    for (const { name } of CANARIES) {
      for (const way of [...SAYING, ...THROWING, ...STORING])
        stages[stageId(way, name)] = this.#stage(name, way);
      stages[stageId('update', name)] = {
        ...this.#odd(name, 'Update'),
        reads: { box: `box-${name}` },
      };
      stages[stageId('Misfit', name)] = {
        ...this.#odd(name, 'Misfit'),
        writes: { amount: `amount-${name}` },
      };
      stages[stageId('Doubtful', name)] = this.#odd(name, 'Doubtful');
      stages[stageId('Spread', name)] = this.#odd(name, 'Spread');
    }
    return {
      name: 'misuse',
      failureMode: 'continue',
      logging: { level: 'debug' },
      context: Object.fromEntries(CANARIES.map(({ name }) => [`box-${name}`, {}])),
      stages,
    };
  }

  /** A secret in each place where a config may have it; each stage throws it. */
  #places(): Plain {
    const token = this.named('CANARY_TOKEN');
    const short = this.named('CANARY_SHORT');
    const login = {
      url: `https://me:${token}@example.com/`,
      list: [[token], { pin: this.named('CANARY_PIN') }],
    };
    return {
      extends: './base.yaml',
      name: 'places',
      failureMode: 'continue',
      params: {
        shared: this.named('CANARY_QUOTED'),
        filed: 'nothing',
        header: `Bearer \${shared}`,
      },
      environments: { prod: { params: { layered: this.named('CANARY_PEM') } } },
      stages: {
        whole: this.#stage('CANARY_CODES', 'throw-message'),
        'in-text': this.#place(`Bearer ${token}, ${short}.`),
        'in-lists': this.#place(login),
        'in-json': this.#stage('CANARY_JSON', 'throw-object'),
        'in-param': this.#place(`\${header}`),
        'in-layer': this.#place(`\${layered}`),
        'in-file': this.#place(`\${filed}`),
        'in-fallback': {
          ...this.#stage('CANARY_TOKEN', 'throw-text'),
          fallback: { uses: MISUSE_FILE, with: withParams(`${token} again`, 'throw-message') },
        },
        'in-matrix': {
          uses: MISUSE_FILE,
          matrix: { grid: [{ at: token }, { at: short }] },
          with: withParams(`\${matrix.grid.at}`, 'throw-object'),
        },
        inside: { pipeline: './inner.yaml', params: { handed: token } },
      },
    };
  }

  #base(): Plain {
    return {
      params: { based: this.named('CANARY_URL') },
      stages: { 'in-base': this.#place(`\${based}`) },
    };
  }

  #inner(): Plain {
    return {
      name: 'inner',
      params: { handed: 'nothing' },
      stages: { own: this.#stage('CANARY_PIN', 'throw-fields'), given: this.#place(`\${handed}`) },
    };
  }

  #elsewhere(path: string): Plain {
    const stages = { only: this.#stage('CANARY_TOKEN', 'throw-message') };
    return { name: 'elsewhere', store: `sqlite:${path}`, stages };
  }

  /** One param is a secret from the start, the other becomes one. */
  #changing(): Plain {
    const open = { uses: MISUSE_FILE, with: withParams(`\${env:CANARY_LONG}`, 'none') };
    return { name: 'changing', stages: { named: this.#stage('CANARY_TOKEN', 'none'), open } };
  }

  #given(): Plain {
    const stages = { named: this.#stage('CANARY_TOKEN', 'none') };
    return { name: 'given', params: { given: 1 }, context: { seen: 1 }, stages };
  }

  #crashing(): Plain {
    const uses = './stages/crashing-CANARY_QUOTED.ts';
    return {
      name: 'crashing',
      stages: { crashing: { uses, with: withParams(this.named('CANARY_QUOTED'), 'none') } },
    };
  }

  #stuck(): Plain {
    return {
      name: 'stuck',
      stages: {
        before: this.#stage('CANARY_QUOTED', 'look-up-key'),
        stuck: { ...this.#odd('CANARY_PEM', 'Stuck'), needs: ['before'] },
      },
    };
  }

  #place(value: unknown): Plain {
    return { uses: MISUSE_FILE, with: withParams(value, 'throw-message') };
  }

  #stage(name: string, way: Way | 'none'): Plain {
    return { uses: MISUSE_FILE, with: withParams(this.named(name), way) };
  }

  /** One of the other classes of the module. */
  #odd(name: string, exported: string): Plain {
    const uses = `${MISUSE_FILE}#${exported}`;
    return { uses, with: withParams(this.named(name), 'none') };
  }
}

export function stageId(way: string, canary: string): string {
  return `${way}-${canary}`;
}

export function withParams(value: unknown, way: Way | 'none'): Plain {
  return { way, value, marker: MARKER };
}
