import { setOwnProperty } from '../base/codec/own-property.ts';
import { readCell } from '../context/index.ts';
import type { WiredInput } from '../pipeline/index.ts';
import type { StageViews } from './stage-views.ts';

/** What a stage gets for its inputs, by name; one that nobody wrote is missing. @throws MillraceError CHECKPOINT_CORRUPT */
export function inputValues(
  views: StageViews,
  stage: number,
  wired: readonly WiredInput[],
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const input of wired) {
    if (input.parts === undefined) {
      const cell = views.wired(stage, input);
      if (cell !== undefined) setOwnProperty(values, input.name, readCell(cell));
    } else {
      const cells = input.parts.map((part) => views.wired(stage, part));
      const list = cells.map((cell) => (cell === undefined ? undefined : readCell(cell)));
      setOwnProperty(values, input.name, Object.freeze(list));
    }
  }
  return Object.freeze(values);
}
