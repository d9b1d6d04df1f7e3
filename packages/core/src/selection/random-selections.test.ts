import { describe, expect, it } from '@jest/globals';
import type { StageStatus } from '../events/index.ts';
import {
  compileGraph,
  type GraphNode,
  generateChain,
  generateLayered,
  generateRandomDag,
  SeededRandom,
} from '../graph/index.ts';
import { selectStages } from './select-stages.ts';
import type { SelectablePipeline, Selection } from './selection.ts';

/** What a text says, together with the text: the reference never parses. */
interface Meant {
  readonly text: string;
  readonly ids: ReadonlySet<string>;
}

const STATUSES = ['failed', 'succeeded', 'skipped', 'cancelled', 'reused'] as const;

/** A small pipeline of plain stages, sub-pipelines and matrix instances, with what is naively true of it. */
class Sample {
  readonly nodes: readonly GraphNode[];
  readonly pipeline: SelectablePipeline;
  readonly #random: SeededRandom;
  readonly #needs: ReadonlyMap<string, readonly string[]>;
  readonly #tags = new Map<string, readonly string[]>();
  readonly #statuses = new Map<string, StageStatus>();

  constructor(seed: number) {
    const random = new SeededRandom(seed);
    this.#random = random;
    const plain = generateRandomDag({
      nodes: 1 + random.integer(20),
      density: random.next() * 0.4,
      seed,
    });
    this.nodes = plain.map(({ id, needs }) => ({ id: renamed(id), needs: needs.map(renamed) }));
    this.#needs = new Map(this.nodes.map(({ id, needs }) => [id, needs]));
    for (const { id } of this.nodes) {
      this.#tags.set(
        id,
        ['even', 'odd', 'one of three'].filter(() => random.next() < 0.4),
      );
      const status = STATUSES[random.integer(STATUSES.length + 2)];
      if (status !== undefined) this.#statuses.set(id, status);
    }
    const { graph } = compileGraph(this.nodes);
    this.pipeline = { graph, tagsOf: (index) => this.#tags.get(graph.ids[index] ?? '') ?? [] };
  }

  readonly statusOf = (id: string): StageStatus | undefined => this.#statuses.get(id);

  expression(): Meant {
    const parts = this.#some(3, () => {
      const terms = this.#some(3, () => this.#term());
      return {
        text: terms.map(({ text }) => text).join(','),
        ids: terms.map(({ ids }) => ids).reduce((one, other) => one.intersection(other)),
      };
    });
    return { text: parts.map(({ text }) => text).join(' '), ids: united(parts) };
  }

  /** Stages at most so many generations away, by walking every way. */
  reach(ids: ReadonlySet<string>, direction: 'up' | 'down', generations: number): Set<string> {
    const found = new Set(ids);
    if (generations === 0) return found;
    for (const id of ids) {
      const next = direction === 'up' ? this.#needs.get(id) : this.#dependantsOf(id);
      for (const one of this.reach(new Set(next), direction, generations - 1)) found.add(one);
    }
    return found;
  }

  #term(): Meant {
    const atom = this.#atom();
    const [above, below] = [this.#generations(), this.#generations()];
    const before = above === 0 ? '' : `${Number.isFinite(above) ? above : ''}+`;
    const after = below === 0 ? '' : `+${Number.isFinite(below) ? below : ''}`;
    const up = this.reach(atom.ids, 'up', above);
    return {
      text: `${before}${atom.text}${after}`,
      ids: up.union(this.reach(atom.ids, 'down', below)),
    };
  }

  #atom(): Meant {
    const { id } = this.nodes[this.#random.integer(this.nodes.length)] as GraphNode;
    const tag = this.#tags.get(id)?.[0] ?? '';
    const tagEnd = tag.slice(-1);
    const group = /^[a-z]+/.exec(id)?.[0] ?? '';
    const last = id.slice(-1);
    const state = this.#statuses.get(id);
    const atoms: readonly Meant[] = [
      { text: id, ids: new Set([id]) },
      { text: `"${id}"`, ids: new Set([id]) },
      { text: `*${last}`, ids: this.#where((other) => other.endsWith(last)) },
      { text: `${id.slice(0, 2)}*`, ids: this.#where((other) => other.startsWith(id.slice(0, 2))) },
      {
        text: `state:${state ?? 'new'}`,
        ids: this.#where((other) => this.#statuses.get(other) === state),
      },
      ...(tag === '' ? [] : [{ text: `tag:"${tag}"`, ids: this.#tagged((name) => name === tag) }]),
      ...(tag === ''
        ? []
        : [{ text: `tag:*${tagEnd}`, ids: this.#tagged((name) => name.endsWith(tagEnd)) }]),
      ...(id.startsWith('n')
        ? []
        : [{ text: group, ids: this.#where((o) => o.startsWith(group)) }]),
    ];
    return atoms[this.#random.integer(atoms.length)] as Meant;
  }

  #tagged(accepts: (tag: string) => boolean): Set<string> {
    return this.#where((id) => this.#tags.get(id)?.some(accepts) === true);
  }

  #where(accepts: (id: string) => boolean): Set<string> {
    return new Set(this.nodes.map(({ id }) => id).filter(accepts));
  }

  #dependantsOf(id: string): string[] {
    return this.nodes.filter(({ needs }) => needs.includes(id)).map((node) => node.id);
  }

  #generations(): number {
    return [0, 0, 1, 2, Number.POSITIVE_INFINITY][this.#random.integer(5)] ?? 0;
  }

  #some<Item>(most: number, make: () => Item): Item[] {
    return Array.from({ length: 1 + this.#random.integer(most) }, make);
  }
}

/** `n4` is an instance of a matrix, `n5` a stage of a sub-pipeline. */
function renamed(id: string): string {
  const number = Number(id.slice(1));
  if (number % 3 === 1) return `score[${number},a b]`;
  return number % 3 === 2 ? `prep/n${number}` : id;
}

function united(parts: readonly Meant[]): Set<string> {
  return parts.reduce((all, { ids }) => all.union(ids), new Set<string>());
}

function idsSelected(sample: Sample, selection: Selection): string[] | 'none' {
  const result = selectStages(sample.pipeline, selection, sample.statusOf);
  if (result.ok) return sample.pipeline.graph.ids.filter((_, at) => result.value.mask[at] === 1);
  expect([selection, result.problem]).toMatchObject([selection, [{ code: 'SELECTION_EMPTY' }]]);
  return 'none';
}

describe('selectStages on random pipelines', () => {
  it('agrees with a reference that walks every way', () => {
    let empty = 0;
    for (let seed = 1; seed <= 600; seed++) {
      const sample = new Sample(seed);
      const random = new SeededRandom(seed + 10_000);
      const texts = (likelihood: number): Meant[] =>
        [0.5, 1].filter(() => random.next() < likelihood).map(() => sample.expression());
      const meant = {
        select: texts(0.4),
        from: texts(0.2),
        until: texts(0.2),
        exclude: texts(0.2),
      };
      let expected = new Set(sample.nodes.map(({ id }) => id));
      if (meant.select.length > 0) expected = expected.intersection(united(meant.select));
      for (const [list, direction] of [
        ['from', 'down'],
        ['until', 'up'],
      ] as const) {
        if (meant[list].length === 0) continue;
        const reached = sample.reach(united(meant[list]), direction, Number.POSITIVE_INFINITY);
        expected = expected.intersection(reached);
      }
      expected = expected.difference(united(meant.exclude));
      const selection = Object.fromEntries(
        Object.entries(meant).map(([list, all]) => [list, all.map(({ text }) => text)]),
      );
      const inOrder = sample.nodes.map(({ id }) => id).filter((id) => expected.has(id));
      if (inOrder.length === 0) empty++;
      expect([selection, idsSelected(sample, selection)]).toEqual([
        selection,
        inOrder.length === 0 ? 'none' : inOrder,
      ]);
    }
    expect(empty).toBeGreaterThan(20);
    expect(empty).toBeLessThan(300);
  });
});

describe('selectStages on large pipelines', () => {
  it('walks a chain of 100,000 stages', () => {
    const { graph } = compileGraph(generateChain(100_000));
    const result = selectStages(
      { graph, tagsOf: () => ['all'] },
      {
        select: ['+n99999 n0+', 'tag:all,50000+n60000'],
        from: ['n10'],
        until: ['n99989'],
        exclude: ['*7'],
      },
    );
    expect(result).toMatchObject({ ok: true, value: { count: 89_982 } });
  });

  it('takes thousands of ids out of 100,000 stages', () => {
    const { graph } = compileGraph(generateLayered({ layers: 100, width: 1000, seed: 5 }));
    const ids = graph.ids.filter((_, index) => index % 20 === 0);
    const result = selectStages({ graph, tagsOf: () => [] }, { select: [ids.join(' '), ...ids] });
    expect(result).toMatchObject({ ok: true, value: { count: 5000 } });
  });

  it('reads hostile texts of 100,000 signs and more', () => {
    const { graph } = compileGraph(generateChain(10));
    for (const sign of ['[', '"', '+', ',', '*', '?', 'a ', 'a,', '1', ':', '" ', 'x,y ']) {
      const result = selectStages({ graph, tagsOf: () => [] }, { select: [sign.repeat(100_000)] });
      expect([sign, result.ok]).toEqual([sign, sign === '*']);
    }
  });
});
