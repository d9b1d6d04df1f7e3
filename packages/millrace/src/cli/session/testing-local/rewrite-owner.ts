import { DatabaseSync } from '../../../testing-local/database.ts';

/** Makes the owner of every run one of another machine, whose lease runs out after `leaseMs` without a beat. */
export function moveOwnerElsewhere(path: string, leaseMs: number): void {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  database
    .prepare(
      "UPDATE runs SET owner_host = 'far-away', owner_lease_ms = ? WHERE owner_host IS NOT NULL",
    )
    .run(leaseMs);
  database.close();
}
