import type { ModelPipeline } from '@millrace/core';
import type { Chain, Written } from '../chain/link.ts';
import type { Crew } from './crew.ts';

/** A pipeline that is ready for messages. */
export interface Equipped {
  readonly pipeline: ModelPipeline;
  readonly chain: Chain;
  readonly crew: Crew;
}

/** Stages and values that belong together: a message is served by one generation only. */
export interface Generation {
  /** Counts up from 1. */
  readonly number: number;
  readonly main: Equipped;
  readonly intake: Equipped | undefined;
  /** Context keys that the stream itself gives to both pipelines. */
  readonly values: Written;
}
