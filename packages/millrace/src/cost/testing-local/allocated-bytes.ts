import { Session } from 'node:inspector';

/** Bytes between two samples of the allocations, on average. */
const SAMPLING_INTERVAL = 2048;

interface SampledNode {
  readonly selfSize: number;
  readonly children: readonly SampledNode[];
}

/** About how many bytes are allocated while `body` runs, whatever of them is garbage by then. */
export async function allocatedBytes(body: () => Promise<void>): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    const options = {
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    };
    await post(session, 'HeapProfiler.startSampling', {
      samplingInterval: SAMPLING_INTERVAL,
      ...options,
    });
    await body();
    const { profile } = (await post(session, 'HeapProfiler.stopSampling')) as {
      readonly profile: { readonly head: SampledNode };
    };
    return sizeOf(profile.head);
  } finally {
    session.disconnect();
  }
}

function sizeOf({ selfSize, children }: SampledNode): number {
  return children.reduce((sum, child) => sum + sizeOf(child), selfSize);
}

function post(session: Session, method: string, params: object = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    session.post(method, params, (error, result) => {
      if (error === null) resolve(result);
      else reject(error);
    });
  });
}
