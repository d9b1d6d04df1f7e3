import type { BasisReader } from './basis-reader.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { LimitedItems } from './limited-items.ts';
import type { SessionParts } from './session-parts.ts';
import type { StageViews } from './stage-views.ts';
import type { StageWaits } from './stage-waits.ts';

/** What the attempts of a session work with. */
export interface LaunchSite {
  readonly parts: SessionParts;
  readonly views: StageViews;
  readonly commits: CommitQueue;
  readonly reader: BasisReader;
  readonly waits: StageWaits;
  readonly items: LimitedItems;
}
