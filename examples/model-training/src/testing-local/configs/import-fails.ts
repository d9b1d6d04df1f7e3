import { readFileSync } from 'node:fs';

/** A module that cannot be imported: it reads, while it is imported, a file that is not there. */
export const prices = readFileSync(`${import.meta.dirname}/no-such-file.csv`, 'utf8');
