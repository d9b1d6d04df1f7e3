import { coordinate } from './escape-xml.ts';
import type { Point } from './point.ts';
import type { Route } from './routes.ts';

/** The path of an arc: straight along its uprights, with a bend from each to the next. */
export function arcPath(route: Route, turn: (point: Point) => Point): string {
  let path = '';
  let before: Point | undefined;
  for (const { x, top, bottom } of route) {
    const start = { x, y: top };
    if (before === undefined) path += `M${written([start], turn)}`;
    else if (before.x === x) path += `L${written([start], turn)}`;
    else {
      const middle = (before.y + top) / 2;
      path += `C${written([{ x: before.x, y: middle }, { x, y: middle }, start], turn)}`;
    }
    before = { x, y: bottom };
    if (bottom > top) path += `L${written([before], turn)}`;
  }
  return path;
}

function written(points: readonly Point[], turn: (point: Point) => Point): string {
  return points
    .map(turn)
    .map(({ x, y }) => `${coordinate(x)} ${coordinate(y)}`)
    .join(' ');
}
