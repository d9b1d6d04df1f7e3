import { oneOf } from '../source/one-of.ts';
import type { Problems } from '../source/problems.ts';
import {
  type ConfigNode,
  childOf,
  type ListNode,
  listNode,
  type ScalarNode,
} from '../tree/config-node.ts';
import { writtenText } from '../tree/written-text.ts';
import type { Planned, PlannedStage, Scope } from './scope.ts';
import type { StageNames } from './stage-names.ts';

/** A config names no more dependencies; a stage that gathers costs two lists where all-to-all costs a product. */
const MAX_DEPENDENCIES = 5_000_000;

interface ResolverOptions {
  readonly names: StageNames;
  readonly problems: Problems;
  /** Grows with every dependency that was reported, which need not be reported again. */
  readonly unfilled: Set<ConfigNode>;
}

/**
 * Turns what stages need as it is written into ids of the whole config: a repeated stage is all its
 * instances, a pipeline is its last stages, and its first stages need what the pipeline needs.
 */
export class NeedsResolver {
  readonly #names: StageNames;
  readonly #problems: Problems;
  readonly #unfilled: Set<ConfigNode>;
  readonly #lastOf = new Map<Scope, readonly string[]>();
  /** A list that many instances share is worked out once. */
  readonly #resolved = new Map<Scope, Map<ListNode, ListNode>>();
  #count = 0;

  constructor({ names, problems, unfilled }: ResolverOptions) {
    this.#names = names;
    this.#problems = problems;
    this.#unfilled = unfilled;
  }

  /** Undefined where nothing is needed, or what is written is no list. */
  needsOf({ entry, scope }: PlannedStage): ConfigNode | undefined {
    const own = childOf(entry.value, 'needs');
    if (own !== undefined && own.kind !== 'list') return undefined;
    const needs = this.#needsIn(scope, own);
    this.#count += needs?.items.length ?? 0;
    if (this.#count <= MAX_DEPENDENCIES || needs === undefined) return needs;
    return this.#tooMany(entry.keySpan, needs);
  }

  #tooMany(at: PlannedStage['entry']['keySpan'], needs: ListNode): ConfigNode {
    if (!this.#problems.has('NEEDS_TOO_MANY')) {
      this.#problems.report({
        code: 'NEEDS_TOO_MANY',
        message: `stages need each other in more than ${MAX_DEPENDENCIES} ways`,
        at,
        path: ['stages'],
        help: 'let one stage need all instances, and the others need that one',
      });
    }
    return listNode([], needs.span);
  }

  /** A stage that needs nothing inside its pipeline waits for what the pipeline waits for. */
  #needsIn(scope: Scope, own: ListNode | undefined): ListNode | undefined {
    if (own !== undefined && own.items.length > 0) return this.#resolve(own, scope);
    const { owner } = scope;
    if (owner === undefined) return undefined;
    const outer = childOf(owner.entry.value, 'needs');
    return this.#needsIn(owner.scope, outer?.kind === 'list' ? outer : undefined);
  }

  #resolve(list: ListNode, scope: Scope): ListNode {
    const known = this.#resolved.get(scope) ?? new Map<ListNode, ListNode>();
    this.#resolved.set(scope, known);
    const resolved = known.get(list) ?? this.#resolveAll(list, scope);
    known.set(list, resolved);
    return resolved;
  }

  #resolveAll(list: ListNode, scope: Scope): ListNode {
    // As in a config without any expansion, where nothing need be made anew.
    if (list.items.every((item) => this.#isItself(item, scope))) return list;
    const items: ConfigNode[] = [];
    const texts = new Set<string>();
    const ids = new Set<string>();
    for (const item of list.items) {
      const text = writtenText(item);
      if (item.kind !== 'scalar' || text === undefined) items.push(item);
      else {
        const found = this.#find(item, text, scope);
        // Only what is written twice is a slip; of what overlaps each stage counts once.
        const wanted = texts.has(text)
          ? found.slice(0, 1)
          : found.filter(({ value }) => !ids.has(String(value)));
        for (const need of wanted) ids.add(String(need.value));
        for (const need of wanted) items.push(need);
        texts.add(text);
      }
    }
    return listNode(items, list.span, list);
  }

  #isItself(item: ConfigNode, scope: Scope): boolean {
    if (item.kind !== 'scalar' || typeof item.value !== 'string' || scope.prefix !== '')
      return false;
    const found = this.#names.find(item.value, scope);
    return found?.length === 1 && found[0]?.kind === 'stage' && found[0].id === item.value;
  }

  #find(item: ScalarNode, text: string, scope: Scope): readonly ScalarNode[] {
    const found = this.#names.find(text, scope);
    if (found !== undefined)
      return found.flatMap((planned) => this.#idsOf(planned)).map((id) => named(item, id));
    if (this.#unfilled.has(item) || this.#names.isUnknown(text, scope)) return [];
    const need = named(item, scope.prefix + text);
    if (!this.#reportInstance(need, text, scope)) this.#reportName(need, text, scope);
    return [need];
  }

  #idsOf(planned: Planned): readonly string[] {
    return planned.kind === 'stage' ? [planned.id] : this.#lastIn(planned.inner);
  }

  /** The stages of a pipeline that no other one of it needs. */
  #lastIn(scope: Scope): readonly string[] {
    const known = this.#lastOf.get(scope);
    if (known !== undefined) return known;
    const needed = new Set<string>();
    for (const planned of scope.planned) {
      const own = childOf(planned.entry.value, 'needs');
      if (own?.kind !== 'list') continue;
      for (const need of this.#resolve(own, scope).items)
        if (need.kind === 'scalar') needed.add(String(need.value));
    }
    const last = scope.planned
      .flatMap((planned) => this.#idsOf(planned))
      .filter((id) => !needed.has(id));
    this.#lastOf.set(scope, last);
    return last;
  }

  /** An instance that is not there is told with those that are; any other name is refused with the graph. */
  #reportInstance(need: ScalarNode, text: string, scope: Scope): boolean {
    const bracket = text.indexOf('[');
    const all = bracket === -1 ? undefined : this.#names.find(text.slice(0, bracket), scope);
    if (all === undefined || all.every(({ id }) => !id.endsWith(']'))) return false;
    this.#unfilled.add(need);
    const known = all.map(({ id }) => id.slice(scope.prefix.length));
    this.#problems.report({
      code: 'INSTANCE_UNKNOWN',
      message: `there is no instance ${JSON.stringify(text)} to need`,
      at: need.span,
      path: ['stages'],
      expected: oneOf(known),
      help: this.#problems.suggest(text, known),
    });
    return true;
  }

  /** The graph knows the stages that a config comes to, but not by what names they may be needed here. */
  #reportName(need: ScalarNode, text: string, scope: Scope): void {
    const known = [...this.#names.in(scope)];
    const help = this.#problems.suggest(text, known);
    const isPlain = scope.planned.every(({ kind, id }) => kind === 'stage' && !id.endsWith(']'));
    if (help === undefined || (isPlain && scope.prefix === '')) return;
    this.#unfilled.add(need);
    this.#problems.report({
      code: 'DEPENDENCY_UNKNOWN',
      message: `there is no stage ${JSON.stringify(text)} to need`,
      at: need.span,
      path: ['stages'],
      got: JSON.stringify(text),
      expected: oneOf(known),
      help,
    });
  }
}

function named(item: ScalarNode, id: string): ScalarNode {
  return { ...item, value: id };
}
