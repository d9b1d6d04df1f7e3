import type { EncodedValue } from '../base/codec/index.ts';
import type { ValueHash } from '../checkpoint/index.ts';
import type { FailureRecord } from '../events/index.ts';
import type { FileEntry, RecordedCode } from '../plan/index.ts';

/** One attempt of a stage of a stored run, with all that it needs to be tried again anywhere. */
export interface Capsule {
  readonly head: CapsuleHead;
  /** All that the head refers to by hash, and nothing else. */
  readonly values: ReadonlyMap<ValueHash, EncodedValue>;
}

/** `lost`: its process died. `running`: it had not ended when the capsule was made. */
export const CAPSULE_STATUSES = ['succeeded', 'failed', 'cancelled', 'lost', 'running'] as const;

export type CapsuleStatus = (typeof CAPSULE_STATUSES)[number];

/** What a capsule says of its attempt: plain data. */
export interface CapsuleHead {
  readonly pipeline: string;
  readonly runId: string;
  readonly stage: string;
  readonly attempt: number;
  readonly status: CapsuleStatus;
  /** Milliseconds since 1970 UTC. */
  readonly startedAt?: number;
  readonly durationMs?: number;
  readonly failure?: FailureRecord;
  /** Names the stage's class, relative to the config. */
  readonly uses: string;
  /** The config, relative to the folder that the run was started in; never outside of it. */
  readonly config?: string;
  readonly startedWith: CapsuleStart;
  readonly options: CapsuleOptions;
  /** Undefined when nobody knew it. */
  readonly code?: CapsuleCode;
  /** Files that the stage reads beside its inputs, by their digests. Their content is not in the capsule. */
  readonly files: readonly FileEntry[];
  readonly params: CapsuleParams;
  /** By the stage's own names. */
  readonly inputs: readonly NamedSlot[];
  /** Keys that it may update, by its own names, as they were before. */
  readonly updates: readonly NamedSlot[];
  /** What else it could look up, by the names that it uses for it. */
  readonly context: readonly NamedSlot[];
  /** Artifacts that the values refer to, as far as their content is in the capsule. */
  readonly artifacts: readonly CapsuleArtifact[];
  /** What the stage wrote; empty unless it succeeded. */
  readonly outputs: readonly CapsuleOutput[];
  /** What is to be known of the capsule, a sentence each. */
  readonly notes: readonly string[];
  readonly madeBy: CapsuleMaker;
}

/** How the pipeline was chosen and changed when its run was started. Told only: a replay applies none of it. */
export interface CapsuleStart {
  readonly pipeline?: string;
  readonly environment?: string;
  /** As one would write it: `--param date=2026-11-20`. */
  readonly flags: readonly string[];
}

export interface CapsuleOptions {
  readonly timeoutMs?: number;
  readonly graceMs: number;
}

export interface CapsuleCode extends RecordedCode {
  /** False: as it was when the capsule was made, since the store keeps none of an attempt that failed. */
  readonly isOfAttempt: boolean;
}

export interface CapsuleParams {
  /** Empty: there are none. */
  readonly hash: ValueHash;
  /** False: as they were written, before the stage's schema read them. */
  readonly isAsRead: boolean;
  /** Those that hold a secret, by path, and the text in its place: `with.token`, `Bearer ${secret:TOKEN}`. */
  readonly secrets: readonly (readonly [path: string, text: string])[];
}

/** Why a value is not in the capsule. `unread`: the attempt is on record not to have read it. */
export const LEFT_OUT_REASONS = ['secret', 'replaced', 'damaged', 'large', 'unread'] as const;

export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** What stood at a place from which a stage reads. */
export type CapsuleSlot =
  | {
      readonly kind: 'value';
      readonly hash: ValueHash;
      readonly key: string;
      /** Null: the initial context. */
      readonly writer: string | null;
      /** Written after the attempt had begun: what it saw is not kept. */
      readonly isLater: boolean;
    }
  /** Nobody had written it. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'left-out'; readonly why: LeftOutReason };

/** The name has a place behind it where several keys are gathered: `prices[1]`. */
export type NamedSlot = CapsuleSlot & { readonly name: string };

export interface CapsuleArtifact {
  readonly artifact: ValueHash;
  readonly name: string;
}

export interface CapsuleOutput {
  /** The stage's own name for it. */
  readonly name: string;
  readonly key: string;
  readonly kind: 'output' | 'update';
  /** Of the value as it was left; empty when the store cannot tell it any more. */
  readonly hash: ValueHash;
  /** The value is in the capsule too, so that differences can be told by place. */
  readonly isKept: boolean;
}

export interface CapsuleMaker {
  readonly node: string;
  readonly platform: string;
  /** Of Millrace. */
  readonly version?: string;
}
