import type { EncodedValue } from '../../base/codec/index.ts';
import type { RunId } from '../../base/ids.ts';
import {
  type AcquireResult,
  type CheckpointStore,
  InterceptedStore,
  isWrite,
  type Lease,
  type NewRun,
  type Owner,
  type SeenLease,
  type StoreCall,
} from '../../checkpoint/index.ts';

type MaybePromise<T> = T | Promise<T>;

/** What a process waits for: it happens when the world lets it. */
export interface Pending {
  /** What it is, for the log of a schedule. */
  readonly name: string;
  readonly happen: () => void;
}

interface SimulatedStoreParts {
  readonly inner: CheckpointStore;
  /** The machine that this process runs on. */
  readonly host: string;
  /** Takes what is to happen later. */
  readonly defer: (pending: Pending) => void;
  /** Drawn for each call: whether it fails, and whether it has taken effect by then. */
  readonly fault: (call: StoreCall) => 'none' | 'unwritten' | 'written';
}

/**
 * The store as one process of a simulated network sees it: a call reaches it at one moment and its answer
 * arrives at a later one, and what another process does in between is seen. A write that fails may have been
 * carried out.
 */
export class SimulatedStore extends InterceptedStore implements CheckpointStore {
  readonly #parts: SimulatedStoreParts;

  constructor(parts: SimulatedStoreParts) {
    super(parts.inner);
    this.#parts = parts;
  }

  override createRun(
    run: NewRun,
    values: readonly EncodedValue[],
    owner: Owner,
  ): MaybePromise<Lease> {
    return super.createRun(run, values, this.#onHost(owner));
  }

  override acquireRun(id: RunId, owner: Owner, seen?: SeenLease): MaybePromise<AcquireResult> {
    return super.acquireRun(id, this.#onHost(owner), seen);
  }

  protected override intercept<Answer>(
    call: StoreCall,
    proceed: () => MaybePromise<Answer>,
  ): Promise<Answer> {
    const { defer, fault } = this.#parts;
    return new Promise<Answer>((resolve, reject) => {
      const arrive = (): void => {
        const kind = isWrite(call) ? fault(call) : 'none';
        let answer: () => void;
        try {
          const value = kind === 'unwritten' ? undefined : (proceed() as Answer);
          answer = () => (kind === 'none' ? resolve(value as Answer) : reject(brokenLine(call)));
        } catch (error) {
          answer = () => reject(error);
        }
        defer({ name: `answer to ${call.method}`, happen: answer });
      };
      defer({ name: call.method, happen: arrive });
    });
  }

  #onHost(owner: Owner): Owner {
    return { ...owner, host: this.#parts.host };
  }
}

function brokenLine({ method }: StoreCall): Error {
  return Object.assign(new Error(`${method}: the line broke`), { code: 'ECONNRESET' });
}
