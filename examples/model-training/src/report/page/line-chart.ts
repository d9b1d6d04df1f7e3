import { type Html, html } from './html.ts';
import { linearScale, type Scale } from './scale.ts';

export interface Series {
  readonly name: string;
  /** Its colour. */
  readonly tone: 'one' | 'two' | 'three';
  readonly values: ArrayLike<number>;
  /** Whether what lies between it and 0 is tinted. */
  readonly isArea?: boolean;
}

export interface LineChart {
  /** What a reader who does not see it is told. */
  readonly label: string;
  readonly series: readonly Series[];
  /** Number of the first value; default 0. */
  readonly xFrom?: number;
  /** Of a number on the x axis. */
  readonly xText: (at: number) => string;
  readonly yText: (value: number) => string;
  /** A number on the x axis that is marked, such as the best round. */
  readonly mark?: number;
  readonly height?: number;
  readonly width?: number;
}

/** More points than a screen has columns show nothing more. */
const MOST_POINTS = 700;
const LEFT = 52;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 22;

/** Lines over a common x axis, as a picture in the page itself; the first one lies on top. */
export function lineChart(chart: LineChart): Html {
  const { series, label, mark, xFrom = 0, width = 1040, height = 260 } = chart;
  const last = xFrom + Math.max(1, ...series.map(({ values }) => values.length - 1));
  const x = linearScale([xFrom, last], [LEFT, width - RIGHT], 6);
  const y = linearScale(rangeOf(series), [height - BOTTOM, TOP], Math.round(height / 50));
  const marked =
    mark === undefined
      ? html``
      : html`<line class="mark" x1="${round(x.at(mark))}" x2="${round(x.at(mark))}" y1="${TOP}" y2="${height - BOTTOM}"/>`;
  return html`<ul class="legend">${series.map(
    ({ name, tone }) => html`<li><span class="key ${tone}"></span>${name}</li>`,
  )}</ul>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${grid(chart, x, y, { width, height })}${series.map((one) => drawn(one, xFrom, x, y)).reverse()}${marked}</svg>`;
}

function rangeOf(series: readonly Series[]): readonly [number, number] {
  const values = series.flatMap(({ values: own }) => Array.from(own).filter(Number.isFinite));
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const margin = (most - least) * 0.04;
  const isArea = series.some((one) => one.isArea === true);
  return isArea ? [least - margin, Math.max(0, most)] : [least - margin, most + margin];
}

interface Frame {
  readonly width: number;
  readonly height: number;
}

function grid(chart: LineChart, x: Scale, y: Scale, { width, height }: Frame): Html {
  const floor = height - BOTTOM;
  const rows = y.ticks.map(
    (tick) =>
      html`<line class="grid-line" x1="${LEFT}" x2="${width - RIGHT}" y1="${round(y.at(tick))}" y2="${round(y.at(tick))}"/><text x="${LEFT - 6}" y="${round(y.at(tick) + 4)}" text-anchor="end">${chart.yText(tick)}</text>`,
  );
  const columns = x.ticks
    .filter((tick) => Number.isInteger(tick))
    .map((tick) => {
      const anchor = x.at(tick) < LEFT + 20 ? 'start' : x.at(tick) > width - 50 ? 'end' : 'middle';
      return html`<text x="${round(x.at(tick))}" y="${height - 6}" text-anchor="${anchor}">${chart.xText(tick)}</text>`;
    });
  return html`${rows}<line class="axis" x1="${LEFT}" x2="${width - RIGHT}" y1="${floor}" y2="${floor}"/>${columns}`;
}

function drawn({ values, tone, isArea = false }: Series, xFrom: number, x: Scale, y: Scale): Html {
  const places = thinned(values.length);
  const point = (at: number): string =>
    `${round(x.at(xFrom + at))},${round(y.at(values[at] ?? 0))}`;
  const points = places.map(point).join(' ');
  const ends = `${round(x.at(xFrom + (places.at(-1) ?? 0)))},${round(y.at(0))} ${round(x.at(xFrom))},${round(y.at(0))}`;
  const area = isArea
    ? html`<polygon class="area fill-${tone}" points="${points} ${ends}"/>`
    : html``;
  return html`${area}<polyline class="series ${tone}" points="${points}"/>`;
}

/** Places at equal distances, the last one among them. */
function thinned(count: number): readonly number[] {
  const step = Math.max(1, Math.ceil(count / MOST_POINTS));
  const places = Array.from({ length: Math.ceil(count / step) }, (_, at) => at * step);
  return places.at(-1) === count - 1 ? places : [...places, count - 1];
}

const round = (place: number): number => Math.round(place * 10) / 10;
