import type { PathSegment } from '../base/diagnostic.ts';
import { unreachable } from '../base/invariant.ts';
import { formatPath } from '../base/schema-issues.ts';
import type { SourceLocation } from '../base/source-location.ts';
import { CODED_CONDITION } from '../pipeline/index.ts';
import { shortValue } from './short-value.ts';

/** One cause of a decision. */
export type Reason =
  | { readonly kind: 'new' }
  /** New in this run, and no other run has an outcome that could be taken over. */
  | { readonly kind: 'uncached' }
  | { readonly kind: 'unfinished'; readonly status: 'failed' | 'skipped' | 'cancelled' | 'undone' }
  | { readonly kind: 'lost'; readonly attempt: number }
  | { readonly kind: 'damaged'; readonly message: string }
  | {
      readonly kind: 'param';
      /** Within `with`. */
      readonly path: readonly PathSegment[];
      /** Undefined: it was not set. */
      readonly before: unknown;
      /** Undefined: it is not set any more. */
      readonly after: unknown;
      readonly at: SourceLocation | undefined;
    }
  | { readonly kind: 'params' }
  | {
      readonly kind: 'code-file';
      readonly file: string;
      readonly change: 'changed' | 'added' | 'removed';
    }
  | {
      readonly kind: 'package';
      readonly name: string;
      readonly before: string | undefined;
      readonly after: string | undefined;
    }
  | { readonly kind: 'version'; readonly before: string; readonly after: string }
  | { readonly kind: 'uses'; readonly before: string; readonly after: string }
  | { readonly kind: 'code' }
  | { readonly kind: 'wiring' }
  /** Of a mapped stage that succeeded: it runs for the items that failed. */
  | { readonly kind: 'items'; readonly failed: number; readonly total: number }
  | {
      readonly kind: 'file';
      readonly file: string;
      readonly change: 'changed' | 'added' | 'removed';
    }
  /** `because`: the stage that wrote it and ran again. */
  | { readonly kind: 'input'; readonly name: string; readonly because: string | undefined }
  | {
      readonly kind: 'context';
      /** Of the initial context. */
      readonly key: string;
      readonly before: unknown;
      readonly after: unknown;
      readonly at: SourceLocation | undefined;
    }
  /** `stages`: those that ran again, as far as that is known; else it needs others than before. */
  | { readonly kind: 'needs'; readonly stages: readonly string[] }
  /** It needs one that runs, and tells by nothing whether it did the same again. */
  | { readonly kind: 'silent'; readonly from: Mover }
  /** Undecided: what the stage reads may be made anew. */
  | { readonly kind: 'pending-input'; readonly name: string; readonly from: Mover }
  | { readonly kind: 'pending-needs'; readonly from: Mover }
  | { readonly kind: 'pending-cache'; readonly from: Mover }
  /** Undecided: its condition cannot be asked yet. `from`: who makes what that reads, where it is known. */
  | {
      readonly kind: 'pending-condition';
      readonly text: string;
      readonly from: Mover | undefined;
    }
  /** Undecided: a condition may skip a stage that it cannot do without. */
  | { readonly kind: 'pending-skip'; readonly by: string }
  | { readonly kind: 'no-basis'; readonly from: Mover }
  | { readonly kind: 'forced' }
  | { readonly kind: 'unselected'; readonly kept: boolean }
  | { readonly kind: 'condition'; readonly text: string }
  /** Nobody can tell whether it holds: the stage fails where it is asked. */
  | { readonly kind: 'unclear-condition'; readonly text: string }
  /** `isLeftOut`: for want of a stage that is not selected; else of one whose condition does not hold. */
  | { readonly kind: 'blocked'; readonly by: string; readonly isLeftOut: boolean }
  | { readonly kind: 'kept'; readonly attempt: number }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'cached'; readonly runId: string }
  /** Kept: its outputs were made those of the present version. */
  | { readonly kind: 'migrated'; readonly from: string; readonly to: string }
  | { readonly kind: 'unmigrated'; readonly from: string; readonly message: string };

/** Whether a stage runs because it was asked for by name. */
export function isForced(reasons: readonly Reason[] | undefined): boolean {
  return reasons?.some(({ kind }) => kind === 'forced') === true;
}

/** A stage that may write something else than it did. */
export interface Mover {
  readonly id: string;
  readonly decision: 'run' | 'undecided';
}

const MOST_SHOWN = 3;

/** The reasons of one decision, as one line. */
export function describeReasons(reasons: readonly Reason[]): string {
  const pending = new Map<string, Pending>();
  const texts: string[] = [];
  for (const reason of reasons) {
    if (reason.kind !== 'pending-input' && reason.kind !== 'pending-needs') {
      texts.push(describeReason(reason));
      continue;
    }
    const { from, names } = pending.get(reason.from.id) ?? { from: reason.from, names: [] };
    names.push(reason.kind === 'pending-input' ? `input ${reason.name}` : EVERYTHING);
    pending.set(from.id, { from, names });
  }
  for (const open of pending.values()) texts.push(describePending(open));
  const shown = texts.slice(0, MOST_SHOWN);
  const hidden = texts.length - shown.length;
  return `${shown.join('; ')}${hidden > 0 ? `; and ${hidden} more` : ''}`;
}

/** Stands for all that a stage writes, where another rests on it without reading it. */
const EVERYTHING = '';

interface Pending {
  readonly from: Mover;
  readonly names: string[];
}

function describePending({ from, names }: Pending): string {
  if (names.includes(EVERYTHING)) return `runs if what ${quoted(from.id)} writes changes`;
  const shown = names.slice(0, MOST_SHOWN).join(', ');
  const more = names.length > MOST_SHOWN ? ' and more' : '';
  return `runs if ${shown}${more} ${names.length === 1 ? 'changes' : 'change'}: ${moves(from)}`;
}

function moves({ id, decision }: Mover): string {
  return `${quoted(id)} ${decision === 'run' ? 'runs' : 'may run'}`;
}

function describeReason(reason: SettledReason): string {
  switch (reason.kind) {
    case 'new':
      return 'it has not run yet';
    case 'uncached':
      return 'it has not run yet, and no other run has done the same';
    case 'unfinished':
      return reason.status === 'failed' ? 'it failed' : `it was ${reason.status}`;
    case 'lost':
      return `attempt ${reason.attempt} died with its process`;
    case 'damaged':
      return `its checkpoint is damaged: ${reason.message}`;
    case 'param':
      return describeChange(formatPath(['with', ...reason.path]), reason);
    case 'context':
      return describeChange(formatPath(['context', reason.key]), reason);
    case 'params':
      return 'its params changed';
    case 'code-file':
      return `code: ${reason.file} ${FILE_WORDS[reason.change]}`;
    case 'package':
      return `code: ${reason.name} ${reason.before ?? 'not used'} -> ${reason.after ?? 'not used'}`;
    case 'version':
      return `version ${reason.before} -> ${reason.after}`;
    case 'uses':
      return `uses ${reason.before} -> ${reason.after}`;
    case 'code':
      return 'its code changed';
    case 'items':
      return `${reason.failed} of ${reason.total} items failed`;
    case 'wiring':
      return 'the keys that it writes, or its fallback, changed';
    case 'file':
      return `file ${reason.file} ${FILE_WORDS[reason.change]}`;
    case 'input':
      return reason.because === undefined
        ? `input ${reason.name} changed`
        : `input ${reason.name} changed because ${quoted(reason.because)} ran again`;
    case 'needs':
      return reason.stages.length === 0
        ? 'what it needs changed'
        : `${reason.stages.map(quoted).join(' and ')} ran since`;
    case 'silent':
      return `${moves(reason.from)}, and writes nothing that could be compared`;
    case 'pending-cache':
      return `kept if another run had the same inputs: ${moves(reason.from)}`;
    case 'pending-condition':
      return `runs if ${conditionText(reason.text)} holds${reason.from === undefined ? '' : `: ${moves(reason.from)}`}`;
    case 'pending-skip':
      return `runs unless ${quoted(reason.by)} is skipped`;
    case 'no-basis':
      return `${moves(reason.from)}, and what this one read of it is not on record`;
    case 'forced':
      return 'asked for';
    case 'unselected':
      return reason.kept ? 'not selected: kept as it was' : 'not selected';
    case 'condition':
      if (reason.text === 'false') return 'when is false';
      return `${conditionText(reason.text, 'when ')} does not hold`;
    case 'unclear-condition':
      return `${conditionText(reason.text, 'when ')} cannot be decided`;
    case 'blocked':
      return `it needs ${quoted(reason.by)}, which is ${reason.isLeftOut ? 'left out' : 'skipped'}`;
    case 'kept':
      return `it succeeded in attempt ${reason.attempt}`;
    case 'unchanged':
      return 'what it reads came out the same';
    case 'migrated':
      return `its outputs of version ${reason.from} were migrated to ${reason.to}`;
    case 'unmigrated':
      return `its outputs of version ${reason.from} cannot be migrated: ${reason.message}`;
    case 'cached':
      return `run ${reason.runId} had the same inputs`;
    default:
      return unreachable(reason, 'unknown kind of reason');
  }
}

/** Pending ones are told together. */
type SettledReason = Exclude<Reason, { readonly kind: 'pending-input' | 'pending-needs' }>;

const FILE_WORDS = { changed: 'changed', added: 'is new', removed: 'is gone' } as const;

interface Change {
  readonly before: unknown;
  readonly after: unknown;
  readonly at: SourceLocation | undefined;
}

function describeChange(what: string, { before, after, at }: Change): string {
  const place = at === undefined ? '' : ` at ${at.file}:${at.line}:${at.column}`;
  return `${what} ${shortValue(before)} -> ${shortValue(after)}${place}`;
}

function conditionText(condition: string, before = ''): string {
  return condition === CODED_CONDITION ? 'its condition' : `${before}${condition}`;
}

function quoted(id: string): string {
  return JSON.stringify(id);
}
