import { describeValue } from '../base/describe-value.ts';
import { MAX_STAGE_ID_LENGTH } from '../base/ids.ts';
import { unreachable } from '../base/invariant.ts';
import { didYouMean, nearestName } from '../base/nearest-name.ts';
import { STAGE_STATUSES } from '../events/index.ts';
import { NearestIds } from '../graph/nearest-ids.ts';
import { ATOM_PREFIXES } from './parse-atom.ts';
import type { SelectablePipeline, SelectionOption } from './selection.ts';
import type { SelectionPlace, SelectionUnknownProblem } from './selection-problem.ts';
import type { NamePattern, SelectionAtom } from './selection-term.ts';
import { groupNames } from './stage-group.ts';
import { STAGE_STATES } from './stage-states.ts';

/** Names that a message about an unknown one lists. */
const LISTED_NAMES = 8;

type Wording = Pick<SelectionUnknownProblem, 'message' | 'expected' | 'help'>;

/** Words the problems of names that nothing has; what that takes is collected when first needed. */
export class UnknownNames {
  readonly #pipeline: SelectablePipeline;
  #stages: NameList | undefined;
  #tags: NameList | undefined;

  constructor(pipeline: SelectablePipeline) {
    this.#pipeline = pipeline;
  }

  problemOf({ kind, name }: SelectionAtom, place: SelectionPlace): SelectionUnknownProblem {
    const base = { code: 'SELECTION_UNKNOWN', ...place, kind, name: name.text } as const;
    switch (kind) {
      case 'stage':
        return { ...base, ...this.#stageWording(name), ...negationHelp(name, place.option) };
      case 'tag':
        return { ...base, ...this.#tagWording(name) };
      case 'state':
        return { ...base, ...stateWording(name.text) };
      default:
        return unreachable(kind, 'unknown kind of atom');
    }
  }

  #stageWording({ text, isGlob }: NamePattern): Wording {
    const { ids } = this.#pipeline.graph;
    const expected = listed(ids);
    if (isGlob) {
      const help = 'a glob is compared with the whole id, large and small letters apart';
      return { message: `no stage id fits ${describeValue(text)}`, ...expected, help };
    }
    this.#stages ??= new NameList([...ids, ...groupNames(ids)]);
    return {
      message: `there is no stage ${describeValue(text)}`,
      ...expected,
      help:
        this.#stages.didYouMean(text) ??
        prefixHint(text) ??
        `the stages are ${firstOf(ids)}; ${OTHER_WAYS}`,
    };
  }

  #tagWording({ text, isGlob }: NamePattern): Wording {
    this.#tags ??= new NameList(this.#allTags());
    const { names } = this.#tags;
    const typed = describeValue(text);
    return {
      message: isGlob ? `no tag fits ${typed}` : `no stage has the tag ${typed}`,
      ...listed(names),
      help:
        this.#tags.didYouMean(text) ??
        (names.length === 0
          ? 'no stage has any tag; give them in the config: tags: [NAME]'
          : `the tags are ${firstOf(names)}`),
    };
  }

  #allTags(): readonly string[] {
    const { graph, tagsOf } = this.#pipeline;
    return [...new Set(graph.ids.flatMap((_, index) => tagsOf(index)))];
  }
}

/** Suggestions out of one list, within a bounded time for any number of typed names. */
class NameList {
  readonly names: readonly string[];
  readonly #nearest: NearestIds;

  constructor(names: readonly string[]) {
    this.names = names;
    this.#nearest = new NearestIds(names);
  }

  didYouMean(typed: string): string | undefined {
    if (typed.length > MAX_STAGE_ID_LENGTH) return undefined;
    const nearest = this.#nearest.nearest(typed, typed);
    return nearest === undefined ? undefined : didYouMean(typed, [nearest]);
  }
}

const OTHER_WAYS =
  'beside ids there are globs such as "in*", tag:NAME and state:STATE; an id with spaces, commas or plus signs goes in quotes';

/** In other tools a sign in front takes away. */
function negationHelp(
  { text }: NamePattern,
  option: SelectionOption,
): Pick<Wording, 'help'> | undefined {
  const name = /^[!^~-](.+)$/s.exec(text.slice(0, MAX_STAGE_ID_LENGTH + 1))?.[1];
  if (name === undefined) return undefined;
  return {
    help:
      option === 'exclude'
        ? `exclude takes away by itself: --exclude ${name}`
        : `to leave stages out, write --exclude ${name}`,
  };
}

/** `status:failed` is most likely `state:failed`. */
function prefixHint(typed: string): string | undefined {
  const colon = typed.slice(0, MAX_STAGE_ID_LENGTH).indexOf(':');
  if (colon === -1) return undefined;
  const prefix = nearestName(typed.slice(0, colon), ATOM_PREFIXES);
  if (prefix === undefined) return undefined;
  return `did you mean ${describeValue(`${prefix}${typed.slice(colon)}`)}?`;
}

function stateWording(typed: string): Wording {
  const isUnfinished = STAGE_STATUSES.some((status) => status === typed);
  const near = typed.length > MAX_STAGE_ID_LENGTH ? undefined : didYouMean(typed, STAGE_STATES);
  return {
    message: `there is no state ${describeValue(typed)} to select by`,
    ...listed(STAGE_STATES),
    help: isUnfinished
      ? 'a stage that has not ended is in the state new'
      : (near ?? `the states are ${firstOf(STAGE_STATES)}; new is a stage that has not ended yet`),
  };
}

function listed(names: readonly string[]): Pick<Wording, 'expected'> {
  return names.length === 0 ? {} : { expected: `one of ${firstOf(names)}` };
}

function firstOf(names: readonly string[]): string {
  const shown = names.slice(0, LISTED_NAMES).join(', ');
  return `${shown}${names.length > LISTED_NAMES ? ', ...' : ''}`;
}
