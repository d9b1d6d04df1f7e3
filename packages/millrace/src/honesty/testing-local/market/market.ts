import { fileURLToPath } from 'node:url';
import { formatPath } from '@millrace/core';
import { type ConfigStyle, PLAIN_STYLE } from '../project/config-style.ts';
import { EditedProject } from '../project/edited-project.ts';
import { type ConfigMap, type WrittenConfig, writeConfig } from '../project/write-config.ts';
import { type MarketStage, marketStages, type Role } from './market-stages.ts';

const ORIGINAL = fileURLToPath(new URL('../fixtures/market', import.meta.url));
const MILLRACE = fileURLToPath(new URL('../../../..', import.meta.url));
const CONFIG = 'pipeline.yaml';
export const FAKE_PACKAGE = 'node_modules/trading-days';

/**
 * The made-up project of these tests: sixteen stages of TypeScript with helpers three imports deep, a data
 * file, a package, and every kind of dependency. Edits change it; `save` writes the config.
 */
export class Market {
  readonly project: EditedProject;
  readonly stages: Map<Role, MarketStage> = marketStages();
  /** More stages of the module of `pulse`, by id. */
  readonly extra: Record<string, ConfigMap> = {};
  readonly env: Record<string, string> = { FEED: 'north', FEED_TOKEN: 'token-0-of-the-feed' };
  settings: Record<string, ConfigMap[string]> = { description: 'Ranks of the day', concurrency: 3 };
  params: Record<string, ConfigMap[string]> = { desk: 'macro' };
  /** The initial context: one key is declared as an input, one is looked up, one is read by nobody. */
  context: Record<string, string> = { unit: 'points', mood: 'calm', motto: 'buy low' };
  style: ConfigStyle = PLAIN_STYLE;
  /** Whether the `when` of `hedge` holds. */
  isHedging = true;
  #written: WrittenConfig = { text: '', places: new Map() };
  #count = 0;

  constructor() {
    this.project = EditedProject.copyOf(ORIGINAL, ['package.json', 'stages', 'lib', 'data']);
    this.project.adopt(`${ORIGINAL}/packages/trading-days`, FAKE_PACKAGE);
    this.project.link(MILLRACE, 'node_modules/millrace');
    this.addExtra();
    this.save();
  }

  get config(): string {
    return this.project.path(CONFIG);
  }

  /** Another number each time, for what must be new. */
  count(): number {
    this.#count += 1;
    return this.#count;
  }

  stage(role: Role): MarketStage {
    const stage = this.stages.get(role);
    if (stage === undefined) throw new TypeError(`the market has no ${role}`);
    return stage;
  }

  /** Ids of the stages that a role comes to; several for that which has a matrix. */
  idsOf(role: Role): readonly string[] {
    const { id, fields } = this.stage(role);
    const regions = this.regions;
    return 'matrix' in fields ? regions.map((region) => `${id}[${region}]`) : [id];
  }

  get regions(): readonly string[] {
    const { region } = this.stage('share').fields.matrix as { region: readonly string[] };
    return region;
  }

  set regions(region: readonly string[]) {
    this.stage('share').fields.matrix = { region };
  }

  /** A stage that nobody needs. */
  addExtra(): string {
    const id = `extra-${this.count()}`;
    const { uses } = this.stage('pulse');
    this.extra[id] = { uses: `./${uses}`, with: { beat: 7 }, writes: { pulse: id } };
    return id;
  }

  /** `file:line:column` of a value in the config as it was saved last. */
  place(...path: readonly string[]): string {
    const place = this.#written.places.get(formatPath(path));
    if (place === undefined) throw new TypeError(`the config has no ${formatPath(path)}`);
    return `${CONFIG}:${place}`;
  }

  save(): void {
    const named = [...this.stages.values()].map((stage) => [stage.id, this.#toConfig(stage)]);
    const stages = { ...Object.fromEntries(named), ...this.extra };
    const { settings, params, context } = this;
    const config = { name: 'market', ...settings, params, context, stages };
    this.#written = writeConfig(config, this.style);
    this.project.write(CONFIG, this.#written.text);
  }

  #toConfig({ uses, needs, fields, with: params }: MarketStage): ConfigMap {
    const ids = needs.map((role) => this.stage(role).id);
    return {
      uses: `./${uses}`,
      ...(ids.length === 0 ? {} : { needs: ids }),
      ...fields,
      ...(Object.keys(params).length === 0 ? {} : { with: params }),
    };
  }
}
