import type { PlainConfig, PlainStage } from './random-config.ts';

/** What a stage of the whole config comes to; needs in any order. */
export interface NaiveStage {
  readonly id: string;
  readonly needs: ReadonlySet<string>;
  readonly with: unknown;
  readonly reads: unknown;
  readonly writes: unknown;
  readonly namespace: string;
  readonly suffix: string;
}

interface Use {
  readonly name: string;
  readonly prefix: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The outer names of keys, by those inside. */
  readonly shared: Readonly<Record<string, string>>;
  /** What the first stages wait for. */
  readonly waits: ReadonlySet<string>;
}

interface Member {
  readonly names: readonly string[];
  readonly last: ReadonlySet<string>;
  readonly inside: Expanded | undefined;
}

interface Expanded {
  readonly stages: readonly NaiveStage[];
  readonly last: ReadonlySet<string>;
  readonly members: readonly Member[];
}

/** The stages of `p0`, worked out by following the rules one by one, with no thought of speed or faults. */
export function naiveExpansion(config: PlainConfig): readonly NaiveStage[] {
  const params = config.p0?.params ?? {};
  return expand(config, { name: 'p0', prefix: '', params, shared: {}, waits: new Set() }).stages;
}

/** Needs lead to earlier stages only, so that one pass is enough. */
function expand(config: PlainConfig, use: Use): Expanded {
  const stages: NaiveStage[] = [];
  const members: Member[] = [];
  const needed = new Set<string>();
  for (const [name, stage] of Object.entries(config[use.name]?.stages ?? {})) {
    for (const { label, variables } of repetitions(stage)) {
      const filled = fill(stage, { ...use.params, ...variables }) as PlainStage;
      const own = new Set((filled.needs ?? []).flatMap((text) => [...idsOf(text, members)]));
      for (const id of own) needed.add(id);
      const needs = filled.needs === undefined ? use.waits : own;
      const member = { id: `${use.prefix}${name}${label}`, filled, needs, label };
      const inside = stage.pipeline === undefined ? undefined : expandInside(config, use, member);
      if (inside === undefined) stages.push(toStage(use, member));
      else stages.push(...inside.stages);
      members.push({
        names: [name, `${name}${label}`, ...(label === '' ? [] : [`${name}[*]`])],
        last: inside?.last ?? new Set([member.id]),
        inside,
      });
    }
  }
  const last = new Set(stages.map(({ id }) => id).filter((id) => !needed.has(id)));
  const innerNeeds = new Set(stages.flatMap(({ needs }) => [...needs]));
  return { stages, members, last: last.difference(innerNeeds) };
}

interface NaiveMember {
  readonly id: string;
  readonly filled: PlainStage;
  readonly needs: ReadonlySet<string>;
  readonly label: string;
}

function expandInside(config: PlainConfig, use: Use, { id, filled, needs }: NaiveMember): Expanded {
  const name = filled.pipeline ?? '';
  const inner = config[name];
  const shared = { in: keyOf(filled.reads?.in ?? 'in', use) };
  const written = filled.writes?.k;
  return expand(config, {
    name,
    prefix: `${id}/`,
    params: { ...inner?.params, ...filled.params },
    shared: written === undefined ? shared : { ...shared, k: keyOf(written, use) },
    waits: needs,
  });
}

function toStage(use: Use, { id, filled, needs, label }: NaiveMember): NaiveStage {
  const renamed = (renames: Readonly<Record<string, string>> | undefined): unknown =>
    renames &&
    Object.fromEntries(Object.entries(renames).map(([name, key]) => [name, keyOf(key, use)]));
  return {
    id,
    needs,
    with: filled.with,
    reads: renamed(filled.reads),
    writes: renamed(filled.writes),
    namespace: use.prefix,
    suffix: label,
  };
}

function keyOf(key: string, { prefix, shared }: Use): string {
  const [base = '', ...label] = key.split(/(?=\[)/);
  return base in shared ? `${shared[base]}${label.join('')}` : `${prefix}${key}`;
}

function idsOf(text: string, members: readonly Member[]): ReadonlySet<string> {
  const [name = '', ...rest] = text.split('/');
  const meant = members.filter(({ names }) => names.includes(name));
  return new Set(
    meant.flatMap(({ last, inside }) =>
      rest.length === 0 ? [...last] : [...idsOf(rest.join('/'), inside?.members ?? [])],
    ),
  );
}

interface Repetition {
  readonly label: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function repetitions({ matrix, foreach }: PlainStage): readonly Repetition[] {
  const kind = matrix === undefined ? 'foreach' : 'matrix';
  const lists = Object.entries(matrix ?? foreach ?? {});
  if (lists.length === 0) return [{ label: '', variables: {} }];
  const firsts = lists[0]?.[1] ?? [];
  const rows: readonly (readonly unknown[])[] =
    matrix === undefined
      ? firsts.map((_, index) => lists.map(([, values]) => values[index]))
      : lists.reduce<readonly (readonly unknown[])[]>(
          (all, [, values]) => all.flatMap((row) => values.map((value) => [...row, value])),
          [[]],
        );
  return rows.map((row) => ({
    label: `[${row.join(',')}]`,
    variables: Object.fromEntries(lists.map(([name], index) => [`${kind}.${name}`, row[index]])),
  }));
}

function fill(value: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, values));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, fill(inner, values)]),
    );
  if (typeof value !== 'string') return value;
  const whole = /^\$\{([^}]*)\}$/.exec(value)?.[1];
  if (whole !== undefined) return values[whole];
  return value.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => String(values[name]));
}
