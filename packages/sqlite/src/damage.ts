/** A stored record that is not what was written. It counts as not there. */
export interface Damage {
  readonly table:
    | 'runs'
    | 'stages'
    | 'attempts'
    | 'items'
    | 'values'
    | 'events'
    | 'waits'
    | 'signals';
  /** The run it belongs to; a value belongs to none. */
  readonly runId?: string;
  /** Names the record within its table: a stage, `STAGE #ATTEMPT`, the numbers of events (`5-12`), a hash. */
  readonly record: string;
  readonly reason: string;
}

/** Told of each damaged record as it is met. */
export type OnDamage = (damage: Damage) => void;

/** `stage score of run 2026... is damaged and counts as not there: its checksum does not match` */
export function describeDamage(damage: Damage): string {
  const { table, runId, record, reason } = damage;
  const owner = runId === undefined || table === 'runs' ? '' : ` of run ${runId}`;
  return `${table.slice(0, -1)} ${record}${owner} is damaged and counts as not there: ${reason}`;
}
