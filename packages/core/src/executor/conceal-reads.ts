import type { AttemptReads } from '../attempt/index.ts';
import type { HoldsSecret } from './holds-secret.ts';

/**
 * What an attempt looked at, without names that hold a secret, which would be stored with them: instead of
 * such a param all params count, and instead of such a key the names of all keys.
 */
export function concealReads(
  reads: AttemptReads,
  holdsSecret: HoldsSecret | undefined,
): AttemptReads {
  if (holdsSecret === undefined) return reads;
  const keys = reads.keys.filter((key) => !holdsSecret(key));
  return {
    params: reads.params?.some((path) => holdsSecret(path)) === true ? undefined : reads.params,
    keys,
    listedKeys: reads.listedKeys || keys.length < reads.keys.length,
  };
}
