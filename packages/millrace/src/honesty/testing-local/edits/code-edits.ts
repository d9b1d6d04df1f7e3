import { FAKE_PACKAGE, type Market } from '../market/market.ts';
import { ROLES, type Role } from '../market/market-stages.ts';
import { importersOf } from '../project/importers-of.ts';
import { type EditKinds, type Foreseen, NOTHING, oneOf } from './edit.ts';

/** Modules that stages import, by how many imports away the last one of them is. */
const DEEP = { one: ['lib/rank.ts', 'lib/mean.ts'], two: ['lib/order.ts', 'lib/sum.ts'] };
const DEEPEST = 'lib/exact.ts';
export const HELPERS = [...DEEP.one, ...DEEP.two, DEEPEST, 'lib/bars.ts', 'lib/ledger.ts'];

/** Stages whose outputs others read. */
const READ_BY_OTHERS: readonly Role[] = [
  'ingest',
  'clean',
  'rank',
  'smooth',
  'open',
  'post',
  'remark',
  'report',
];

const CODED: readonly Role[] = [
  ...READ_BY_OTHERS,
  'calendar',
  'archive',
  'settle',
  'share',
  'deliver',
];

export const CODE_EDITS: EditKinds<Market> = {
  'code of a stage, other outputs': (market, random) => {
    const role = oneOf(READ_BY_OTHERS, random);
    bump(market, moduleOf(market, role), 'FACTOR', 0.01);
    return { runs: codeChanged(market, moduleOf(market, role)), effect: 'spreads' };
  },

  'code of a stage, same outputs': (market, random) => {
    const role = oneOf(CODED, random);
    bump(market, moduleOf(market, role), 'PASSES', 1);
    return { runs: codeChanged(market, moduleOf(market, role)), effect: 'kept' };
  },

  'code of a stage that writes nothing': (market) => {
    const file = moduleOf(market, 'publish');
    bump(market, file, 'PASSES', 1);
    return { runs: codeChanged(market, file), effect: 'any' };
  },

  'helper that a stage imports, other outputs': (market, random) =>
    editHelper(market, oneOf(DEEP.one, random), ['ADDED', 0.25]),

  'helper two imports deep, other outputs': (market, random) =>
    editHelper(market, oneOf(DEEP.two, random), ['ADDED', 0.5]),

  'helper three imports deep, other outputs': (market) => {
    const digits = numberIn(market.project.read(DEEPEST), 'DIGITS');
    return editHelper(market, DEEPEST, ['DIGITS', digits > 4 ? -1 : 3]);
  },

  'helper three imports deep, same outputs': (market) => {
    editHelper(market, DEEPEST, ['ROUNDS', 1]);
    return { runs: codeChanged(market, DEEPEST), effect: 'kept' };
  },

  'version in the spec': (market, random) => {
    const role = oneOf(['rank', 'smooth'] as const, random);
    const file = moduleOf(market, role);
    const pattern = /(version: ['"])(\d+)/;
    const before = Number(pattern.exec(market.project.read(file))?.[2]);
    market.project.edit(file, (text) => text.replace(pattern, `$1${before + 1}`));
    const reason = `version ${before} -> ${before + 1}; code: ${file} changed`;
    return { runs: { [market.stage(role).id]: reason }, effect: 'kept' };
  },

  'default value in a schema': (market) => {
    const file = moduleOf(market, 'smooth');
    const pattern = /(span: z\.int\(\)\.default\()(\d+)/;
    const before = Number(pattern.exec(market.project.read(file))?.[2]);
    const after = before === 8 ? 7 : 8;
    market.project.edit(file, (text) => text.replace(pattern, `$1${after}`));
    const { id } = market.stage('smooth');
    const place = market.place('stages', id, 'with');
    const reason = `code: ${file} changed; with.span ${before} -> ${after} at ${place}`;
    return { runs: { [id]: reason }, effect: 'spreads' };
  },

  'version and code of a package': (market) => {
    market.project.edit(`${FAKE_PACKAGE}/index.js`, (text) =>
      text.replace(/REST = (\d)/, (_, rest: string) => `REST = ${(Number(rest) + 1) % 7}`),
    );
    return editPackage(market, 'spreads');
  },

  'version of a package, same code': (market) => editPackage(market, 'kept'),

  'module that is moved': (market) => {
    const stage = market.stage('pulse');
    const moved = `stages/pulse-${market.count()}.ts`;
    market.project.move(stage.uses, moved);
    stage.uses = moved;
    for (const extra of Object.values(market.extra)) Object.assign(extra, { uses: `./${moved}` });
    market.save();
    return NOTHING;
  },

  'module that nothing imports': (market) => {
    const count = market.count();
    market.project.write('lib/unused.ts', `export const unused = ${count};\n`);
    return NOTHING;
  },
};

export function moduleOf(market: Market, role: Role): string {
  return market.stage(role).uses;
}

function editHelper(market: Market, file: string, [name, by]: [string, number]): Foreseen {
  bump(market, file, name, by);
  return { runs: codeChanged(market, file), effect: 'spreads' };
}

/** Every stage that runs the file, and no other. */
function codeChanged(market: Market, file: string): Record<string, string> {
  const modules = ROLES.map((role) => moduleOf(market, role));
  const importers = importersOf(market.project, modules, file);
  const ids = ROLES.filter((role) => importers.includes(moduleOf(market, role))).flatMap((role) =>
    market.idsOf(role),
  );
  return Object.fromEntries(ids.map((id) => [id, `code: ${file} changed`]));
}

/** Adds to a constant of a module, however it is formatted. */
function bump({ project }: Market, file: string, name: string, by: number): void {
  const before = numberIn(project.read(file), name);
  project.edit(file, (text) => text.replace(constant(name), `$1${before + by}`));
}

function numberIn(text: string, name: string): number {
  return Number(constant(name).exec(text)?.[2]);
}

function constant(name: string): RegExp {
  return new RegExp(`(const ${name}(?:: number)? = )(-?[\\d.]+)`);
}

function editPackage(market: Market, effect: Foreseen['effect']): Foreseen {
  const file = `${FAKE_PACKAGE}/package.json`;
  const manifest = JSON.parse(market.project.read(file)) as { version: string };
  const before = manifest.version;
  const after = `1.${market.count()}.0`;
  market.project.write(file, JSON.stringify({ ...manifest, version: after }, null, 2));
  const reason = `code: trading-days ${before} -> ${after}`;
  return { runs: { [market.stage('calendar').id]: reason }, effect };
}
