export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

export const count = (value: number): string => value.toLocaleString('en-US');

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export const RULE = '='.repeat(78);

export const labelled = (label: string, text: string): string => `${`${label}:`.padEnd(15)}${text}`;
