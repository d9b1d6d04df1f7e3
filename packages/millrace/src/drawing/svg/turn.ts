import { type GraphDirection, unreachable } from '@millrace/core';
import type { Point, Size } from './point.ts';

/** True where rows stand beside each other, so that width and height change places. */
export function isSideways(direction: GraphDirection): boolean {
  return direction === 'LR' || direction === 'RL';
}

export function turnSize({ width, height }: Size, direction: GraphDirection): Size {
  return isSideways(direction) ? { width: height, height: width } : { width, height };
}

/** From places in a layout of that size, which runs from top to bottom, to places on the page. */
export function turner(direction: GraphDirection, { height }: Size): (point: Point) => Point {
  switch (direction) {
    case 'TB':
      return (point) => point;
    case 'BT':
      return ({ x, y }) => ({ x, y: height - y });
    case 'LR':
      return ({ x, y }) => ({ x: y, y: x });
    case 'RL':
      return ({ x, y }) => ({ x: height - y, y: x });
    default:
      return unreachable(direction, 'unknown direction');
  }
}
