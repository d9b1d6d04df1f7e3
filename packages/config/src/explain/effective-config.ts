import type { ModelPipeline, PathSegment, Result } from '@millrace/core';
import type { Scope } from '../expand/scope.ts';
import { type MapNode, mapNode } from '../tree/config-node.ts';
import { nodeAt } from '../tree/locate.ts';
import type { Explained, ExplainedValue, UnknownPath } from './explained-value.ts';
import { asOfInstance, joinedInstances } from './joined-instances.ts';
import { KnownStages } from './known-stages.ts';
import { pipelineKeys } from './pipeline-defaults.ts';
import { shownValue } from './shown-value.ts';
import { ValueExplainer } from './value-explainer.ts';
import { writeYaml } from './write-yaml.ts';

interface EffectiveOptions {
  /** The one pipeline that the config comes to, its placeholders filled in. */
  readonly tree: MapNode;
  /** The same as one file would say it. */
  readonly authored: () => MapNode;
  readonly scope: Scope;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes secrets out of what a params schema made of them. */
  readonly redact: (text: string) => string;
  /** Undefined when the config was refused; then defaults of stages are not known. */
  readonly pipeline?: ModelPipeline;
}

/** What the layers of a config come to, and why. Nothing of it shows a secret. */
export class EffectiveConfig {
  readonly #options: EffectiveOptions;
  #authored: MapNode | undefined;
  #stages: KnownStages | undefined;

  constructor(options: EffectiveOptions) {
    this.#options = options;
  }

  /**
   * The values that are written somewhere, without defaults, as a config that is loaded to the same
   * pipeline: repeated stages are written once, and pipelines inside are named.
   */
  toYaml(): string {
    const [environment] = childKeys(this.#written, 'environments');
    const note = environment === undefined ? '' : `# Its pipelines need --env ${environment}.\n`;
    return `${note}${writeYaml(this.#written)}`;
  }

  /** The same as data. */
  toData(): unknown {
    return shownValue(this.#written);
  }

  /** Every value that is written, in the order of {@link toYaml}. */
  values(): readonly ExplainedValue[] {
    return this.#explainer.writtenBelow([]);
  }

  /**
   * How a value came about; of a map all values in it, with defaults. A stage may be named as it is written
   * or as one of its instances.
   */
  explain(given: readonly PathSegment[]): Result<Explained, UnknownPath> {
    const [section, id, ...rest] = given;
    const isNamed = section === 'stages' && id !== undefined;
    if (!isNamed || nodeAt(this.#known.tree, [section, id]) !== undefined)
      return this.#explainer.explain(given);
    const instances = this.#known.instancesOf(String(id));
    const [instance] = instances;
    if (instance === undefined) return this.#explainer.explain(given);
    const all = instances.map((each) => this.#explainer.explain([section, each, ...rest]));
    const unknown = this.#explainer.explain([section, instance, ...rest]);
    return joinedInstances(all, given) ?? asOfInstance(id, instance, unknown);
  }

  get #written(): MapNode {
    this.#authored ??= inOrder(this.#options.authored());
    return this.#authored;
  }

  get #explainer(): ValueExplainer {
    const { authored: _, tree: _tree, scope: _scope, ...options } = this.#options;
    return new ValueExplainer({ ...options, written: this.#written, known: this.#known });
  }

  get #known(): KnownStages {
    const { tree, scope } = this.#options;
    this.#stages ??= new KnownStages({ tree: inOrder(tree), authored: this.#written, scope });
    return this.#stages;
  }
}

function childKeys(tree: MapNode, field: string): readonly string[] {
  const section = tree.entries.get(field)?.value;
  return section?.kind === 'map' ? [...section.entries.keys()] : [];
}

/** The fields of a pipeline as they are listed everywhere, since layers bring them in any order. */
function inOrder(tree: MapNode): MapNode {
  const keys = pipelineKeys();
  const rankOf = (key: string): number => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  const entries = [...tree.entries].toSorted(([a], [b]) => rankOf(a) - rankOf(b));
  return mapNode(new Map(entries), tree.span, tree);
}
