import type { DrawnStatus } from './drawing.ts';

/** A box: what fills it, its outline and sign, and the text in it. All `#rrggbb`. */
export interface BoxColours {
  readonly fill: string;
  readonly line: string;
  readonly text: string;
}

export interface Theme {
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
  readonly edge: string;
  /** A stage without a status. */
  readonly plain: BoxColours;
  readonly statuses: Readonly<Record<DrawnStatus, BoxColours>>;
}

const LIGHT_GREEN = { fill: '#e6f6ea', line: '#1a7f37', text: '#0f4f21' };
const LIGHT_TEAL = { fill: '#dff4f6', line: '#0b7285', text: '#084a56' };
const LIGHT_AMBER = { fill: '#fff4d9', line: '#9a6700', text: '#613f00' };
const LIGHT_GREY = { fill: '#f4f5f7', line: '#768390', text: '#4c5560' };

export const LIGHT: Theme = {
  ground: '#ffffff',
  text: '#1f2328',
  muted: '#59636e',
  edge: '#818b98',
  plain: { fill: '#f6f8fa', line: '#59636e', text: '#1f2328' },
  statuses: {
    pending: { ...LIGHT_GREY, fill: '#ffffff' },
    ready: { ...LIGHT_GREY, fill: '#ffffff' },
    running: { fill: '#e1eefe', line: '#0969da', text: '#0a3f86' },
    succeeded: LIGHT_GREEN,
    reused: LIGHT_TEAL,
    kept: LIGHT_TEAL,
    failed: { fill: '#ffebe9', line: '#cf222e', text: '#86101a' },
    retrying: LIGHT_AMBER,
    skipped: LIGHT_GREY,
    cancelled: LIGHT_AMBER,
    lost: LIGHT_AMBER,
  },
};

const DARK_GREEN = { fill: '#12291a', line: '#3fb950', text: '#a6e9b3' };
const DARK_TEAL = { fill: '#0d292e', line: '#39b4c6', text: '#a3e3ec' };
const DARK_AMBER = { fill: '#2f2408', line: '#d29922', text: '#f2d38b' };
const DARK_GREY = { fill: '#1a1f26', line: '#7d8794', text: '#b1bac4' };

export const DARK: Theme = {
  ground: '#0d1117',
  text: '#e6edf3',
  muted: '#9198a1',
  edge: '#7d8590',
  plain: { fill: '#1a2028', line: '#8b949e', text: '#e6edf3' },
  statuses: {
    pending: { ...DARK_GREY, fill: '#0d1117' },
    ready: { ...DARK_GREY, fill: '#0d1117' },
    running: { fill: '#0f2544', line: '#4493f8', text: '#b6d6ff' },
    succeeded: DARK_GREEN,
    reused: DARK_TEAL,
    kept: DARK_TEAL,
    failed: { fill: '#381416', line: '#f85149', text: '#ffb8b2' },
    retrying: DARK_AMBER,
    skipped: DARK_GREY,
    cancelled: DARK_AMBER,
    lost: DARK_AMBER,
  },
};

/** These did nothing, which an outline of dashes says without colour. */
export const DASHED: ReadonlySet<DrawnStatus> = new Set(['skipped', 'pending', 'ready']);
