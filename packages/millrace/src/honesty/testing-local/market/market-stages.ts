import type { ConfigMap } from '../project/write-config.ts';

/** A stage as the config has it; those it needs are named by role, since ids change. */
export interface MarketStage {
  id: string;
  uses: string;
  needs: Role[];
  /** Everything else of it. */
  fields: Record<string, ConfigMap[string]>;
  with: Record<string, ConfigMap[string]>;
}

/** What a stage is in the market, whatever its id. */
export const ROLES = [
  'ingest',
  'calendar',
  'clean',
  'rank',
  'smooth',
  'open',
  'post',
  'settle',
  'remark',
  'hedge',
  'report',
  'publish',
  'archive',
  'share',
  'deliver',
  'pulse',
] as const;

export type Role = (typeof ROLES)[number];

interface Sketch {
  readonly needs?: readonly Role[];
  readonly fields?: ConfigMap;
  readonly with?: ConfigMap;
}

const SKETCHES: Readonly<Record<Role, Sketch>> = {
  ingest: {
    fields: { files: ['data/prices.csv'] },
    with: { file: 'data/prices.csv', note: 'from the exchange' },
  },
  calendar: { with: { days: 14, note: 'of one year' } },
  clean: {
    needs: ['ingest', 'calendar'],
    with: { limits: { low: 50, high: 114, label: 'daily' } },
  },
  rank: { needs: ['clean'], with: { window: 5, note: 'newest first' } },
  smooth: { needs: ['clean'], with: { note: 'of the newest' } },
  open: { with: { cash: 1000, note: 'in cash' } },
  post: { needs: ['open', 'rank'] },
  // Of the calendar it reads nothing.
  settle: { needs: ['open', 'calendar'] },
  remark: { needs: ['rank', 'smooth'] },
  hedge: { needs: ['smooth'], with: { ratio: 0.5 } },
  report: { needs: ['post', 'hedge', 'remark'] },
  publish: { needs: ['report'], with: { channel: 'desk' } },
  // It waits for the side effect of the other, which writes nothing.
  archive: { needs: ['ingest', 'publish'] },
  share: {
    needs: ['smooth'],
    fields: { matrix: { region: ['eu', 'apac'] } },
    with: { region: `\${matrix.region}` },
  },
  deliver: {
    needs: ['report'],
    with: { token: `\${secret:FEED_TOKEN}`, feed: `\${env:FEED}`, desk: `\${desk}` },
  },
  pulse: { with: { beat: 1 } },
};

export function marketStages(): Map<Role, MarketStage> {
  return new Map(
    ROLES.map((role) => {
      const { needs = [], fields = {}, with: params = {} } = structuredClone(SKETCHES[role]);
      const uses = `stages/${role}.ts`;
      return [role, { id: role, uses, needs: [...needs], fields, with: params }];
    }),
  );
}
