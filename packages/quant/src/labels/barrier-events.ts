import { requireSameLength } from '../base/require.ts';

/** Moments at which a position would be entered, at the close of a bar. Columns of equal length. */
export interface BarrierEvents {
  /** Index of the entry bar; rising. */
  readonly index: Int32Array;
  /** 1 long, -1 short. */
  readonly side: Int8Array;
  /** Scale of the barriers as a share of the price (sigma), known at the entry bar. */
  readonly target: Float64Array;
}

export interface EventSelection {
  readonly events: BarrierEvents;
  /** Bars without a side. */
  readonly withoutSide: number;
  /** Bars with a side whose target is not above the minimum, or not known yet. */
  readonly withoutTarget: number;
}

/**
 * The bars that have a side and a target above `minTarget`.
 * @param sides per bar: positive long, negative short, 0 or NaN none
 * @param targets per bar, as a share of the price; NaN while unknown
 * @throws MillraceError COLUMNS_UNEQUAL
 */
export function selectEvents(
  sides: ArrayLike<number>,
  targets: Float64Array,
  minTarget = 0,
): EventSelection {
  const count = requireSameLength({ sides, targets });
  const index = new Int32Array(count);
  const side = new Int8Array(count);
  const target = new Float64Array(count);
  let kept = 0;
  let withoutSide = 0;
  for (let at = 0; at < count; at++) {
    const direction = Math.sign(sides[at] as number);
    if (direction !== 1 && direction !== -1) {
      withoutSide += 1;
      continue;
    }
    const scale = targets[at] as number;
    if (!(scale > minTarget && scale < Number.POSITIVE_INFINITY)) continue;
    index[kept] = at;
    side[kept] = direction;
    target[kept] = scale;
    kept += 1;
  }
  const events = {
    index: index.slice(0, kept),
    side: side.slice(0, kept),
    target: target.slice(0, kept),
  };
  return { events, withoutSide, withoutTarget: count - withoutSide - kept };
}
