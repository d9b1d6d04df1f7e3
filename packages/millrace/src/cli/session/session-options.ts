import type { RunOptions } from '@millrace/core';
import type { SessionFlags } from '../command-context.ts';
import type { StoredOverrides } from '../runs/stored-overrides.ts';

/** Settings of a session: the flags, else what the run was started with. */
export function sessionOptions(flags: SessionFlags, stored: StoredOverrides = {}): RunOptions {
  const concurrency = flags.concurrency ?? stored.concurrency;
  const durability = flags.durability ?? stored.durability;
  const failureMode = flags.failureMode ?? stored.failureMode;
  const onFailure = flags.onFailure ?? stored.onFailure;
  return {
    ...(flags.detachWaits === true ? { detachWaits: true } : {}),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(durability === undefined ? {} : { durability }),
    ...(failureMode === undefined ? {} : { failureMode }),
    ...(onFailure === undefined ? {} : { onFailure }),
  };
}
