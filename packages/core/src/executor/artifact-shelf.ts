import { decodeValue, encodeValue, sealValue, viewValue } from '../base/codec/index.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type { CheckpointStore } from '../checkpoint/index.ts';
import type { ArtifactRef, Artifacts } from '../stage/index.ts';
import { encodedSecret, type HoldsSecret, secretInValue } from './holds-secret.ts';

/** Artifacts kept in the run's store. */
export function artifactsIn(
  store: CheckpointStore,
  holdsSecret: HoldsSecret | undefined,
): Artifacts {
  return {
    async write(name, content) {
      const bytes =
        typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
      const sealed = sealValue(bytes, name);
      if (!sealed.ok)
        throw new MillraceError('VALUE_UNSTORABLE', sealed.problem.message, {
          help: sealed.problem.help,
        });
      const encoded = encodeValue(sealed.value);
      if (encodedSecret(encoded, holdsSecret))
        throw secretInValue(`artifact ${JSON.stringify(name)}`);
      await store.saveValue(encoded);
      return { artifact: encoded.hash, name, bytes: bytes.byteLength };
    },
    async read(ref) {
      const encoded = await store.loadValue(ref.artifact);
      if (encoded === undefined)
        throw unreadable('ARTIFACT_MISSING', ref, 'the store has no such content');
      const decoded = decodeValue(encoded);
      if (!decoded.ok) throw unreadable('ARTIFACT_CORRUPT', ref, decoded.problem.message);
      return viewValue(decoded.value) as Uint8Array;
    },
  };
}

function unreadable(code: string, ref: ArtifactRef, why: string): MillraceError {
  return new MillraceError(
    code,
    `artifact ${JSON.stringify(ref.name)} (${ref.artifact}) cannot be read: ${why}`,
    {
      details: { artifact: ref.artifact, name: ref.name },
      help: 'run the stage that wrote it again',
    },
  );
}
