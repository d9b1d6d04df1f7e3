import type { SecretRegistry } from '@millrace/config';
import { MillraceError, type RunSource } from '@millrace/core';
import { readOverrides } from './stored-overrides.ts';

/**
 * What a run is started with is stored, for a resume to apply it again; a secret in it is to be named.
 * @throws MillraceError SECRET_IN_VALUE
 */
export function refuseGivenSecrets(
  source: Pick<RunSource, 'overrides'>,
  secrets: Pick<SecretRegistry, 'holds'>,
): void {
  const { params = {}, set = {} } = readOverrides(source);
  const given = [
    ...Object.entries(params).map((entry) => ['--param', ...entry] as const),
    ...Object.entries(set).map((entry) => ['--set', ...entry] as const),
  ];
  for (const [flag, name, value] of given) {
    if (!secrets.holds(JSON.stringify([name, value]))) continue;
    throw new MillraceError(
      'SECRET_IN_VALUE',
      `${flag} ${name} gives the value of a secret, and would be stored`,
      { details: { flag, name }, help: `name the secret: ${flag} '${name}=\${secret:NAME}'` },
    );
  }
}
